"""Whatever the settings: sound ones never crash the program, broken ones give one clear message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

import settings
from preview import check, run
from preview.cli import failure_text
from preview.paths import paths
from preview.stackfile import StackFile
from settings.model import Fault
from tests.settings.strategies import as_values, broken, sound

# A plan takes a second or so, which hypothesis would call slow.
_PLANS = hypothesis_settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
_PARSES = hypothesis_settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_PLANS
@given(sound())
def test_sound_settings_make_a_sound_plan(areas: dict[str, Any]) -> None:
    file = StackFile(stack="any", path=Path("any.yaml"), values=as_values(areas), secret_keys=())
    plan = run.plan(file, project="agent-platform", phases=("preview", "deployed"))
    for phase in plan.phases.values():
        assert check.unregistered(phase) == []
        assert not [path for path in paths(phase) if path.half]
    assert not [record.urn for record in plan.phases["deployed"].records if record.unknown]


@_PARSES
@given(broken())
def test_broken_settings_give_a_message_and_nothing_else(areas: dict[str, Any]) -> None:
    for key, reason in faults_of(areas):
        assert key.startswith(("agent-platform:", "aws:"))
        assert reason


def faults_of(areas: dict[str, Any]) -> list[Fault]:
    """The faults that loading finds; anything but a SettingsError passes through."""
    try:
        settings.parse(as_values(areas), "agent-platform")
    except settings.SettingsError as error:
        assert 1 <= len(failure_text(str(error)).splitlines()) <= 10  # noqa: PT017
        return error.faults
    return []
