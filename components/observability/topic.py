"""The topic that the stack's alarms notify."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.key import Key, KeyArgs
from components.iam import Conditions, Statement, document

__all__ = ["Topic", "TopicArgs"]

_WITH_SOURCE_ACCOUNT = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com"]
# SNS: a condition on the source is not supported for EventBridge and encrypted topics.
_WITHOUT_SOURCE_ACCOUNT = ["events.amazonaws.com"]


_Publishers = Sequence[tuple[str, Sequence[str], Conditions]]
"""What a statement is called, the services in it, and on which conditions they publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicArgs:
    """Arguments of `Topic`."""

    account: Account
    """The account, its region and partition."""
    display_name: str | None = None
    """The sender's name in its e-mails, which says which stack they are from."""
    emails: Sequence[str] = ()
    """Addresses that receive the messages, each once it is confirmed."""


class Topic(Component):
    """An SNS topic for alarms, with a key of its own (about 1 USD a month).

    Creates: key, topic, topic policy, and a subscription for each address.
    Guarantees: encrypted with a key that CloudWatch, EventBridge and AWS Budgets may use (with the AWS-managed key,
    alarms would be dropped silently); no other account may publish, and nobody without TLS.
    """

    def __init__(self, name: str, args: TopicArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if len(set(args.emails)) < len(args.emails):
            raise ValueError(f"the topic {name} names an e-mail address twice; remove one")
        super().__init__("observability", name, opts)
        own_account: Conditions = args.account.is_source
        publishers: _Publishers = (
            ("Account", _WITH_SOURCE_ACCOUNT, own_account),
            ("Events", _WITHOUT_SOURCE_ACCOUNT, {}),
        )
        key = self._key(args, publishers)
        topic = aws.sns.Topic(
            self.child_name(), display_name=args.display_name, kms_master_key_id=key.arn, opts=self.child_opts()
        )
        policy = self._policy(topic, publishers)
        self._subscriptions(topic, args.emails)
        # The topic's ARN, but whoever publishes waits for its policy.
        self.arn = policy.arn
        self.key_arn = key.arn
        self.done(arn=self.arn)

    def _key(self, args: TopicArgs, publishers: _Publishers) -> Key:
        return Key(
            self.child_name("key"),
            KeyArgs(
                description="Notifications of alarms",
                account=args.account,
                statements=[
                    Statement(
                        sid=f"{sid}Encrypts",
                        actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                        resources=["*"],
                        principals={"Service": services},
                        conditions=conditions,
                    )
                    for sid, services, conditions in publishers
                ],
            ),
            self.child_opts(),
        )

    def _policy(self, topic: aws.sns.Topic, publishers: _Publishers) -> aws.sns.TopicPolicy:
        publish = [
            Statement(
                sid=f"{sid}Publishes",
                actions=["sns:Publish"],
                resources=[topic.arn],
                principals={"Service": services},
                conditions=conditions,
            )
            for sid, services, conditions in publishers
        ]
        only_tls = Statement(
            sid="OnlyTls",
            effect="Deny",
            actions=["sns:Publish"],
            resources=[topic.arn],
            principals="*",
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        )
        return aws.sns.TopicPolicy(
            self.child_name("policy"), arn=topic.arn, policy=document([*publish, only_tls]), opts=self.child_opts()
        )

    def _subscriptions(self, topic: aws.sns.Topic, emails: Sequence[str]) -> None:
        for email in emails:
            # Named after the address: by index, removing the first would unsubscribe the others, too.
            aws.sns.TopicSubscription(
                self.child_name(f"email-{hashlib.sha256(email.encode()).hexdigest()[:6]}"),
                topic=topic.arn,
                protocol="email",
                endpoint=email,
                opts=self.child_opts(),
            )
