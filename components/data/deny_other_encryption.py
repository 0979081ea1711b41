"""One key for all objects of a bucket."""

from __future__ import annotations

import pulumi

from components.iam import Statement

__all__ = ["deny_other_encryption"]

_ALGORITHM, _KEY, _CUSTOMER = (
    f"s3:x-amz-server-side-encryption{rest}" for rest in ("", "-aws-kms-key-id", "-customer-algorithm")
)


def deny_other_encryption(bucket_arn: pulumi.Output[str], key_arn: pulumi.Input[str]) -> list[Statement]:
    """A request that names no encryption gets the bucket's; one that names another is refused."""
    asked, other = {"Null": {_ALGORITHM: "false"}}, {"Null": {_KEY: "false"}}
    conditions = {
        "NoOtherAlgorithm": {**asked, "StringNotEquals": {_ALGORITHM: "aws:kms"}},
        "NoOtherKey": {**other, "StringNotEquals": {_KEY: key_arn}},
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
