"""What a rule is, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Literal

from .graph import Stack
from .resource import Resource
from .values import Node

Level = Literal["disabled", "advisory", "mandatory", "remediate"]
Severity = Literal["low", "medium", "high", "critical"]
Verdict = Literal["violation", "undecided"]

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a check; the message names property paths and never values."""

    verdict: Verdict
    message: str


def violation(message: str) -> Outcome:
    return Outcome("violation", message)


def undecided(message: str) -> Outcome:
    return Outcome("undecided", message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A configuration parameter of a rule; `profiles` holds the values that differ from the default."""

    name: str
    kind: Literal["integer", "boolean", "strings", "integers"]
    default: Any
    doc: str
    profiles: Mapping[str, Any] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule can read: the resource, the rule's parameters and, for graph rules, the whole stack."""

    resource: Resource
    params: Mapping[str, Any]
    stack: Stack

    def at(self, path: str) -> Node:
        return self.resource.at(path)


Check = Callable[[Context], Iterable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One control: its metadata and the pure function that checks a resource of the declared types.

    `graph` rules need other resources or property dependencies, so the engine runs them on the whole stack;
    all others run per resource with an empty stack.
    """

    id: str
    title: str
    severity: Severity
    fix: str
    types: tuple[str, ...]
    check: Check
    controls: tuple[str, ...] = ()
    baseline: Level = "mandatory"
    strict: Level = "mandatory"
    customer_keys: bool = False
    graph: bool = False
    params: tuple[Param, ...] = ()
    remediate: Callable[[Mapping[str, Any]], Mapping[str, Any] | None] | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported outcome; `reason`, `owner` and `expires` are those of an exemption."""

    policy: str
    severity: Severity
    level: Level
    urn: str
    message: str
    reason: str = ""
    owner: str = ""
    expires: str = ""

    def to_json(self) -> dict[str, str]:
        """The finding as JSON, without empty fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value for key, value in values.items() if value or key == "urn"}


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one evaluation, sorted by URN and policy."""

    violations: tuple[Finding, ...] = ()
    undecided: tuple[Finding, ...] = ()
    exempted: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    errors: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, list[dict[str, str]]]:
        """All findings as JSON, by kind."""
        return {field.name: [finding.to_json() for finding in getattr(self, field.name)] for field in fields(self)}

    @property
    def mandatory(self) -> bool:
        """True when a violation, an undecided finding or a failed rule has to stop the deployment."""
        findings: Sequence[Finding] = (*self.violations, *self.undecided, *self.errors)
        return any(finding.level == "mandatory" for finding in findings)
