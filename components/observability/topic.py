"""The topic that the stack's alarms notify."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.key import Key, KeyArgs
from components.iam import Conditions, Statement, document

__all__ = ["Publisher", "Topic", "TopicArgs"]

Publisher = Literal["budgets", "cloudwatch", "events"]
"""A service that publishes on its own behalf: AWS Budgets, CloudWatch's alarms, EventBridge's rules."""

# EventBridge is the exception: SNS supports no condition on the source for it where a topic is encrypted.
_WITH_SOURCE_ACCOUNT: tuple[Publisher, ...] = ("cloudwatch", "budgets")
_WITHOUT_SOURCE_ACCOUNT: tuple[Publisher, ...] = ("events",)


_Publishers = Sequence[tuple[str, Sequence[str], Conditions]]
"""What a statement is called, the services in it, and on which conditions they publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicArgs:
    """Arguments of `Topic`."""

    account: Account
    """The account, its region and partition."""
    display_name: str | None = None
    """The sender's name in its e-mails, which says which stack they are from."""
    publishers: Set[Publisher]
    """The services that publish; no other may."""
    emails: Sequence[str] = ()
    """Addresses that receive the messages, each once it is confirmed."""


class Topic(Component):
    """An SNS topic for alarms, with a key of its own (about 1 USD a month).

    Creates: key, topic, topic policy, and a subscription for each address.
    Guarantees: encrypted with a key that the `publishers` may use (with the AWS-managed key, alarms would be dropped
    silently); no other service and no other account may publish, and nobody without TLS.
    """

    def __init__(self, name: str, args: TopicArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if len(set(args.emails)) < len(args.emails):
            raise ValueError(f"the topic {name} names an e-mail address twice; remove one")
        super().__init__("observability", name, opts)
        publishers = _statements(args)
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


def _statements(args: TopicArgs) -> _Publishers:
    """Who publishes on which conditions, each where it is used."""
    candidates: Sequence[tuple[str, Sequence[Publisher], Conditions]] = (
        ("Account", _WITH_SOURCE_ACCOUNT, args.account.is_source),
        ("Events", _WITHOUT_SOURCE_ACCOUNT, {}),
    )
    used = [
        (sid, [f"{service}.amazonaws.com" for service in services if service in args.publishers], conditions)
        for sid, services, conditions in candidates
    ]
    return [(sid, services, conditions) for sid, services, conditions in used if services]
