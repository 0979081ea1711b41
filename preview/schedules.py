"""What a plan runs by the clock, read off its schedules."""

from __future__ import annotations

import json
import shlex
from typing import Any

from preview.plan import Phase, Record
from preview.wire import UNKNOWN

__all__ = ["schedules"]

_SCHEDULE = "aws:scheduler/schedule:Schedule"
_ROLE = "aws:iam/role:Role"


def schedules(phase: Phase) -> list[str]:
    """A line for each schedule, sorted: its name, when, what, and with which command."""
    return sorted(_line(record) for record in phase.of_type(_SCHEDULE))


def _line(record: Record) -> str:
    inputs = record.inputs
    target = inputs["target"]
    parts = [f"{record.name}: {inputs['scheduleExpression']}"]
    if inputs["scheduleExpression"].startswith("cron"):
        parts.append(inputs.get("scheduleExpressionTimezone", "UTC"))
    window = inputs["flexibleTimeWindow"].get("maximumWindowInMinutes")
    if window:
        parts.append(f"within {window} min")
    parts.append(f"-> {_runs(record, target)}")
    command = _command(target.get("input"))
    if command:
        parts.append(f"[{command}]")
    if inputs.get("state") == "DISABLED":
        parts.append("(paused)")
    return " ".join(parts)


def _runs(record: Record, target: Any) -> str:
    """What the schedule starts: the end of its ARN, or before the first `up` the logical name of what has it."""
    if target is UNKNOWN:
        return "known only at `up`"
    arn = (target.get("ecsParameters") or {}).get("taskDefinitionArn") or target.get("arn")
    if isinstance(arn, str) and arn is not UNKNOWN:
        return arn.rpartition("/")[2]
    urns = [urn for urn in record.property_dependencies.get("target", ()) if f"{_ROLE}::" not in urn]
    return urns[0].rpartition("::")[2] if len(urns) == 1 else "known only at `up`"


def _command(text: Any) -> str:
    """The command of the run, where it has one of its own."""
    try:
        overrides = json.loads(text)["containerOverrides"]
    except (TypeError, ValueError, KeyError):
        return ""
    return shlex.join(overrides[0].get("command", ()))
