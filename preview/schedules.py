"""What a plan runs by the clock, read off its schedules."""

from __future__ import annotations

import json
import shlex
from typing import Any

from preview.plan import Phase, Record

__all__ = ["schedules"]

_SCHEDULE = "aws:scheduler/schedule:Schedule"


def schedules(phase: Phase) -> list[str]:
    """A line for each schedule, sorted: its name, when, what, and with which command."""
    return sorted(_line(record) for record in phase.of_type(_SCHEDULE))


def _line(record: Record) -> str:
    inputs = record.inputs
    target = inputs["target"]
    what = (target.get("ecsParameters") or {}).get("taskDefinitionArn") or target["arn"]
    parts = [f"{record.name}: {inputs['scheduleExpression']}"]
    if inputs["scheduleExpression"].startswith("cron"):
        parts.append(inputs.get("scheduleExpressionTimezone", "UTC"))
    window = inputs["flexibleTimeWindow"].get("maximumWindowInMinutes")
    if window:
        parts.append(f"within {window} min")
    parts.append(f"-> {what.rpartition('/')[2]}")
    command = _command(target.get("input"))
    if command:
        parts.append(f"[{command}]")
    if inputs.get("state") == "DISABLED":
        parts.append("(paused)")
    return " ".join(parts)


def _command(text: Any) -> str:
    """The command of the run, where it has one of its own."""
    try:
        overrides = json.loads(text)["containerOverrides"]
    except (TypeError, ValueError, KeyError):
        return ""
    return shlex.join(overrides[0].get("command", ()))
