"""Each phase of each shipped file can be shown by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policy.guardrails import load_config
from preview import policies
from preview.plan import PhaseName
from preview.run import ROOT
from preview.schedules import schedules
from tests.shown import page_of
from tests.stacks import FILES, planned

PHASES = ("preview", "deployed")


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize("name", FILES, ids=str)
def test_is_shown(name: Path, phase: PhaseName) -> None:
    plan = policies.judge(planned(str(name)), load_config(ROOT / "policy/profiles/strict.json"))
    lines = page_of(replace(plan, phases={phase: plan.phases[phase]})).splitlines()
    verdicts = lines[lines.index("Policies") + 1 :]
    assert [name for name in PHASES if any(line.startswith(f"  {name}: ") for line in verdicts)] == [phase]


def test_schedule_whose_target_is_unknown_names_it() -> None:
    plan = planned("systems/h2o-allegiant.dev.yaml")
    lines = schedules(plan.phases["preview"])
    assert "reminders-weekly: cron(0 8 ? * MON *) UTC -> reminders" in lines
