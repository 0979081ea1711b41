"""What every part of the wiring needs to know of the stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import ComponentOptions
from components.name_tags import name_tags
from components.naming import physical_name
from components.provider import aws_provider
from settings import Settings
from settings.regions import DNS_SUFFIX, PARTITION

__all__ = ["StackContext", "stack_context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackContext:
    """The stack's name, account, protection, tags and provider."""

    stack: str
    account: Account
    protect: bool
    """Whether data, and what people reach it by, is protected from deletion."""
    tags: Mapping[str, str]
    provider: aws.Provider

    def opts(self, origin: str, *, aliases: Sequence[pulumi.Alias] = ()) -> ComponentOptions:
        """Options of the top-level component that serves the settings entry `origin`, such as `compute.services.api`.

        Its children inherit the provider, the origin, Name tags that begin with the stack's name and, when the
        component was renamed, the `aliases`.
        """
        return ComponentOptions(
            origin=origin,
            provider=self.provider,
            transformations=[name_tags(self.stack)],
            aliases=[*aliases],
        )

    def physical_name(self, kind: str, *parts: str) -> str:
        """A name in AWS that begins with the stack's, within the limit of `kind`."""
        return physical_name(kind, self.stack, *parts)


def stack_context(settings: Settings) -> StackContext:
    """The context of the running stack, with its provider and default tags."""
    stack = pulumi.get_stack()
    tags = {
        "Project": pulumi.get_project(),
        "Stack": stack,
        "Environment": settings.environment,
        "ManagedBy": "pulumi",
        **settings.tags,
    }
    provider = aws_provider(settings, tags)
    caller = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider))
    return StackContext(
        stack=stack,
        account=Account(id=caller.account_id, region=settings.region, partition=PARTITION, dns_suffix=DNS_SUFFIX),
        protect=settings.protected,
        tags=tags,
        provider=provider,
    )
