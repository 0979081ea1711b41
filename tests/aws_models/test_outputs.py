"""What the stand-in provider answers has AWS's form: for every type of the table, and for every recorded resource."""

from __future__ import annotations

import pytest

from preview.provider_fakes import resource
from tests.aws_models.outputs import IDS, check_answers, made_up
from tests.aws_models.table import OPERATIONS
from tests.stacks import FILES, planned

_FAMILIES = ("aws:rds/parameterGroup:ParameterGroup", "aws:elasticache/parameterGroup:ParameterGroup")


@pytest.mark.parametrize("token", OPERATIONS)
def test_made_up_answers_have_the_form_of_aws(token: str) -> None:
    _, faults = check_answers(token, *made_up(token))
    assert [f"{fault.path} = {fault.value!r} {fault.reason}" for fault in faults] == []


@pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
def test_recorded_answers_have_the_form_of_aws(name: str) -> None:
    faults = [
        f"{record.name} ({record.type}): {fault.path} = {fault.value!r} {fault.reason}"
        for record in planned(name).phases["deployed"].records
        if record.type in OPERATIONS and record.id
        for fault in check_answers(record.type, record.id, record.outputs)[1]
    ]
    assert faults == []


def test_most_types_are_checked() -> None:
    checked = {token: check_answers(token, *made_up(token))[0] for token in OPERATIONS}
    assert sum(checked.values()) > 600
    assert sum(amount > 0 for amount in checked.values()) > 0.8 * len(OPERATIONS)


def test_a_wrong_id_is_caught() -> None:
    [fault] = check_answers("aws:cognito/userPool:UserPool", "main-0123456", {})[1]
    assert (fault.path, fault.rule) == ("id", "pattern")
    [fault] = check_answers("aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase", "kb", {"roleArn": "role"})[1][:1]
    assert (fault.path, fault.rule) == ("roleArn", "pattern")


def test_ids_are_of_types_of_the_table() -> None:
    assert set(IDS) <= set(OPERATIONS)


@pytest.mark.parametrize("token", _FAMILIES)
def test_two_parameter_groups_of_one_family_have_two_ids(token: str) -> None:
    ids = {resource(token, f"urn::{name}", name, {"family": "postgres17"}, "us-east-1")[0] for name in ("a", "b")}
    assert ids == {"a", "b"}


@pytest.mark.parametrize("name", [path.as_posix() for path in FILES])
def test_no_two_resources_of_a_type_have_one_id(name: str) -> None:
    seen: dict[tuple[str, str | None], str] = {}
    for record in planned(name).phases["deployed"].records:
        if record.custom and not record.type.startswith("pulumi:"):
            assert seen.setdefault((record.type, record.id), record.urn) == record.urn
