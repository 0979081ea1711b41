"""The registry of rules, which check areas against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from settings.model import Fault
from settings.stack import Settings

__all__ = ["Rule", "check", "reads", "service_key", "workload_key"]

Rule = Callable[[Settings], Iterator[Fault]]
_RULES: list[tuple[frozenset[str], Rule]] = []


def check(settings: Settings, broken: Set[str] = frozenset()) -> Iterator[Fault]:
    """All faults between areas, leaving out rules that would read a `broken` area."""
    for areas, rule in _RULES:
        if not areas & broken:
            yield from rule(settings)


def reads(*areas: str) -> Callable[[Rule], Rule]:
    """Register a rule that reads `areas`; it runs only where those are valid."""

    def register(rule: Rule) -> Rule:
        _RULES.append((frozenset(areas), rule))
        return rule

    return register


def service_key(service: str, key: str) -> str:
    """The key path of a service's setting."""
    return f"compute.services.{service}.{key}"


def workload_key(path: str, key: str) -> str:
    """The key path of a setting of the service or task at `path`, as `Compute.workloads` has it."""
    return f"compute.{path}.{key}"
