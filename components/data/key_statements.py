"""Statements for the policies of keys that AWS services use by themselves."""

from __future__ import annotations

from components.aws import Account
from components.iam import Statement

__all__ = ["buckets_may_notify", "logs_may_use"]


def logs_may_use(account: Account) -> Statement:
    """CloudWatch Logs may use the key, for log groups of this region and account only.

    Without it, AWS refuses to create a log group with the key.
    """
    return Statement(
        sid="LogGroups",
        actions=["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        resources=["*"],
        principals={"Service": [f"logs.{account.region}.{account.dns_suffix}"]},
        conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": account.arn("logs", "log-group:*")}},
    )


def buckets_may_notify(account: Account) -> Statement:
    """S3 may use the key to send the notifications of this account's buckets to queues that the key encrypts.

    Without it, AWS refuses the configuration of the notification, which it tries out with a message.
    """
    return Statement(
        sid="BucketNotifications",
        actions=["kms:GenerateDataKey", "kms:Decrypt"],
        resources=["*"],
        principals={"Service": ["s3.amazonaws.com"]},
        conditions=account.is_source,
    )
