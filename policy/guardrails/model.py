"""What a rule is, what it judges, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from .values import Node, read

if TYPE_CHECKING:
    from .graph import Stack

Level = Literal["disabled", "advisory", "mandatory", "remediate"]
Severity = Literal["low", "medium", "high", "critical"]
Verdict = Literal["violation", "undecided"]

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One resource of a stack.

    `inputs` are wire-named (camelCase); an unknown value is UNKNOWN, wherever it stands in the tree, and a
    secret is a plain value. `id` and `outputs` are given where they are known.
    """

    urn: str
    type: str
    name: str
    inputs: Mapping[str, Any]
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NONE)
    ignore_changes: tuple[str, ...] = ()
    provider_inputs: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    id: str | None = None
    outputs: Mapping[str, Any] | None = None

    def read(self, path: str) -> Any:
        """The input at `a.b[0].c`: a value, ABSENT or UNKNOWN; never raises."""
        return read(self.inputs, path)

    def at(self, path: str) -> Node:
        """The place of an input, for judging and for messages."""
        return Node(read(self.inputs, path), path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict on one resource; the message names paths and never values."""

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
    """What a rule may look at: the resource, the rule's parameters, and, for stack rules, the whole stack."""

    resource: Resource
    params: Mapping[str, Any]
    stack: Stack

    def at(self, path: str) -> Node:
        return self.resource.at(path)


Check = Callable[[Context], Iterable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One control: its metadata and the pure function that judges a resource of the declared types.

    `graph` rules need other resources or property dependencies, so the engine runs them on the whole stack;
    all others are judged per resource and get an empty stack.
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
    """One reported outcome. `reason`, `owner` and `expires` are set where an exemption is involved."""

    policy: str
    severity: Severity
    level: Level
    urn: str
    message: str
    reason: str = ""
    owner: str = ""
    expires: str = ""

    def to_json(self) -> dict[str, str]:
        """The finding as JSON; what is empty is left out."""
        shown = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value for key, value in shown.items() if value or key == "urn"}


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
        """True when a deployment has to stop for a violation, an undecided verdict or a crashed rule."""
        stopping: Sequence[Finding] = (*self.violations, *self.undecided, *self.errors)
        return any(finding.level == "mandatory" for finding in stopping)
