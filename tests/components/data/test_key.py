"""KMS keys: rotation, deletion window, and access for the account and the named services only."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.key import Key, KeyArgs
from components.data.key_statements import bucket_notification_statement, cloudwatch_logs_statement
from preview.plan import Plan
from tests.accounts import account
from tests.recording import children, one, record

KEY = "aws:kms/key:Key"
ALIAS = "aws:kms/alias:Alias"
ACCOUNT = "123456789012"


def key(*, for_logs: bool = False, for_buckets: bool = False, **args: Any) -> Plan:
    def program() -> None:
        further = [cloudwatch_logs_statement(account(region="eu-west-1"))] if for_logs else []
        further += [bucket_notification_statement(account())] if for_buckets else []
        values: dict[str, Any] = {"account": account(), **args}
        data_key = Key("data", KeyArgs(description="Data of test", statements=further, **values))
        pulumi.export("arn", data_key.arn)
        if data_key.alias is not None:
            pulumi.export("alias", data_key.alias)

    return record(program)


def statements(plan: Plan) -> list[dict[str, Any]]:
    return json.loads(one(plan.phases["deployed"], KEY).inputs["policy"])["Statement"]


def test_children_and_guarantees() -> None:
    plan = key()
    for phase in plan.phases.values():
        assert children(phase) == [(KEY, "data")]
        inputs = one(phase, KEY).inputs
        assert inputs["enableKeyRotation"] is True
        assert inputs["deletionWindowInDays"] == 30
        assert inputs["description"] == "Data of test"
        # Symmetric, for encryption, of this region, with AWS's safety check on the policy.
        assert set(inputs) == {"description", "enableKeyRotation", "deletionWindowInDays", "policy"}
    deployed = plan.phases["deployed"]
    assert deployed.outputs["arn"] == one(deployed, KEY).outputs["arn"]


def test_an_alias_of_the_keys_region_where_one_is_named() -> None:
    plan = key(alias="alias/test-data", region="us-west-2")
    for phase in plan.phases.values():
        assert children(phase) == [(ALIAS, "data-alias"), (KEY, "data")]
    deployed = plan.phases["deployed"]
    inputs = one(deployed, ALIAS).inputs
    assert inputs == {
        "name": "alias/test-data",
        "targetKeyId": one(deployed, KEY).outputs["keyId"],
        "region": "us-west-2",
    }
    assert deployed.outputs["alias"] == "alias/test-data"
    assert "alias" not in key().phases["deployed"].outputs


@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_iam_policies_of_the_account_decide(partition: str) -> None:
    assert statements(key(account=account(partition=partition))) == [
        {
            "Sid": "AccountDecides",
            "Effect": "Allow",
            "Principal": {"AWS": [f"arn:{partition}:iam::{ACCOUNT}:root"]},
            "Action": ["kms:*"],
            "Resource": ["*"],
        }
    ]


@pytest.mark.parametrize("retain", [True, False])
def test_a_retained_key_outlives_the_stack(retain: bool) -> None:
    """A key deleted with the stack makes its final snapshots unreadable."""
    for phase in key(retain=retain).phases.values():
        assert one(phase, KEY).retain_on_delete is retain


def test_logs_use_it_for_groups_of_this_region_and_account_only() -> None:
    _, logs = statements(key(for_logs=True))
    assert logs["Principal"] == {"Service": ["logs.eu-west-1.amazonaws.com"]}
    assert logs["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:*"}
    }
    assert "kms:*" not in logs["Action"]
    assert not [action for action in logs["Action"] if action.startswith(("kms:Put", "kms:Schedule", "kms:Create"))]


def test_s3_uses_it_for_notifications_of_this_account_only() -> None:
    _, buckets = statements(key(for_buckets=True))
    assert buckets["Principal"] == {"Service": ["s3.amazonaws.com"]}
    assert buckets["Action"] == ["kms:GenerateDataKey", "kms:Decrypt"]
    assert buckets["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
