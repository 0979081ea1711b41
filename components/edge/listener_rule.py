"""Conditions and actions of a listener rule."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi_aws as aws

from components.edge.origin_secret import SecretHeader
from settings.compute.route import Route

__all__ = ["conditions", "forward", "weighted"]


def forward(group: aws.lb.TargetGroup, order: int | None = None) -> aws.lb.ListenerRuleActionArgs:
    """The action that forwards all requests to one target group."""
    return aws.lb.ListenerRuleActionArgs(type="forward", order=order, target_group_arn=group.arn)


def weighted(groups: Sequence[aws.lb.TargetGroup]) -> aws.lb.ListenerRuleActionArgs:
    """The action that forwards all requests to the first group; ECS requires the other one in the rule, too."""
    return aws.lb.ListenerRuleActionArgs(
        type="forward",
        forward=aws.lb.ListenerRuleActionForwardArgs(
            target_groups=[
                aws.lb.ListenerRuleActionForwardTargetGroupArgs(arn=group.arn, weight=0 if i else 100)
                for i, group in enumerate(groups)
            ]
        ),
    )


def conditions(settings: Route, secret: SecretHeader | None = None) -> list[aws.lb.ListenerRuleConditionArgs]:
    """Paths, hosts, source networks and the secret header, all of which must match."""
    required = [
        aws.lb.ListenerRuleConditionArgs(
            path_pattern=aws.lb.ListenerRuleConditionPathPatternArgs(values=list(settings.paths))
        )
    ]
    if settings.hosts:
        hosts = aws.lb.ListenerRuleConditionHostHeaderArgs(values=list(settings.hosts))
        required.append(aws.lb.ListenerRuleConditionArgs(host_header=hosts))
    if settings.allow_cidrs:
        sources = aws.lb.ListenerRuleConditionSourceIpArgs(values=list(settings.allow_cidrs))
        required.append(aws.lb.ListenerRuleConditionArgs(source_ip=sources))
    if secret is not None:
        header = aws.lb.ListenerRuleConditionHttpHeaderArgs(http_header_name=secret.name, values=list(secret.accepted))
        required.append(aws.lb.ListenerRuleConditionArgs(http_header=header))
    return required
