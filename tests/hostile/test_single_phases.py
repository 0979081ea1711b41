"""Each phase of each shipped file can be shown by itself."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from preview.plan import PhaseName
from preview.render import render
from preview.schedules import schedules
from tests.stacks import FILES, planned


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize("name", FILES, ids=str)
def test_is_shown(name: Path, phase: PhaseName) -> None:
    plan = planned(str(name))
    out = StringIO()
    render(replace(plan, phases={phase: plan.phases[phase]}), Console(file=out, width=160))
    assert f"phases: {phase}" in out.getvalue()


def test_schedule_whose_target_is_unknown_names_it() -> None:
    plan = planned("systems/h2o-allegiant.dev.yaml")
    lines = schedules(plan.phases["preview"])
    assert "reminders-weekly: cron(0 8 ? * MON *) UTC -> reminders" in lines
