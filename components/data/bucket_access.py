"""Permissions to read or write a bucket."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.data.key_access import kms_permission_via
from components.values import Permission

__all__ = ["bucket_access"]

_LIST = {"read": ("s3:ListBucket",), "write": ("s3:ListBucketMultipartUploads",)}
_OBJECTS = {
    "read": ("s3:GetObject",),
    "write": ("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
}
# A multipart upload decrypts the parts that it has written so far.
_KEY = {"read": ("kms:Decrypt",), "write": ("kms:Decrypt", "kms:GenerateDataKey")}


def bucket_access(access: str, *, bucket_arn: pulumi.Output[str], key_arn: pulumi.Input[str]) -> Sequence[Permission]:
    """The permissions to `read`, `write` or `read-write` exactly this bucket's current objects, with its key.

    Without `s3:ListBucket`, S3 answers 403 instead of 404 for a missing object. There is no permission on older
    versions: an object that a program deletes by mistake can be restored.
    """
    kinds = access.split("-")
    objects = pulumi.Output.concat(bucket_arn, "/*")
    return (
        Permission(actions=_actions(_LIST, kinds), resources=[bucket_arn]),
        Permission(actions=_actions(_OBJECTS, kinds), resources=[objects]),
        kms_permission_via(
            key_arn,
            "s3",
            _actions(_KEY, kinds),
            # The encryption context is the bucket with a bucket key, the object without one.
            conditions={"StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket_arn, objects]}},
        ),
    )


def _actions(actions: dict[str, tuple[str, ...]], kinds: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(action for kind in kinds for action in actions[kind]))
