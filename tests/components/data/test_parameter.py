"""Secrets in the parameter store: encryption, and values that are set in AWS stay out of state."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.parameter import UNSET, Parameter, ParameterArgs
from preview.plan import Plan, Record
from settings.data import SecretSettings
from tests.recording import children, every_phase, one, record

PARAMETER = "aws:ssm/parameter:Parameter"
RANDOM = "random:index/randomPassword:RandomPassword"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
GIVEN = "canary-77a1-given"


def parameter_plan(*, protect: bool = False, given: bool = False, **settings: Any) -> Plan:
    def program() -> None:
        parameter = Parameter(
            "openai",
            ParameterArgs(
                settings=SecretSettings(store="parameter", **settings),
                parameter_name="/test/OPENAI",
                key_arn=KEY,
                protect=protect,
                value=pulumi.Output.secret(GIVEN) if given else None,
            ),
        )
        injection = parameter.injection("OPENAI_API_KEY")
        pulumi.export("secrets", injection.secrets)
        pulumi.export(
            "permissions", [[list(p.actions), list(p.resources), p.conditions] for p in injection.execution_permissions]
        )

    return record(program)


def parameter(plan: Plan) -> Record:
    return one(plan.phases["deployed"], PARAMETER)


def test_children() -> None:
    for phase in parameter_plan().phases.values():
        assert children(phase) == [(PARAMETER, "openai")]
    for phase in parameter_plan(generate=32).phases.values():
        assert children(phase) == [(PARAMETER, "openai"), (RANDOM, "openai-generated")]


def test_a_secure_string_under_the_given_key() -> None:
    inputs = parameter(parameter_plan(description="OpenAI")).inputs
    assert (inputs["type"], inputs["keyId"], inputs["name"]) == ("SecureString", KEY, "/test/OPENAI")
    assert (inputs["tier"], inputs["description"]) == ("Standard", "OpenAI")


def test_the_placeholder_is_write_only() -> None:
    """With `value`, a refresh would pull the real value into state (pitfall 45)."""
    inputs = parameter(parameter_plan()).inputs
    assert (inputs["valueWo"], inputs["valueWoVersion"]) == (UNSET, 1)
    assert not {"value", "insecureValue"} & inputs.keys()


def test_no_update_writes_the_placeholder_again() -> None:
    openai = parameter(parameter_plan())
    assert set(openai.ignore_changes) == {"description", "tier"}
    # Ignoring these would hide a change of the protection.
    assert not {"type", "keyId"} & set(openai.ignore_changes)


@pytest.mark.parametrize(("given", "settings"), [(True, {}), (False, {"generate": 32})])
def test_a_given_or_generated_value_is_secret(given: bool, settings: dict[str, Any]) -> None:
    plan = parameter_plan(given=given, **settings)
    openai = parameter(plan)
    assert "value" in openai.secret
    assert not {"valueWo", "valueWoVersion", "insecureValue"} & openai.inputs.keys()
    assert openai.ignore_changes == ()
    assert openai.inputs["value"] not in json.dumps(plan.to_json())


def test_readers_may_read_this_parameter_only() -> None:
    plan = parameter_plan()
    arn = parameter(plan).outputs["arn"]
    assert arn == "arn:aws:ssm:us-east-1:123456789012:parameter/test/OPENAI"
    outputs = plan.phases["deployed"].outputs
    assert outputs["secrets"] == {"OPENAI_API_KEY": arn}
    assert outputs["permissions"] == [
        [["ssm:GetParameters"], [arn], {}],
        [["kms:Decrypt"], [KEY], {"StringEquals": {"kms:ViaService": "ssm.us-east-1.amazonaws.com"}}],
    ]


@pytest.mark.parametrize("protect", [True, False])
def test_protection(protect: bool) -> None:
    assert parameter(parameter_plan(protect=protect)).protect is protect


def args(**overrides: Any) -> ParameterArgs:
    return ParameterArgs(
        settings=SecretSettings(store="parameter"), parameter_name="/test/X", key_arn=KEY, protect=False, **overrides
    )


def test_a_value_in_plain_text_is_refused() -> None:
    with pytest.raises(TypeError, match=r"the value of the parameter /test/X is plain text; pass the output of"):
        Parameter("x", args(value="clear"))


def test_a_key_of_a_parameter_is_refused() -> None:
    def program() -> None:
        with pytest.raises(ValueError, match="ECS reads whole parameters only"):
            Parameter("x", args()).injection("X", "key")

    every_phase(record(program))
