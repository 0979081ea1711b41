"""The page of a plan as the command prints it without a terminal."""

from __future__ import annotations

import dataclasses
import io

from rich.console import Console

from preview import diff
from preview.against import Against
from preview.first_steps import first_steps
from preview.page import head, sections
from preview.plan import Plan
from preview.render import render

__all__ = ["shown"]


def shown(plan: Plan, found: Against | None = None, *, allow_data_loss: bool = False) -> str:
    """The page's text, with what `found` says of an earlier plan."""
    phases = {name: dataclasses.replace(phase, first=tuple(first_steps(phase))) for name, phase in plan.phases.items()}
    plan = dataclasses.replace(plan, phases=phases)
    differences = diff.differences(found.earlier, plan) if found is not None else ()
    text = io.StringIO()
    page = sections(plan, found, differences, allow_data_loss=allow_data_loss)
    render(head(plan), page, Console(file=text, width=400, soft_wrap=True, emoji=False))
    return text.getvalue()
