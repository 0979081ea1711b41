"""A secret planted in three ways appears in no output of the preview and in no message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi
import pulumi_random
import pytest

from preview import run, stackfile
from preview.plan import Plan
from tests.shown import all_text
from tests.stacks import SMALL_DEV, varied

CANARY = "canary-7d1f0b2e-never-show"


def shown(plan: Plan) -> str:
    """Everything that the preview writes for a plan."""
    return all_text(plan) + json.dumps(plan.to_json())


def with_setting() -> Plan:
    """A stack whose secret takes its value from Pulumi's encrypted configuration."""
    file = stackfile.read(run.ROOT / SMALL_DEV, "agent-platform")
    data = json.loads(file.values["agent-platform:data"])
    data["secrets"] = {"openai-api-key": {"from_config": "keys:openai"}}
    values = {**file.values, "agent-platform:data": json.dumps(data), "keys:openai": CANARY}
    changed = stackfile.StackFile(stack="dev", path=Path("x"), values=values, secret_keys=("keys:openai",))
    return run.plan(changed, project="agent-platform", phases=("preview", "deployed"))


def test_a_settings_secret() -> None:
    plan = with_setting()
    version = plan.phases["deployed"].of_type("aws:secretsmanager/secretVersion:SecretVersion")[0]
    assert version.inputs["secretString"] == CANARY
    assert version.secret == ("secretString",)
    assert CANARY not in shown(plan)


def test_a_generated_password() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"]["main"]["credentials"] = "generated"

    plan = varied(SMALL_DEV, change)
    made = plan.phases["deployed"].of_type("random:index/randomPassword:RandomPassword")[0].outputs["result"]
    instance = plan.phases["deployed"].of_type("aws:rds/instance:Instance")[0]
    assert instance.inputs["password"] == made
    assert "password" in instance.secret
    assert made not in shown(plan)


def test_a_secret_output() -> None:
    def program() -> None:
        password = pulumi_random.RandomPassword("password", length=20)
        pulumi.export("plain", pulumi.Output.secret(CANARY))
        pulumi.export("nested", {"deep": [pulumi.Output.secret(CANARY)]})
        pulumi.export("made", password.result)
        pulumi.export("joined", pulumi.Output.concat("x-", password.result))

    file = stackfile.StackFile(stack="test", path=Path("x"), values={}, secret_keys=())
    plan = run.plan(file, project="agent-platform", phases=("preview", "deployed"), program=program)
    made = plan.phases["deployed"].records[0].outputs["result"]
    text = shown(plan)
    assert CANARY not in text
    assert made not in text
    assert plan.to_json()["phases"]["deployed"]["outputs"] == {
        "plain": "<secret>",
        "nested": {"deep": ["<secret>"]},
        "made": "<secret>",
        "joined": "<secret>",
    }


def test_a_failing_program_does_not_tell_it() -> None:
    def program() -> None:
        pulumi.Config("keys").require_secret("openai").apply(int)

    file = stackfile.StackFile(
        stack="test", path=Path("x"), values={"keys:openai": CANARY}, secret_keys=("keys:openai",)
    )
    with pytest.raises(run.ProgramError, match="invalid literal") as caught:
        run.plan(file, project="agent-platform", phases=("deployed",), program=program)
    assert CANARY not in str(caught.value)
