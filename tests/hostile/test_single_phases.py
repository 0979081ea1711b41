"""Each phase of each shipped file can be shown by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from preview.plan import PhaseName
from preview.schedules import schedules
from tests.shown import shown
from tests.stacks import FILES, planned


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize("name", FILES, ids=str)
def test_is_shown(name: Path, phase: PhaseName) -> None:
    plan = planned(str(name))
    text = shown(replace(plan, phases={phase: plan.phases[phase]}))
    assert text.startswith(f"{plan.stack} (")
    assert "Network paths\n" in text


def test_schedule_whose_target_is_unknown_names_it() -> None:
    plan = planned("systems/h2o-allegiant.dev.yaml")
    lines = schedules(plan.phases["preview"])
    assert "reminders-weekly: cron(0 8 ? * MON *) UTC -> reminders" in lines
