"""Autoscaling of a service: target tracking, and bounds by the time of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.compute.backlog import Backlog
from components.observability.alarm import Alarm, AlarmArgs
from components.observability.expression import RESULT, Expression, total
from components.values import Metric
from settings.compute.replicas import Replicas

__all__ = ["Autoscaling", "AutoscalingArgs"]

_OUT_SECONDS, _IN_SECONDS, _WAKE_SECONDS = 60, 300, 300
# The number of running tasks comes late, and for its last minute or two is missing where many run.
_WAKE_MINUTES = 3
_Customized = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgsDict
_Tracking = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgsDict


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoscalingArgs:
    """Arguments of `Autoscaling`."""

    settings: Replicas
    """Bounds and targets."""
    cluster_name: pulumi.Input[str]
    """The cluster."""
    service_name: pulumi.Input[str]
    """The ECS service."""
    requests_per_target: Sequence[Metric] = ()
    """Requests per target of each target group; their sum is tracked, so that it holds on either side of a shift."""
    backlog: Backlog | None = None
    """What waits for a service that consumes queues."""


class Autoscaling(Component):
    """Keeps a service's load near its targets: grows after a minute, shrinks after five.

    Creates: a scalable target, one policy for each target that the settings name, one scheduled action for each entry
    of their schedule; where there may be no task at all, a policy and an alarm that start the first one.
    Guarantees: bounds that a scheduled action has set are not set back by the next `up`; a message that waits while no
    task runs starts one.
    """

    def __init__(self, name: str, args: AutoscalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        settings = args.settings
        target = aws.appautoscaling.Target(
            self.child_name(),
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=pulumi.Output.concat("service/", args.cluster_name, "/", args.service_name),
            min_capacity=settings.min,
            max_capacity=settings.max,
            opts=self.child_opts(ignore_changes=["minCapacity", "maxCapacity"] if settings.schedule else None),
        )
        for role, value, metric in (
            ("cpu", settings.cpu_percent, "ECSServiceAverageCPUUtilization"),
            ("memory", settings.memory_percent, "ECSServiceAverageMemoryUtilization"),
        ):
            if value is not None:
                self._policy(role, target, _spec(value, predefined=metric))
        if settings.requests_per_target is not None and args.requests_per_target:
            counted = total("requests per task", args.requests_per_target)
            self._policy("requests", target, _spec(settings.requests_per_target, expression=counted))
        if settings.backlog_per_task is not None and args.backlog is not None:
            per_task = args.backlog.per_task()
            self._policy("backlog", target, _spec(settings.backlog_per_task, expression=per_task))
            if settings.scales_to_zero:
                self._wake(target, args.backlog)
        for number, entry in enumerate(settings.schedule):
            aws.appautoscaling.ScheduledAction(
                self.child_name(f"schedule-{number}"),
                service_namespace=target.service_namespace,
                scalable_dimension=target.scalable_dimension,
                resource_id=target.resource_id,
                schedule=f"cron({' '.join(entry.cron.split())})",
                timezone=entry.timezone,
                scalable_target_action=aws.appautoscaling.ScheduledActionScalableTargetActionArgs(
                    min_capacity=entry.min, max_capacity=entry.max
                ),
                opts=self.child_opts(),
            )
        self.done()

    def _wake(self, target: aws.appautoscaling.Target, backlog: Backlog) -> None:
        """From no task to one: target tracking would wait until the backlog is above its target."""
        policy = aws.appautoscaling.Policy(
            self.child_name("wake"),
            policy_type="StepScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            step_scaling_policy_configuration={
                # Not to exactly one, which would stop the others where several are about to start.
                "adjustment_type": "ChangeInCapacity",
                # Until the task runs the alarm stays, and within this time asks for no further one.
                "cooldown": _WAKE_SECONDS,
                "metric_aggregation_type": "Maximum",
                "step_adjustments": [{"scaling_adjustment": 1, "metric_interval_lower_bound": "0"}],
            },
            opts=self.child_opts(),
        )
        Alarm(
            self.child_name("wake-alarm"),
            AlarmArgs(
                metric=backlog.unattended(),
                comparison=">=",
                threshold=1,
                minutes=1,
                periods=_WAKE_MINUTES,
                treat_missing="notBreaching",
                description="Messages wait while no task runs, so autoscaling starts the first one. Nothing to do, "
                "unless it lasts: then read the service's events and log for why its task does not start.",
                actions=[policy.arn],
                tells_when_over=False,
            ),
            self.child_opts(),
        )

    def _policy(self, role: str, target: aws.appautoscaling.Target, spec: _Tracking) -> None:
        aws.appautoscaling.Policy(
            self.child_name(role),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration=spec,
            opts=self.child_opts(),
        )


def _spec(value: int, *, predefined: str | None = None, expression: Expression | None = None) -> _Tracking:
    spec: _Tracking = {
        "target_value": value,
        "scale_out_cooldown": _OUT_SECONDS,
        "scale_in_cooldown": _IN_SECONDS,
    }
    if predefined is not None:
        spec["predefined_metric_specification"] = {"predefined_metric_type": predefined}
    if expression is not None:
        spec["customized_metric_specification"] = _customized(expression)
    return spec


def _customized(expression: Expression) -> _Customized:
    return {
        "metrics": [
            *(
                {
                    "id": id_,
                    "return_data": False,
                    "metric_stat": {
                        "stat": metric.statistic,
                        "metric": {
                            "namespace": metric.namespace,
                            "metric_name": metric.name,
                            "dimensions": [{"name": key, "value": value} for key, value in metric.dimensions.items()],
                        },
                    },
                }
                for id_, metric in expression.metrics.items()
            ),
            {"id": RESULT, "expression": expression.text, "return_data": True},
        ]
    }
