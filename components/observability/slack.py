"""A Slack channel that receives what a topic receives."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.identity.role import Role, RoleArgs
from components.values import Permission

__all__ = ["SlackChannel", "SlackChannelArgs"]

_READ_METRICS = Permission(
    actions=[
        "cloudwatch:DescribeAlarmHistory",
        "cloudwatch:DescribeAlarms",
        "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:GetMetricWidgetImage",
        "cloudwatch:ListMetrics",
    ],
    resources=["*"],
    reason="metrics have no ARN, and an alarm's chart is drawn from them",
)
# Without one, AWS uses AdministratorAccess.
_GUARDRAIL = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChannelArgs:
    """Arguments of `SlackChannel`."""

    configuration_name: str
    """Name of the configuration, unique in the account."""
    workspace_id: str
    """The workspace, which somebody has authorised in the console."""
    channel_id: str
    """The channel."""
    account: Account
    """The account, its region and partition."""
    topic_arn: pulumi.Input[str]
    """The topic."""


class SlackChannel(Component):
    """Alarms and notifications in a Slack channel, through Amazon Q Developer in chat applications; free of charge.

    Creates: the channel's role, and its configuration. Guarantees: the channel's role reads CloudWatch and nothing
    else; the guardrail allows no more from the channel, whatever role a user has; users who query AWS in the channel
    do so with their own role; messages that could not be shown are logged.

    The service is not in every region: the provider calls us-west-2, unless the stack's region is one of
    us-east-2, us-west-2, eu-west-1 and ap-southeast-1.
    """

    def __init__(self, name: str, args: SlackChannelArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        role = Role(
            self.child_name("role"),
            RoleArgs(
                service="chatbot.amazonaws.com",
                description="Shows alarms in a Slack channel",
                conditions=args.account.is_source_where_sent,
                permissions=[_READ_METRICS],
            ),
            opts=self.child_opts(),
        )
        aws.chatbot.SlackChannelConfiguration(
            self.child_name(),
            configuration_name=args.configuration_name,
            slack_team_id=args.workspace_id,
            slack_channel_id=args.channel_id,
            iam_role_arn=role.arn,
            guardrail_policy_arns=[_GUARDRAIL],
            user_authorization_required=True,
            logging_level="ERROR",
            sns_topic_arns=[args.topic_arn],
            # A channel is in one configuration of an account; the old one goes first.
            opts=self.child_opts(depends_on=role.policies, delete_before_replace=True),
        )
        self.done()
