"""Statements for the policies of keys that AWS services use by themselves."""

from __future__ import annotations

import pulumi

from components.iam import Statement

__all__ = ["buckets_may_notify", "logs_may_use"]


def logs_may_use(region: str, account_id: pulumi.Input[str], partition: pulumi.Input[str] = "aws") -> Statement:
    """CloudWatch Logs may use the key, for log groups of this region and account only.

    Without it, AWS refuses to create a log group with the key.
    """
    groups = pulumi.Output.format("arn:{0}:logs:{1}:{2}:log-group:*", partition, region, account_id)
    return Statement(
        sid="LogGroups",
        actions=["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        resources=["*"],
        principals={"Service": [f"logs.{region}.amazonaws.com"]},
        conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    )


def buckets_may_notify(account_id: pulumi.Input[str]) -> Statement:
    """S3 may use the key to send the notifications of this account's buckets to queues that the key encrypts.

    Without it, AWS refuses the configuration of the notification, which it tries out with a message.
    """
    return Statement(
        sid="BucketNotifications",
        actions=["kms:GenerateDataKey", "kms:Decrypt"],
        resources=["*"],
        principals={"Service": ["s3.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": account_id}},
    )
