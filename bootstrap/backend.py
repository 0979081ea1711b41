"""A bucket for state, and the key that encrypts it and the secrets in it."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.data.key import Key, KeyArgs
from components.data.state_bucket import StateBucket, StateBucketArgs
from components.naming import partition
from components.provider import aws_provider
from settings import state_backend

__all__ = ["backend"]


def backend() -> None:
    """Register the backend; the outputs are what `pulumi login` and `pulumi stack init` take."""
    config = state_backend.load()
    tags = {"Project": pulumi.get_project(), "Stack": pulumi.get_stack(), "ManagedBy": "pulumi"}
    provider = aws_provider(config.region, {**tags, "Environment": "state"}, config.allowed_account_ids)
    account_id = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider)).account_id
    kept = pulumi.ResourceOptions(provider=provider, protect=config.protect)

    # State that nobody can decrypt is lost, so the key outlives even a torn-down backend.
    key = Key(
        "state-key",
        KeyArgs(
            description="State of Pulumi's stacks, and the secrets in it",
            account_id=account_id,
            partition=partition(config.region),
            alias=f"alias/{config.bucket}",
            retain=True,
        ),
        opts=kept,
    )
    bucket = StateBucket(
        "state",
        StateBucketArgs(
            bucket_name=config.bucket,
            account_id=account_id,
            key_arn=key.arn,
            noncurrent_days=config.noncurrent_days,
            protect=config.protect,
        ),
        opts=kept,
    )
    pulumi.export("backend_url", pulumi.Output.concat("s3://", bucket.name, "?region=", config.region, "&awssdk=v2"))
    pulumi.export("secrets_provider", pulumi.Output.concat("awskms://", key.alias, "?region=", config.region))
