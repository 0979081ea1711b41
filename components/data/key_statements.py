"""Statements of key policies for AWS services that use a key on their own behalf."""

from __future__ import annotations

from components.aws import Account
from components.iam import Statement

__all__ = ["bucket_notification_statement", "cloudwatch_logs_statement"]


def cloudwatch_logs_statement(account: Account) -> Statement:
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


def bucket_notification_statement(account: Account) -> Statement:
    """S3 may use the key to send the notifications of this account's buckets to queues that the key encrypts.

    Without it, AWS refuses the notification's configuration, which it validates with a test message.
    """
    return Statement(
        sid="BucketNotifications",
        actions=["kms:GenerateDataKey", "kms:Decrypt"],
        resources=["*"],
        principals={"Service": ["s3.amazonaws.com"]},
        conditions=account.is_source,
    )
