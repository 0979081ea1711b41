"""The route of one service: target groups and the listener rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.listener_rule import conditions, forward, weighted
from components.edge.login import login_action
from components.edge.origin_secret import SecretHeader
from components.edge.route_monitoring import RouteMonitoring, route_metrics
from settings.compute.route import Route as RouteSettings

__all__ = ["Route", "RouteArgs"]

# Only a default: ECS registers each task with the port of its container. A change would replace the group, while the
# actions of a rule that ECS manages still refer to the old one.
_GROUP_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteArgs:
    """Arguments of `Route`."""

    service_name: str
    """The service's name in the settings."""
    settings: RouteSettings
    """Paths, hosts, health check, authentication."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    listener_arn: pulumi.Input[str]
    """The listener whose rule this is."""
    load_balancer: pulumi.Input[str]
    """The load balancer as a dimension of metrics: its `arn_suffix`."""
    priority: int
    """Order of the rule, unique for the listener (`priorities.assign`)."""
    two_target_groups: bool = False
    """Whether ECS shifts traffic from one target group to another on a deployment."""
    deregistration_delay_s: int = 30
    """Seconds that a stopping task has to finish its requests: the longest request that it accepts."""
    client_secret: pulumi.Input[str] | None = None
    """The client's secret, for `auth.oidc`."""
    secret_header: SecretHeader | None = None
    """A header that the rule requires."""

    def __post_init__(self) -> None:
        if self.settings.auth is not None and self.two_target_groups:
            raise ValueError("auth is not possible on a rule whose actions ECS changes; use one target group")
        if not 1 <= self.priority <= 50000:
            raise ValueError(f"a listener rule's priority is 1 to 50000, not {self.priority}")
        if not 0 <= self.deregistration_delay_s <= 3600:
            raise ValueError(
                f"a target group drains for 0 to 3600 s, not {self.deregistration_delay_s}; lower request_timeout_s"
            )


class Route(Component):
    """The requests that a listener forwards to one service.

    Creates: a target group and a listener rule; with `two_target_groups` a second, alternate group next to the first,
    blue.
    Guarantees: no fixed names, so that a group can be replaced while the old one serves; a replaced rule frees its
    priority first; a task gets requests 20 s after its first successful health check, and none 30 s after its last;
    where ECS shifts traffic, a later `up` does not change the weights; with `auth`, no request reaches the service
    without a login; with `allow_cidrs`, none from other networks (the next matching rule handles those).
    Errors: ValueError for a priority or delay outside AWS's limits, or `auth` with two target groups.

    When the deployment strategy changes, the rule gets another logical name and priority (`priorities.assign`), so that
    the new rule, with both groups, exists before the old one is deleted. Paths, hosts and priority are updated in
    place. A new listener replaces the rule. A service whose traffic ECS shifts would keep the ARN of the old one, since
    its `load_balancers` are ignored; so it has another logical name wherever the listener is another one
    (`LoadBalancer.entry`), and is replaced, too.
    """

    def __init__(self, name: str, args: RouteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        # Blue is also the only group of a rolling service, so that the strategy can change without replacing it.
        groups = [self._target_group("", args)]
        if args.two_target_groups:
            groups.append(self._target_group("alt", args))
        rule = self._rule(groups, args)
        self.target_group_arns: Sequence[pulumi.Output[str]] = [group.arn for group in groups]
        self.rule_arn = rule.arn
        # ECS refuses a service whose target groups have no listener.
        self.dependencies: Sequence[pulumi.Resource] = [rule]
        # The host by which it is called, where the load balancer serves several.
        self.host = next(iter(args.settings.hosts), None)
        # The first path up to its first wildcard, to append to the load balancer's URL.
        self.prefix = args.settings.paths[0].partition("*")[0].partition("?")[0].rstrip("/")
        self.metrics = route_metrics([group.arn_suffix for group in groups], args.load_balancer)
        self.monitoring = RouteMonitoring(name=args.service_name, metrics=self.metrics)
        self.done(rule_arn=self.rule_arn)

    def _target_group(self, role: str, args: RouteArgs) -> aws.lb.TargetGroup:
        return aws.lb.TargetGroup(
            self.child_name(role),
            vpc_id=args.vpc_id,
            target_type="ip",
            protocol="HTTP",
            protocol_version="HTTP1",
            port=_GROUP_PORT,
            deregistration_delay=args.deregistration_delay_s,
            health_check=aws.lb.TargetGroupHealthCheckArgs(
                enabled=True,
                protocol="HTTP",
                port="traffic-port",
                path=args.settings.health,
                matcher=args.settings.health_codes,
                interval=10,
                timeout=5,
                healthy_threshold=2,
                unhealthy_threshold=3,
            ),
            opts=self.child_opts(),
        )

    def _rule(self, groups: Sequence[aws.lb.TargetGroup], args: RouteArgs) -> aws.lb.ListenerRule:
        shifted = args.two_target_groups
        return aws.lb.ListenerRule(
            self.child_name("shifted-rule" if shifted else "rule"),
            listener_arn=args.listener_arn,
            priority=args.priority,
            conditions=conditions(args.settings, args.secret_header),
            actions=[weighted(groups)] if shifted else self._actions(groups[0], args),
            opts=self.child_opts(
                delete_before_replace=True,
                # ECS moves the weights on every deployment.
                ignore_changes=["actions"] if shifted else None,
            ),
        )

    def _actions(self, group: aws.lb.TargetGroup, args: RouteArgs) -> list[aws.lb.ListenerRuleActionArgs]:
        if args.settings.auth is None:
            return [forward(group)]
        return [login_action(args.settings.auth, args.client_secret), forward(group, order=2)]
