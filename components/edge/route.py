"""The way of one service's requests: target groups and the listener rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.edge.listener_rule import conditions, forward, weighted
from components.edge.login import login_action
from components.edge.origin_secret import SecretHeader
from components.naming import name_prefix
from components.values import Metric
from settings.compute.route import Route as RouteSettings

__all__ = ["Route", "RouteArgs", "RouteMetrics"]

# ECS registers each task with the port of its container; the group's own port only stands in where a target names
# none, and changing it would replace the group below a rule whose actions are ECS's.
_GROUP_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteArgs:
    """Arguments of `Route`."""

    settings: RouteSettings
    """Paths, hosts and health check."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    listener_arn: pulumi.Input[str]
    """The listener whose rule this is."""
    load_balancer: pulumi.Input[str]
    """The load balancer as metrics name it: its `arn_suffix`."""
    priority: int
    """Order of the rule, unique for the listener (`priorities.assign`)."""
    two_target_groups: bool = False
    """Whether ECS shifts traffic from one target group to another on a deployment."""
    deregistration_delay_s: int = 30
    """Seconds that a task which is about to stop may still answer: the longest request it may take."""
    client_secret: pulumi.Input[str] | None = None
    """For a login by `oidc`: the client's secret."""
    secret_header: SecretHeader | None = None
    """A header without which the rule takes no request."""

    def __post_init__(self) -> None:
        if self.settings.auth is not None and self.two_target_groups:
            raise ValueError("a rule whose actions ECS changes cannot ask for a login; use one target group")
        if not 1 <= self.priority <= 50000:
            raise ValueError(f"a listener rule's priority is 1 to 50000, not {self.priority}")
        if not 0 <= self.deregistration_delay_s <= 3600:
            raise ValueError(
                f"a target group drains for 0 to 3600 s, not {self.deregistration_delay_s}; lower request_timeout_s"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMetrics:
    """Metrics of the service's requests, one for each target group.

    Only one group serves at a time, and after a deployment it is the other: watch the sum of both (the greatest
    response time), or the alarm goes blind.
    """

    requests: Sequence[Metric]
    requests_per_target: Sequence[Metric]
    errors: Sequence[Metric]
    unhealthy: Sequence[Metric]
    response_time: Sequence[Metric]


class Route(Component):
    """The requests that a listener sends to one service.

    Creates: a target group and a rule; with `two_target_groups` a second group, green, beside the first, blue.
    Guarantees: no fixed names, so that a group can be replaced while the old one serves; a rule that is replaced
    frees its priority first; a task takes requests 20 s after it first answers, and none 30 s after it last did;
    where ECS shifts traffic, a later `up` leaves the weights alone; with `auth`, no request reaches the service
    without a login, and with `allow_cidrs`, none from elsewhere (which goes on to the next rule that takes it).
    Errors: ValueError where priority or delay is more than AWS allows, or a login stands on a rule that ECS changes.

    When the deployment strategy changes, the rule gets another name and another priority (`priorities.assign`), so
    that the new rule, which knows both groups, is there before the old one goes. Paths, hosts and priority change in
    place. Another listener replaces the rule, and with it the service that ECS shifts.
    """

    def __init__(self, name: str, args: RouteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        # Blue is the one group of a rolling service, too, so that the strategy can change without replacing it.
        groups = [self._target_group("", args)]
        if args.two_target_groups:
            groups.append(self._target_group("green", args))
        rule = self._rule(groups, args)
        self.target_group_arns: Sequence[pulumi.Output[str]] = [group.arn for group in groups]
        self.rule_arn = rule.arn
        # ECS refuses a service whose target groups hang on no listener.
        self.dependencies: Sequence[pulumi.Resource] = [rule]
        # What the first path begins with, to follow the load balancer's URL.
        self.prefix = args.settings.paths[0].partition("*")[0].partition("?")[0].rstrip("/")
        self.metrics = _metrics(groups, args.load_balancer)
        self.done(rule_arn=self.rule_arn)

    def _target_group(self, role: str, args: RouteArgs) -> aws.lb.TargetGroup:
        return aws.lb.TargetGroup(
            self.child_name(role),
            name_prefix=name_prefix(self.child_name(role)),
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


def _metrics(groups: Sequence[aws.lb.TargetGroup], load_balancer: pulumi.Input[str]) -> RouteMetrics:
    def each(name: str, statistic: Literal["Sum", "Maximum", "p95"], label: str) -> list[Metric]:
        return [
            Metric(
                namespace="AWS/ApplicationELB",
                name=name,
                dimensions={"LoadBalancer": load_balancer, "TargetGroup": group.arn_suffix},
                statistic=statistic,
                label=label,
            )
            for group in groups
        ]

    return RouteMetrics(
        requests=each("RequestCount", "Sum", "requests"),
        requests_per_target=each("RequestCountPerTarget", "Sum", "requests per task"),
        errors=each("HTTPCode_Target_5XX_Count", "Sum", "5xx"),
        unhealthy=each("UnHealthyHostCount", "Maximum", "unhealthy tasks"),
        response_time=each("TargetResponseTime", "p95", "response time p95 (s)"),
    )
