"""A bucket for state, and the key that encrypts it and the secrets in it."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.data.key import Key, KeyArgs
from components.data.state_bucket import StateBucket, StateBucketArgs
from components.provider import aws_provider
from settings import state_backend
from settings.regions import DNS_SUFFIX, PARTITION

__all__ = ["backend"]


def backend() -> None:
    """Register the backend; its outputs are the arguments of `pulumi login` and `pulumi stack init`."""
    config = state_backend.load()
    tags = {"Project": pulumi.get_project(), "Stack": pulumi.get_stack(), "ManagedBy": "pulumi"}
    provider = aws_provider(config, {**tags, "Environment": "state"})
    caller = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider))
    account = Account(id=caller.account_id, region=config.region, partition=PARTITION, dns_suffix=DNS_SUFFIX)
    opts = pulumi.ResourceOptions(provider=provider, protect=config.protect)

    # State that nobody can decrypt is lost, so the key outlives even a destroyed backend.
    key = Key(
        "state-key",
        KeyArgs(
            description="State of Pulumi's stacks, and the secrets in it",
            account=account,
            alias=f"alias/{config.bucket}",
            retain=True,
        ),
        opts=opts,
    )
    bucket = StateBucket(
        "state",
        StateBucketArgs(
            bucket_name=config.bucket,
            account=account,
            key_arn=key.arn,
            noncurrent_days=config.noncurrent_days,
            protect=config.protect,
        ),
        opts=opts,
    )
    pulumi.export("backend_url", pulumi.Output.concat("s3://", bucket.name, "?region=", config.region, "&awssdk=v2"))
    pulumi.export("secrets_provider", f"awskms://alias/{config.bucket}?region={config.region}")
