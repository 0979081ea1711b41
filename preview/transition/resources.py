"""The resources that a transition compares: of a recorded plan, of a plan's JSON, or of an exported state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from preview.plan import Record
from preview.transition.values import exported, read

__all__ = ["Resource", "of_plan", "of_records", "of_state"]

# Providers are no resources of AWS; the engine makes the default ones itself.
_PROVIDER = "pulumi:providers:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One custom resource. `outputs`, with the id, are empty where they are not known."""

    urn: str
    type: str
    inputs: Mapping[str, Any]
    aliases: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    delete_before_replace: bool | None = None
    outputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.rpartition("::")[2]


def of_records(records: Iterable[Record]) -> list[Resource]:
    """The custom resources of a recorded phase."""
    return [
        Resource(
            urn=record.urn,
            type=record.type,
            inputs=record.inputs,
            aliases=record.aliases,
            property_dependencies=record.property_dependencies,
            protect=record.protect,
            retain_on_delete=record.retain_on_delete,
            ignore_changes=record.ignore_changes,
            replace_on_changes=record.replace_on_changes,
            delete_before_replace=record.delete_before_replace,
            outputs={**record.outputs, "id": record.id} if record.id else {},
        )
        for record in records
        if record.custom and not record.type.startswith(_PROVIDER)
    ]


def of_plan(phase: Mapping[str, Any]) -> list[Resource]:
    """The custom resources of a phase in a plan's JSON."""
    return [
        Resource(
            urn=record["urn"],
            type=record["type"],
            inputs=read(record["inputs"]),
            property_dependencies={k: tuple(v) for k, v in record.get("property_dependencies", {}).items()},
            protect=record["protect"],
            retain_on_delete=record["retain_on_delete"],
        )
        for record in phase["resources"]
        if record["custom"] and not record["type"].startswith(_PROVIDER)
    ]


def of_state(deployment: Mapping[str, Any]) -> list[Resource]:
    """The custom resources of an exported state, less those that Pulumi only reads or is about to delete."""
    return [
        Resource(
            urn=state["urn"],
            type=state["type"],
            inputs=exported(state.get("inputs") or {}),
            property_dependencies={k: tuple(v or ()) for k, v in (state.get("propertyDependencies") or {}).items()},
            protect=bool(state.get("protect")),
            retain_on_delete=bool(state.get("retainOnDelete")),
        )
        for state in deployment.get("resources") or ()
        if state["custom"] and not state["type"].startswith(_PROVIDER)
        if not state.get("external") and not state.get("delete")
    ]
