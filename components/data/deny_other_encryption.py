"""Policy statements by which all objects of a bucket are encrypted with one key."""

from __future__ import annotations

import pulumi

from components.iam import Statement

__all__ = ["deny_other_encryption"]

_ALGORITHM, _KEY, _CUSTOMER = (
    f"s3:x-amz-server-side-encryption{suffix}" for suffix in ("", "-aws-kms-key-id", "-customer-algorithm")
)


def deny_other_encryption(bucket_arn: pulumi.Output[str], key_arn: pulumi.Input[str]) -> list[Statement]:
    """Deny uploads that name another encryption than the bucket's default; those that name none get the default."""
    names_algorithm, names_key = {"Null": {_ALGORITHM: "false"}}, {"Null": {_KEY: "false"}}
    conditions = {
        "NoOtherAlgorithm": {**names_algorithm, "StringNotEquals": {_ALGORITHM: "aws:kms"}},
        "NoOtherKey": {**names_key, "StringNotEquals": {_KEY: key_arn}},
        "NoKeyOfTheCaller": {"Null": {_CUSTOMER: "false"}},
    }
    return [
        Statement(
            sid=sid,
            effect="Deny",
            actions=["s3:PutObject"],
            resources=[pulumi.Output.concat(bucket_arn, "/*")],
            principals="*",
            conditions=condition,
        )
        for sid, condition in conditions.items()
    ]
