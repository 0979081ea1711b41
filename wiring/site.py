"""Where the stack stands: what every part of the wiring needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.naming import partition, physical_name
from components.provider import aws_provider
from settings import Settings

__all__ = ["Site", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Stack, region, account and provider."""

    stack: str
    region: str
    partition: str
    account_id: pulumi.Output[str]
    protect: bool
    tags: Mapping[str, str]
    provider: aws.Provider

    @property
    def inherit(self) -> pulumi.ResourceOptions:
        """Options of a top-level component; its children inherit the provider."""
        return pulumi.ResourceOptions(provider=self.provider)

    def named(self, kind: str, *parts: str) -> str:
        """A physical name that carries the stack's name, within the limit of `kind`."""
        return physical_name(kind, self.stack, *parts)


def site(settings: Settings) -> Site:
    """The site of the running stack, with its provider and default tags."""
    stack = pulumi.get_stack()
    tags = {
        "Project": pulumi.get_project(),
        "Stack": stack,
        "Environment": settings.environment,
        "ManagedBy": "pulumi",
        **settings.tags,
    }
    provider = aws_provider(settings.region, tags, settings.allowed_account_ids)
    if settings.environment == "prod" and not settings.protected:
        pulumi.log.warn("protect is off: this prod stack and its data can be destroyed")
    return Site(
        stack=stack,
        region=settings.region,
        partition=partition(settings.region),
        account_id=aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider)).account_id,
        protect=settings.protected,
        tags=tags,
        provider=provider,
    )
