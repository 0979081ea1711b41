"""The rules of a web ACL."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi_aws as aws

from settings.edge.web_acl import RuleGroup, WebAcl

__all__ = ["rules", "visibility"]

_MANAGED: dict[RuleGroup, str] = {
    "reputation": "AWSManagedRulesAmazonIpReputationList",
    "common": "AWSManagedRulesCommonRuleSet",
    "bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
    "sql": "AWSManagedRulesSQLiRuleSet",
}
_WINDOW_S = 300


def rules(settings: WebAcl, prefix: str) -> list[aws.wafv2.WebAclRuleArgs]:
    """The rate limit, then AWS's managed rule groups; the name of each rule's metric begins with `prefix`."""
    limit = settings.requests_per_5_minutes
    acl_rules = [] if limit is None else [_rate_limit(limit, prefix)]
    for group in settings.groups:
        acl_rules.append(_managed_group(group, len(acl_rules), settings.observe.get(group, ()), prefix))
    return acl_rules


def visibility(name: str) -> aws.wafv2.WebAclVisibilityConfigArgs:
    """Metrics, but no sampled requests: the console would show their cookies and Authorization headers."""
    return aws.wafv2.WebAclVisibilityConfigArgs(
        metric_name=name, cloudwatch_metrics_enabled=True, sampled_requests_enabled=False
    )


def _rate_limit(limit: int, prefix: str) -> aws.wafv2.WebAclRuleArgs:
    return aws.wafv2.WebAclRuleArgs(
        name="rate",
        priority=0,
        action=aws.wafv2.WebAclRuleActionArgs(block=aws.wafv2.WebAclRuleActionBlockArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(
            rate_based_statement=aws.wafv2.WebAclRuleStatementRateBasedStatementArgs(
                aggregate_key_type="IP", limit=limit, evaluation_window_sec=_WINDOW_S
            )
        ),
        visibility_config=_rule_visibility(f"{prefix}-rate"),
    )


def _managed_group(group: RuleGroup, priority: int, observed: Sequence[str], prefix: str) -> aws.wafv2.WebAclRuleArgs:
    overrides = [
        aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(
            name=rule,
            action_to_use=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
                count=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
            ),
        )
        for rule in observed
    ]
    return aws.wafv2.WebAclRuleArgs(
        name=group,
        priority=priority,
        # Keeps the actions of the group's own rules.
        override_action=aws.wafv2.WebAclRuleOverrideActionArgs(none=aws.wafv2.WebAclRuleOverrideActionNoneArgs()),
        statement=aws.wafv2.WebAclRuleStatementArgs(
            managed_rule_group_statement=aws.wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
                vendor_name="AWS", name=_MANAGED[group], rule_action_overrides=overrides or None
            )
        ),
        visibility_config=_rule_visibility(f"{prefix}-{group}"),
    )


def _rule_visibility(name: str) -> aws.wafv2.WebAclRuleVisibilityConfigArgs:
    return aws.wafv2.WebAclRuleVisibilityConfigArgs(
        metric_name=name, cloudwatch_metrics_enabled=True, sampled_requests_enabled=False
    )
