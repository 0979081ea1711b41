"""The stores that services and tasks use: names, and the environment variables that they set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from settings.data import Data
from settings.faults import meant
from settings.model import Fault
from settings.rules.registry import reads, workload_key
from settings.stack import Settings


@reads("compute", "data")
def _names(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        seen: set[tuple[str, str]] = set()
        for use in workload.uses:
            key, entries = workload_key(path, use.key), settings.data.stores[use.kind]
            field = use.key.partition("[")[0]
            if "[" in use.key and (field, use.name) in seen:
                yield Fault(key, f"{use.name} is there twice; remove one")
            elif use.name not in entries:
                fix = meant(use.name, entries, _addition(use.kind, use.name))
                yield Fault(key, f"{use.name!r} is not in data.{use.kind}; {fix}")
            seen.add((field, use.name))


def _addition(kind: str, name: str) -> str:
    """How to add a store; one that has a default for everything is written as an example."""
    _, model = get_args(Data.model_fields[kind].annotation)
    needs_nothing = not any(field.is_required() for field in model.model_fields.values())
    return f"add it there, if only as `{name}: {{}}`" if needs_nothing else "add it there"


@reads("compute", "data")
def _variables(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        uses = {use.variable: use for use in reversed(workload.uses)}
        for use in workload.uses:
            first = uses[use.variable]
            if (use.kind, use.name) != (first.kind, first.name):
                yield Fault(
                    workload_key(path, use.key), f"sets {use.variable}, as {first.key} does; rename one of the stores"
                )
        for where in ("environment", "secrets"):
            for env in getattr(workload, where):
                if env in uses:
                    yield Fault(workload_key(path, f"{where}.{env}"), f"is set by {uses[env].key}; remove it here")
        for i, connection in enumerate(workload.connects_to):
            for env in connection.env:
                if env in uses:
                    yield Fault(
                        workload_key(path, f"connects_to[{i}].env.{env}"),
                        f"is set by {uses[env].key}; choose another name",
                    )
