"""How a load balancer reaches a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.values import Metric

__all__ = ["LoadBalancerAttachment", "service_load_balancer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerAttachment:
    """A listener rule and its target groups, for the service that they forward to."""

    target_group_arns: Sequence[pulumi.Input[str]]
    """One target group; two where a deployment shifts traffic between them."""
    rule_arn: pulumi.Input[str]
    """The listener rule whose weights ECS shifts."""
    dependencies: Sequence[pulumi.Resource]
    """What connects the target groups to a listener; ECS refuses a service without it."""
    requests_per_target: Sequence[Metric] = ()
    """Requests per target of each target group."""
    entry: str = "internet-facing-http"
    """What identifies the listener: the load balancer's scheme and the protocol. Where one of them changes, listener
    and rule are others."""


def service_load_balancer(
    attachment: LoadBalancerAttachment,
    *,
    container_name: str,
    container_port: int,
    shift_role_arn: pulumi.Input[str] | None,
) -> aws.ecs.ServiceLoadBalancerArgs:
    """The service's entry for one load balancer; with `shift_role_arn`, ECS shifts its traffic in a deployment."""
    shifting = None
    if shift_role_arn is not None:
        shifting = aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs(
            alternate_target_group_arn=attachment.target_group_arns[1],
            production_listener_rule=attachment.rule_arn,
            role_arn=shift_role_arn,
        )
    return aws.ecs.ServiceLoadBalancerArgs(
        container_name=container_name,
        container_port=container_port,
        target_group_arn=attachment.target_group_arns[0],
        advanced_configuration=shifting,
    )
