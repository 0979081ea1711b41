"""A channel in Slack: what it may do, and what it is told."""

from __future__ import annotations

import json

import pytest

from components.observability.slack import SlackChannel, SlackChannelArgs
from preview.plan import Plan
from tests.accounts import account
from tests.recording import children, one, record

CHANNEL = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"


@pytest.fixture(scope="module")
def plan() -> Plan:
    args = SlackChannelArgs(
        configuration_name="prod-alarms",
        workspace_id="T0EXAMPLE1",
        channel_id="C0EXAMPLE1",
        account=account(),
        topic_arn=TOPIC,
    )
    return record(lambda: SlackChannel("slack", args))


def test_children(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert children(phase) == [
            (CHANNEL, "slack"),
            ("aws:iam/role:Role", "slack-role"),
            ("aws:iam/rolePolicy:RolePolicy", "slack-role-policy"),
        ]


def test_as_set(plan: Plan) -> None:
    inputs = one(plan.phases["deployed"], CHANNEL).inputs
    assert inputs["configurationName"] == "prod-alarms"
    assert (inputs["slackTeamId"], inputs["slackChannelId"]) == ("T0EXAMPLE1", "C0EXAMPLE1")
    assert inputs["snsTopicArns"] == [TOPIC]
    assert inputs["loggingLevel"] == "ERROR"
    # The provider knows the regions in which the service stands.
    assert "region" not in inputs


def test_nobody_does_more_than_read_cloudwatch_from_the_channel(plan: Plan) -> None:
    inputs = one(plan.phases["preview"], CHANNEL).inputs
    assert inputs["guardrailPolicyArns"] == ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"]
    assert inputs["userAuthorizationRequired"] is True
    policy = json.loads(one(plan.phases["deployed"], "aws:iam/rolePolicy:RolePolicy").inputs["policy"])
    (statement,) = policy["Statement"]
    assert {action.split(":")[0] for action in statement["Action"]} == {"cloudwatch"}
    assert all(action.split(":")[1].startswith(("Describe", "Get", "List")) for action in statement["Action"])


def test_only_the_chat_service_assumes_its_role(plan: Plan) -> None:
    trust = json.loads(one(plan.phases["preview"], "aws:iam/role:Role").inputs["assumeRolePolicy"])
    assert [statement["Principal"] for statement in trust["Statement"]] == [{"Service": ["chatbot.amazonaws.com"]}]


def test_a_channel_is_in_one_configuration_at_a_time(plan: Plan) -> None:
    assert one(plan.phases["preview"], CHANNEL).delete_before_replace is True


def test_the_channel_waits_for_its_permissions(plan: Plan) -> None:
    phase = plan.phases["preview"]
    assert one(phase, "aws:iam/rolePolicy:RolePolicy").urn in one(phase, CHANNEL).dependencies
