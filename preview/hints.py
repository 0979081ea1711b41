"""Puts hints into a plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from preview.plan import Plan
from preview.stackfile import StackFile
from settings.model import Hint

__all__ = ["with_hints"]


def with_hints(plan: Plan, hints: Sequence[Hint], elsewhere: Sequence[Hint], file: StackFile) -> Plan:
    """The plan with hints in each phase: `hints` are about the stack file, the others about something else.

    The program has logged its own as warnings, which are not shown twice.
    """
    texts = {str(hint) for hint in hints}
    phases = {
        name: dataclasses.replace(
            phase, hints=(*hints, *elsewhere), warnings=tuple(text for text in phase.warnings if text not in texts)
        )
        for name, phase in plan.phases.items()
    }
    lines = {**plan.lines, **{hint.key: file.line_of(hint.key) for hint in hints}}
    return dataclasses.replace(plan, phases=phases, lines=lines)
