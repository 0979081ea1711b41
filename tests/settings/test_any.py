"""Whatever the settings: sound ones never crash the program, broken ones give one clear message."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

import settings
from policy.guardrails import load_config
from preview import check, policies, run
from preview.faults import failure_text
from preview.network_paths import network_paths
from preview.plan import Phase, Plan
from preview.stackfile import StackFile
from settings.corrections import parts
from settings.model import Fault
from tests.aws_models.checker import check_all
from tests.settings.strategies import SECRET_KEYS, as_values, broken, sound
from tests.shown import all_text


@pytest.mark.check
@hypothesis_settings(max_examples=60, derandomize=True)
@given(sound())
def test_sound_settings_make_a_sound_plan(areas: dict[str, Any]) -> None:
    file = StackFile(stack="any", path=Path("any.yaml"), values=as_values(areas), secret_keys=tuple(SECRET_KEYS))
    plan = run.plan(file, project="agent-platform", phases=("preview", "deployed"))
    for phase in plan.phases.values():
        assert check.unregistered(phase) == []
        assert not [path for path in network_paths(phase) if path.half]
        assert set(phase.outputs) == set(areas["outputs"])
        assert not list(_named_twice(phase))
    deployed = plan.phases["deployed"]
    assert not [record.urn for record in deployed.records if record.unknown]
    assert not [str(fault) for verdict in check_all(deployed.records) for fault in verdict.faults]
    _judged(plan, areas)
    assert not [value for value in SECRET_KEYS.values() if value in _shown(plan)]


def _named_twice(phase: Phase) -> Iterator[str]:
    """What AWS would find under one name already."""
    names = Counter(
        (record.type, record.inputs.get("region"), record.inputs["name"])
        for record in phase.records
        if record.type in _NAMED and isinstance(record.inputs.get("name"), str)
    )
    yield from (str(name) for name, count in names.items() if count > 1)


_NAMED = {
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:iam/role:Role",
    "aws:secretsmanager/secret:Secret",
    "aws:sqs/queue:Queue",
    "aws:ssm/parameter:Parameter",
}


def _judged(plan: Plan, areas: dict[str, Any]) -> None:
    demanding = areas["environment"] == "prod" and areas.get("protect") is not False
    config = load_config(policies.config_for(run.ROOT, plan.stack, protected=demanding))
    outside = _PLACEMENT if "existing" in areas["networking"] else set()
    for name, phase in policies.judge(plan, config).phases.items():
        report = phase.report
        assert report is not None
        assert report.errors == ()
        assert [finding for finding in report.violations if finding.level == "mandatory"] == []
        if name == "deployed":
            assert [finding for finding in report.undecided if finding.policy not in outside] == []


# Whether a subnet that exists already is private, nobody knows but its owner.
_PLACEMENT = {"compute-in-private-subnets", "data-in-private-subnets", "load-balancer-placement"}


def _shown(plan: Plan) -> str:
    return all_text(plan) + json.dumps(plan.to_json())


# Words of pydantic's own messages, and signs of a regular expression.
_PYDANTIC = re.compile(r"should be|should have|should match|[Vv]alue error|Input |unable to parse|\[a-z]-z|\\\\d|\(\?")


@given(broken())
def test_broken_settings_give_a_message_and_nothing_else(areas: dict[str, Any]) -> None:
    for fault in faults_of(areas):
        assert fault.key.startswith(("agent-platform:", "aws:"))
        what, fix = parts(fault)
        assert what
        assert fix, fault
        assert not _PYDANTIC.search(fault.reason), fault


def faults_of(areas: dict[str, Any]) -> list[Fault]:
    """The faults that loading finds; anything but a SettingsError passes through."""
    try:
        settings.parse(as_values(areas), "agent-platform", "dev")
    except settings.SettingsError as error:
        assert 1 <= len(failure_text(str(error)).splitlines()) <= 10  # noqa: PT017
        lines = str(error).split("\n")
        assert 1 <= len(lines) <= len(error.faults)  # noqa: PT017
        assert all(line.isprintable() for line in lines)
        return error.faults
    return []
