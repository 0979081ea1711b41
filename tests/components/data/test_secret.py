"""Secrets: values that are set in AWS, given or generated, and who may read them."""

from __future__ import annotations

import json

import pulumi
import pytest

from components.data.secret import Secret, SecretArgs
from preview.plan import Plan
from preview.run import ProgramError
from settings.data import SecretSettings
from tests.recording import children, every_phase, one, record

SECRET = "aws:secretsmanager/secret:Secret"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
CANARY = "canary-4f1d"


def secret(*, value: object = None, protect: bool = False, json_key: str | None = None) -> Plan:
    def program() -> None:
        api_key = Secret(
            "api-key",
            SecretArgs(
                settings=SecretSettings(description="Key of the model provider"),
                secret_name="test-openai-api-key",
                key_arn=KEY,
                protect=protect,
                value=value() if callable(value) else value,  # type: ignore[arg-type]
            ),
        )
        injection = api_key.injection("OPENAI_API_KEY", json_key)
        pulumi.export("arn", api_key.arn)
        pulumi.export("secrets", dict(injection.secrets))
        pulumi.export("permissions", [[list(p.actions), list(p.resources)] for p in injection.execution_permissions])
        pulumi.export("conditions", [p.conditions for p in injection.execution_permissions])
        pulumi.export("rest", [dict(injection.environment), list(injection.task_permissions)])

    return record(program)


def test_a_secret_without_value() -> None:
    plan = secret()
    for phase in plan.phases.values():
        assert children(phase) == [(SECRET, "api-key")]
        inputs = one(phase, SECRET).inputs
        assert inputs["name"] == "test-openai-api-key"
        assert inputs["kmsKeyId"] == KEY
        assert not {"secretString", "policy"} & inputs.keys()


@pytest.mark.parametrize(("protect", "days"), [(True, 30), (False, 0)])
def test_protection(protect: bool, days: int) -> None:
    for phase in secret(protect=protect).phases.values():
        assert one(phase, SECRET).inputs["recoveryWindowInDays"] == days
        assert one(phase, SECRET).protect is protect


def test_exactly_this_secret_by_exactly_this_key() -> None:
    outputs = secret().phases["deployed"].outputs
    arn = outputs["arn"]
    assert outputs["secrets"] == {"OPENAI_API_KEY": arn}
    assert outputs["permissions"] == [[["secretsmanager:GetSecretValue"], [arn]], [["kms:Decrypt"], [KEY]]]
    assert outputs["conditions"] == [
        {},
        {"StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}},
    ]
    assert outputs["rest"] == [{}, []]


def test_a_json_key_is_in_the_reference_and_not_in_the_permission() -> None:
    outputs = secret(json_key="token").phases["deployed"].outputs
    assert outputs["secrets"] == {"OPENAI_API_KEY": f"{outputs['arn']}:token::"}
    assert outputs["permissions"][0][1] == [outputs["arn"]]


@pytest.mark.parametrize("wrap", [pulumi.Output.secret, pulumi.Output.from_input])
def test_a_given_value_is_secret_even_where_its_output_was_not(wrap: object) -> None:
    plan = secret(value=lambda: wrap(CANARY))  # type: ignore[operator]
    for phase in plan.phases.values():
        assert children(phase) == [(SECRET, "api-key"), (VERSION, "api-key-value")]
        assert one(phase, VERSION).secret == ("secretString",)
    assert one(plan.phases["deployed"], VERSION).inputs["secretString"] == CANARY
    assert CANARY not in json.dumps(plan.to_json())
    outputs = plan.phases["deployed"].outputs
    assert outputs["arn"] == one(plan.phases["deployed"], SECRET).outputs["arn"]


def test_a_value_in_plain_text_is_refused_and_not_printed() -> None:
    with pytest.raises(ProgramError, match=r"plain text; pass the output of Config\.require_secret") as error:
        every_phase(secret(value=CANARY))
    assert CANARY not in str(error.value)


def test_a_generated_value_is_random_long_and_never_in_plain_text() -> None:
    plan = record(
        lambda: Secret(
            "admin",
            SecretArgs(settings=SecretSettings(generate=40), secret_name="test/admin", key_arn=KEY, protect=False),
        )
    )
    for phase in plan.phases.values():
        assert children(phase) == [
            (SECRET, "admin"),
            (VERSION, "admin-value"),
            ("random:index/randomPassword:RandomPassword", "admin-generated"),
        ]
        assert one(phase, VERSION).secret == ("secretString",)
        password = one(phase, "random:index/randomPassword:RandomPassword").inputs
        assert (password["length"], password["special"]) == (40, False)
    value = one(plan.phases["deployed"], VERSION).inputs["secretString"]
    assert value not in json.dumps(plan.to_json())
