"""The plan: what one run of the program registers, as plain sorted records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from policy.guardrails import Report
from preview.wire import UNKNOWN, join
from settings.model import Hint

__all__ = ["FirstStep", "JudgedBy", "Phase", "PhaseName", "Plan", "Record", "masked"]

PhaseName = Literal["preview", "deployed"]
STACK_TYPE = "pulumi:pulumi:Stack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One registered resource. `inputs` are in the clear, for policies; `to_json` masks them.

    `origin` is the settings entry that the resource serves, such as `compute.services.api`; the stack's providers
    have none. `aliases` are the URNs that it may have had before.
    """

    urn: str
    type: str
    name: str
    parent: str
    origin: str = ""
    custom: bool
    inputs: dict[str, Any]
    aliases: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    property_dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    ignore_changes: tuple[str, ...] = ()
    delete_before_replace: bool | None = None
    replace_on_changes: tuple[str, ...] = ()
    provider: str = ""
    id: str | None = None
    outputs: dict[str, Any] = field(default_factory=dict)
    secret_outputs: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The record as the plan's JSON shows it: unknown and secret values are replaced by markers."""
        return {
            "urn": self.urn,
            "type": self.type,
            "name": self.name,
            "parent": self.parent,
            "origin": self.origin,
            "custom": self.custom,
            "inputs": masked(self.inputs, frozenset(self.secret)),
            "unknown": list(self.unknown),
            "secret": list(self.secret),
            "dependencies": list(self.dependencies),
            "property_dependencies": {k: list(v) for k, v in self.property_dependencies.items()},
            "protect": self.protect,
            "retain_on_delete": self.retain_on_delete,
        }

    def secret_texts(self) -> Iterator[str]:
        """Every secret text among its inputs and outputs."""
        yield from _texts({**self.outputs, **self.inputs}, frozenset((*self.secret, *self.secret_outputs)))


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What is to be done before tasks can start, and the command for it where there is one; by the settings entry."""

    what: str
    command: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One run of the program: its resources sorted by URN, its stack outputs and the verdict on it."""

    name: PhaseName
    records: tuple[Record, ...]
    outputs: dict[str, Any]
    output_secrets: frozenset[str] = frozenset()
    output_registrations: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    report: Report | None = None
    first: tuple[FirstStep, ...] = ()

    def by_urn(self) -> dict[str, Record]:
        """The records by URN."""
        return {record.urn: record for record in self.records}

    def of_type(self, type_: str) -> list[Record]:
        """The records of one type, sorted by URN."""
        return [record for record in self.records if record.type == type_]

    def origins(self) -> dict[str, str]:
        """The settings entry that each resource serves, by URN, where there is one."""
        return {record.urn: record.origin for record in self.records if record.origin}

    def to_json(self) -> dict[str, Any]:
        """The phase as the plan's JSON shows it."""
        return {
            "resources": [record.to_json() for record in self.records],
            "outputs": masked(self.outputs, self.output_secrets),
            **({"policy": self.report.to_json()} if self.report else {}),
            "first": [{"what": step.what, "command": step.command} for step in self.first],
            "hints": [{"key": hint.key, "message": hint.message} for hint in self.hints],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBy:
    """By which configuration the policies judged, which rules it leaves out, and which are stricter than it says."""

    config: Path | None
    rules: int
    off: tuple[str, ...]
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One stack as the offline preview records it."""

    stack: str
    config_file: Path
    phases: Mapping[PhaseName, Phase]
    judged_by: JudgedBy | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line in the stack file of each origin."""
    transition: Mapping[str, Any] | None = None
    """What `up` would do since an earlier plan, or to a state, where there is one to compare with."""

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What a person should look at, which is the same in every phase."""
        return next(iter(self.phases.values())).hints

    def to_json(self) -> dict[str, Any]:
        """The plan's JSON, the contract that other tools read."""
        return {
            "stack": self.stack,
            "config_file": self.config_file.as_posix(),
            "phases": {name: phase.to_json() for name, phase in self.phases.items()},
            **({"transition": self.transition} if self.transition else {}),
        }


def masked(value: Any, secret: frozenset[str], path: str = "") -> Any:
    """Replace unknown values by `<unknown>` and whatever lies at a secret path by `<secret>`."""
    if path in secret:
        return "<secret>"
    if value is UNKNOWN:
        return "<unknown>"
    if isinstance(value, dict):
        return {key: masked(item, secret, join(path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, secret, join(path, i)) for i, item in enumerate(value)]
    return value


def _texts(value: Any, secret: frozenset[str], path: str = "", inside: bool = False) -> Iterator[str]:
    """Every text that lies at, or below, a secret path."""
    inside = inside or path in secret
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, secret, join(path, key), inside)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _texts(item, secret, join(path, i), inside)
    elif inside and isinstance(value, str):
        yield value
