"""What a transition does to each resource."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Action", "Outcome", "Transition", "Unapplied"]

Action = Literal["created", "updated", "replaced", "deleted", "same"]


@dataclass(frozen=True, slots=True)
class Unapplied:
    """A property whose value in AWS is another than a new resource with these settings would have."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one resource. Paths are those of its inputs.

    `because` are the properties that replace it; `uncertain` are those of which only `up` knows whether they change,
    and so whether they replace it; `deferred` are those that wait for the maintenance window. `dangling` are ignored
    properties that refer to a resource that is replaced or deleted, with its URN.
    """

    urn: str
    type: str
    action: Action
    changed: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    delete_first: bool = False
    retained: bool = False
    refused: tuple[str, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()
    deferred: tuple[str, ...] = ()
    dangling: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.rpartition("::")[2]

    def __bool__(self) -> bool:
        return self.action != "same" or bool(self.unapplied or self.dangling or self.refused or self.uncertain)

    def to_json(self) -> dict[str, Any]:
        """The outcome as the plan's JSON shows it; what is empty is left out."""
        values = {
            "urn": self.urn,
            "type": self.type,
            "action": self.action,
            "changed": list(self.changed),
            "because": list(self.because),
            "uncertain": list(self.uncertain),
            "delete_first": self.delete_first,
            "retained": self.retained,
            "refused": list(self.refused),
            "unapplied": [{"path": one.path, "reason": one.reason} for one in self.unapplied],
            "deferred": list(self.deferred),
            "dangling": [{"path": path, "urn": urn} for path, urn in self.dangling],
        }
        return {key: value for key, value in values.items() if value or key == "action"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What `up` does to a stack, by URN; a deleted resource has the URN that it had."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.outcomes.values())

    def of(self, action: Action) -> list[Outcome]:
        """The resources that are created, updated, replaced, deleted, or stay the same."""
        return [outcome for outcome in self.outcomes.values() if outcome.action == action]

    def having(self, attribute: Literal["refused", "unapplied", "deferred", "dangling", "uncertain"]) -> list[Outcome]:
        """The resources of which something is refused, unapplied, deferred, dangling or uncertain."""
        return [outcome for outcome in self.outcomes.values() if getattr(outcome, attribute)]

    def notable(self) -> Iterator[Outcome]:
        """The resources of which there is something to say."""
        return (outcome for outcome in self.outcomes.values() if outcome)

    def to_json(self) -> list[dict[str, Any]]:
        """The outcomes as the plan's JSON shows them."""
        return [outcome.to_json() for outcome in self.notable()]
