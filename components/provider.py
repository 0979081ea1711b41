"""The stack's one AWS provider."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi_aws as aws

from settings.aws_config import AwsConfig

__all__ = ["aws_provider"]


def aws_provider(config: AwsConfig, tags: Mapping[str, str]) -> aws.Provider:
    """The explicit provider that every component inherits: region, default tags, account, and credentials for it.

    An explicit provider reads no `aws:` key by itself, so it gets each here.
    """
    return aws.Provider(
        "aws",
        region=config.region,
        default_tags=aws.ProviderDefaultTagsArgs(tags=dict(sorted(tags.items()))),
        allowed_account_ids=list(config.allowed_account_ids) or None,
        forbidden_account_ids=list(config.forbidden_account_ids) or None,
        profile=config.profile,
        assume_roles=[aws.ProviderAssumeRoleArgs(**role.model_dump(exclude_none=True)) for role in config.assume_roles]
        or None,
    )
