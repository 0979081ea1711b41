"""The stack's one AWS provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi_aws as aws

__all__ = ["aws_provider"]


def aws_provider(region: str, tags: Mapping[str, str], allowed_account_ids: Sequence[str] = ()) -> aws.Provider:
    """The explicit provider that every component inherits: region, default tags, and the accounts it may touch."""
    return aws.Provider(
        "aws",
        region=region,
        default_tags=aws.ProviderDefaultTagsArgs(tags=dict(sorted(tags.items()))),
        allowed_account_ids=list(allowed_account_ids) or None,
    )
