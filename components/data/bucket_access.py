"""What it takes to read or write a bucket."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from components.data.key_access import kms_permission_via
from components.values import Permission
from settings.data.buckets import BucketAccess

__all__ = ["bucket_access"]

_LIST = {"read": ("s3:ListBucket",), "write": ("s3:ListBucketMultipartUploads",)}
_OBJECTS = {
    "read": ("s3:GetObject",),
    "write": ("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
}
# An upload in parts decrypts what it has written so far.
_KEY = {"read": ("kms:Decrypt",), "write": ("kms:Decrypt", "kms:GenerateDataKey")}


def bucket_access(
    access: BucketAccess, *, bucket_arn: pulumi.Output[str], key_arn: pulumi.Input[str]
) -> Sequence[Permission]:
    """The permissions on exactly this bucket, its current objects, and its key for nothing but these.

    Without `s3:ListBucket`, a missing object is answered by 403 instead of 404. Older versions are out of reach: what
    a program deletes by mistake, it cannot delete for good.
    """
    kinds = access.split("-")
    objects = pulumi.Output.concat(bucket_arn, "/*")
    return (
        Permission(actions=_joined(_LIST, kinds), resources=[bucket_arn]),
        Permission(actions=_joined(_OBJECTS, kinds), resources=[objects]),
        kms_permission_via(
            key_arn,
            "s3",
            _joined(_KEY, kinds),
            # With a bucket key the context is the bucket, without one the object.
            narrowed={"StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket_arn, objects]}},
        ),
    )


def _joined(actions: dict[str, tuple[str, ...]], kinds: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(action for kind in kinds for action in actions[kind]))
