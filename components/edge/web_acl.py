"""AWS WAF web ACLs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.web_acl_rules import rules, visibility
from settings.edge import web_acl

__all__ = ["WebAcl", "WebAclArgs"]

_LOG_PREFIX = "aws-waf-logs-"
_CLOUDFRONT_REGION = "us-east-1"
_REDACTED = ("authorization", "cookie")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAclArgs:
    """Arguments of `WebAcl`."""

    settings: web_acl.WebAcl
    """Rule groups, rate limit, log."""
    scope: Literal["REGIONAL", "CLOUDFRONT"]
    """What it protects: a load balancer or user pool in its region, or a distribution."""
    log_group_name: str
    """Name of the log group, fixed because people look for it; AWS requires the prefix `aws-waf-logs-`."""
    key_arn: pulumi.Input[str] | None = None
    """The key that encrypts the log, of the web ACL's region; by default CloudWatch's own."""
    resource_arn: pulumi.Input[str] | None = None
    """The regional resource that it protects; a distribution refers to its web ACL itself."""
    region: str | None = None
    """The web ACL's region, by default the stack's; us-east-1 for CLOUDFRONT."""

    def __post_init__(self) -> None:
        if not self.log_group_name.startswith(_LOG_PREFIX):
            raise ValueError(f"AWS WAF needs a log group named {_LOG_PREFIX}…, not {self.log_group_name}; rename it")
        if self.scope == "CLOUDFRONT" and self.region != _CLOUDFRONT_REGION:
            raise ValueError(f"a web ACL for CloudFront must be in {_CLOUDFRONT_REGION}; set region")
        if self.scope == "CLOUDFRONT" and self.resource_arn is not None:
            raise ValueError("a distribution refers to its web ACL itself; remove resource_arn")


class WebAcl(Component):
    """A web ACL: 5 USD a month, 1 USD per rule (four, or five with `sql`), 0.60 USD per million requests.

    Creates: web ACL, log group, logging configuration, and for a regional resource the association.
    Guarantees: AWS's managed rule groups against bad addresses, common attacks and known bad inputs, in their current
    version; a rate limit per address, unless the settings remove it; blocked and counted requests are logged, without
    the headers authorization and cookie.
    Errors: ValueError for a log group name or, with CLOUDFRONT, a region that AWS refuses, or a distribution's ARN.
    """

    def __init__(self, name: str, args: WebAclArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        acl = aws.wafv2.WebAcl(
            self.child_name(),
            description="Filters incoming requests",
            scope=args.scope,
            region=args.region,
            default_action=aws.wafv2.WebAclDefaultActionArgs(allow=aws.wafv2.WebAclDefaultActionAllowArgs()),
            rules=rules(args.settings, self.child_name()),
            visibility_config=visibility(self.child_name()),
            opts=self.child_opts(),
        )
        group = aws.cloudwatch.LogGroup(
            self.child_name("log"),
            name=args.log_group_name,
            retention_in_days=args.settings.log_retention_days,
            kms_key_id=args.key_arn,
            region=args.region,
            opts=self.child_opts(),
        )
        aws.wafv2.WebAclLoggingConfiguration(
            self.child_name("logging"),
            resource_arn=acl.arn,
            log_destination_configs=[group.arn],
            redacted_fields=[_redacted_header(header) for header in _REDACTED],
            logging_filter=_blocked_and_counted() if args.settings.log == "blocked" else None,
            region=args.region,
            opts=self.child_opts(),
        )
        if args.resource_arn is not None:
            aws.wafv2.WebAclAssociation(
                self.child_name("association"),
                resource_arn=args.resource_arn,
                web_acl_arn=acl.arn,
                region=args.region,
                opts=self.child_opts(),
            )
        self.arn = acl.arn
        self.log_group_name = group.name
        # None where it is the stack's region.
        self.region = args.region
        self.done(arn=self.arn)


def _redacted_header(name: str) -> aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs:
    return aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs(
        single_header=aws.wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(name=name)
    )


def _blocked_and_counted() -> aws.wafv2.WebAclLoggingConfigurationLoggingFilterArgs:
    conditions = [
        aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionArgs(
            action_condition=aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterConditionActionConditionArgs(
                action=action
            )
        )
        for action in ("BLOCK", "COUNT", "EXCLUDED_AS_COUNT")
    ]
    return aws.wafv2.WebAclLoggingConfigurationLoggingFilterArgs(
        default_behavior="DROP",
        filters=[
            aws.wafv2.WebAclLoggingConfigurationLoggingFilterFilterArgs(
                behavior="KEEP", requirement="MEETS_ANY", conditions=conditions
            )
        ],
    )
