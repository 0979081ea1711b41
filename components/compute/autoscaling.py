"""Autoscaling of a service: target tracking, and scheduled bounds."""

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

_SCALE_OUT_COOLDOWN_S, _SCALE_IN_COOLDOWN_S, _FIRST_TASK_COOLDOWN_S = 60, 300, 300
# CloudWatch gets the number of running tasks late: its last minute or two may be missing where many run.
_FIRST_TASK_MINUTES = 3
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
    """Requests per target of each target group. Their sum is tracked, so that it is right before and after a shift."""
    backlog: Backlog | None = None
    """The messages that wait for a service that consumes queues."""


class Autoscaling(Component):
    """Keeps a service's load near its targets: adds tasks after a minute, removes tasks after five.

    Creates: a scalable target, one policy for each target in the settings, one scheduled action for each entry of their
    schedule; where the minimum is zero, a policy and an alarm that start the first task.
    Guarantees: the next `up` does not reset bounds that a scheduled action has set; a message that waits while no task
    runs starts one.
    """

    def __init__(self, name: str, args: AutoscalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        self._args = args
        target = self._scalable_target()
        self._track_utilization(target)
        self._track_requests(target)
        self._track_backlog(target)
        self._schedule(target)
        self.done()

    def _scalable_target(self) -> aws.appautoscaling.Target:
        args, settings = self._args, self._args.settings
        return aws.appautoscaling.Target(
            self.child_name(),
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=pulumi.Output.concat("service/", args.cluster_name, "/", args.service_name),
            min_capacity=settings.min,
            max_capacity=settings.max,
            opts=self.child_opts(ignore_changes=["minCapacity", "maxCapacity"] if settings.schedule else None),
        )

    def _track_utilization(self, target: aws.appautoscaling.Target) -> None:
        settings = self._args.settings
        for role, percent, metric in (
            ("cpu", settings.cpu_percent, "ECSServiceAverageCPUUtilization"),
            ("memory", settings.memory_percent, "ECSServiceAverageMemoryUtilization"),
        ):
            if percent is not None:
                self._policy(role, target, _target_tracking(percent, predefined=metric))

    def _track_requests(self, target: aws.appautoscaling.Target) -> None:
        value, metrics = self._args.settings.requests_per_target, self._args.requests_per_target
        if value is not None and metrics:
            requests = total("requests per task", metrics)
            self._policy("requests", target, _target_tracking(value, expression=requests))

    def _track_backlog(self, target: aws.appautoscaling.Target) -> None:
        settings, backlog = self._args.settings, self._args.backlog
        if settings.backlog_per_task is None or backlog is None:
            return
        tracking = _target_tracking(settings.backlog_per_task, expression=backlog.per_task())
        self._policy("backlog", target, tracking)
        if settings.scales_to_zero:
            self._scale_from_zero(target, backlog)

    def _schedule(self, target: aws.appautoscaling.Target) -> None:
        for index, entry in enumerate(self._args.settings.schedule):
            aws.appautoscaling.ScheduledAction(
                self.child_name(f"schedule-{index}"),
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

    def _scale_from_zero(self, target: aws.appautoscaling.Target, backlog: Backlog) -> None:
        """Start the first task: target tracking alone would wait until the backlog is above its target."""
        policy = aws.appautoscaling.Policy(
            self.child_name("wake"),
            policy_type="StepScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            step_scaling_policy_configuration={
                # One more task, not exactly one: that would stop the others where several are about to start.
                "adjustment_type": "ChangeInCapacity",
                # The alarm stays on until the task runs; within this time, no further task is started.
                "cooldown": _FIRST_TASK_COOLDOWN_S,
                "metric_aggregation_type": "Maximum",
                "step_adjustments": [{"scaling_adjustment": 1, "metric_interval_lower_bound": "0"}],
            },
            opts=self.child_opts(),
        )
        Alarm(
            self.child_name("wake-alarm"),
            AlarmArgs(
                metric=backlog.waiting_without_task(),
                comparison=">=",
                threshold=1,
                minutes=1,
                periods=_FIRST_TASK_MINUTES,
                treat_missing="notBreaching",
                description="Messages are waiting while no task is running, so autoscaling starts the first task. No "
                "action is needed unless the alarm stays on: then check the service's events and its log to see why "
                "the task does not start.",
                actions=[policy.arn],
                notifies_when_over=False,
            ),
            self.child_opts(),
        )

    def _policy(self, role: str, target: aws.appautoscaling.Target, tracking: _Tracking) -> None:
        aws.appautoscaling.Policy(
            self.child_name(role),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration=tracking,
            opts=self.child_opts(),
        )


def _target_tracking(value: int, *, predefined: str | None = None, expression: Expression | None = None) -> _Tracking:
    tracking: _Tracking = {
        "target_value": value,
        "scale_out_cooldown": _SCALE_OUT_COOLDOWN_S,
        "scale_in_cooldown": _SCALE_IN_COOLDOWN_S,
    }
    if predefined is not None:
        tracking["predefined_metric_specification"] = {"predefined_metric_type": predefined}
    if expression is not None:
        tracking["customized_metric_specification"] = _customized(expression)
    return tracking


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
