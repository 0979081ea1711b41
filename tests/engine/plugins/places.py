"""The priorities of listener rules, which AWS gives to one rule of a listener at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview.transition.priorities import LISTENER_RULE

__all__ = ["holder", "place"]


def place(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal notes of a rule: its listener and number; nothing of another resource."""
    if token != LISTENER_RULE or "priority" not in inputs:
        return {}
    return {"place": [inputs.get("listenerArn"), inputs["priority"]]}


def holder(calls: list[dict[str, Any]], noted: Mapping[str, Any], own_id: str = "") -> str | None:
    """The URN of another rule that exists and has the noted place."""
    if not noted:
        return None
    existing: dict[str, dict[str, Any]] = {}
    for call in calls:
        if call["call"] in ("created", "updated") and "place" in call:
            existing[call["id"]] = call
        elif call["call"] == "deleted":
            existing.pop(call["id"], None)
    taken = (call["urn"] for id_, call in existing.items() if id_ != own_id and call["place"] == noted["place"])
    return next(taken, None)
