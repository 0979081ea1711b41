"""Settings count no more widgets than the dashboards have, so that no stack is refused that fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from preview import run, stackfile
from settings import parse
from settings.rules.dashboards import fewest_widgets
from tests.stacks import FILES, planned


@pytest.mark.parametrize("path", FILES, ids=str)
def test_dashboards_have_at_least_the_widgets_that_settings_count(path: Path) -> None:
    file = stackfile.read(run.ROOT / path, "agent-platform")
    settings = parse(file.values, "agent-platform", file.stack)
    bodies = [
        json.loads(record.inputs["dashboardBody"])
        for record in planned(str(path)).phases["deployed"].of_type("aws:cloudwatch/dashboard:Dashboard")
    ]
    assert sum(len(body["widgets"]) for body in bodies) >= sum(fewest_widgets(settings).values())
