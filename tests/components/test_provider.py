"""The provider: region, tags on everything, and the accounts it may touch."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from components.provider import aws_provider
from preview.plan import Plan
from settings.aws_config import AssumeRole, AwsConfig
from tests.recording import one, record

PROVIDER = "pulumi:providers:aws"


def provider(**config: Any) -> Plan:
    def program() -> None:
        made = aws_provider(AwsConfig(region="eu-west-1", **config), {"Stack": "test", "Project": "p"})
        aws.sns.Topic("topic", tags={"Stack": "own"}, opts=pulumi.ResourceOptions(provider=made))

    return record(program)


def inputs_of(plan: Plan) -> dict[str, Any]:
    inputs = one(plan.phases["preview"], PROVIDER).inputs
    return {key: json.loads(value) if str(value)[:1] in "[{" else value for key, value in inputs.items()}


def test_provider() -> None:
    inputs = inputs_of(provider(allowed_account_ids=("123456789012",)))
    assert inputs["region"] == "eu-west-1"
    assert inputs["defaultTags"] == {"tags": {"Project": "p", "Stack": "test"}}
    assert inputs["allowedAccountIds"] == ["123456789012"]


def test_no_accounts_named_is_no_limit() -> None:
    """An empty list would let the provider touch no account at all."""
    assert "allowedAccountIds" not in inputs_of(provider())


def test_the_account_that_the_stack_file_chooses() -> None:
    role = AssumeRole(role_arn="arn:aws:iam::123456789012:role/deploy", external_id="acme")
    inputs = inputs_of(provider(profile="acme-dev", forbidden_account_ids=("210987654321",), assume_roles=(role,)))
    assert inputs["profile"] == "acme-dev"
    assert inputs["forbiddenAccountIds"] == ["210987654321"]
    assert inputs["assumeRoles"] == [{"roleArn": "arn:aws:iam::123456789012:role/deploy", "externalId": "acme"}]


def test_no_credentials_in_state() -> None:
    assert not {"accessKey", "secretKey", "token", "profile"} & inputs_of(provider()).keys()


def test_a_resource_s_own_tag_wins() -> None:
    tags = one(provider().phases["preview"], "aws:sns/topic:Topic").inputs["tags"]
    assert tags == {"Project": "p", "Stack": "own"}
