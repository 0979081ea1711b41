"""Autoscaling of a service: target tracking, and bounds by the time of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.values import Metric
from settings.replicas import Replicas

__all__ = ["Autoscaling", "AutoscalingArgs"]

_OUT_SECONDS, _IN_SECONDS = 60, 300
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


class Autoscaling(Component):
    """Keeps a service's load near its targets: grows after a minute, shrinks after five.

    Creates: a scalable target, one policy for each target that the settings name, one scheduled action for each entry
    of their schedule.
    Guarantees: bounds that a scheduled action has set are not set back by the next `up`.
    """

    def __init__(self, name: str, args: AutoscalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        settings = args.settings
        target = aws.appautoscaling.Target(
            self.named(),
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=pulumi.Output.concat("service/", args.cluster_name, "/", args.service_name),
            min_capacity=settings.min,
            max_capacity=settings.max,
            opts=self.inside(ignore_changes=["minCapacity", "maxCapacity"] if settings.schedule else None),
        )
        for role, value, metric in (
            ("cpu", settings.cpu_percent, "ECSServiceAverageCPUUtilization"),
            ("memory", settings.memory_percent, "ECSServiceAverageMemoryUtilization"),
        ):
            if value is not None:
                self._policy(role, target, _spec(value, predefined=metric))
        if settings.requests_per_target is not None and args.requests_per_target:
            customized = _sum_of(args.requests_per_target)
            self._policy("requests", target, _spec(settings.requests_per_target, customized=customized))
        for number, entry in enumerate(settings.schedule):
            aws.appautoscaling.ScheduledAction(
                self.named(f"schedule-{number}"),
                service_namespace=target.service_namespace,
                scalable_dimension=target.scalable_dimension,
                resource_id=target.resource_id,
                schedule=f"cron({' '.join(entry.cron.split())})",
                timezone=entry.timezone,
                scalable_target_action=aws.appautoscaling.ScheduledActionScalableTargetActionArgs(
                    min_capacity=entry.min, max_capacity=entry.max
                ),
                opts=self.inside(),
            )
        self.done()

    def _policy(self, role: str, target: aws.appautoscaling.Target, spec: _Tracking) -> None:
        aws.appautoscaling.Policy(
            self.named(role),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration=spec,
            opts=self.inside(),
        )


def _spec(value: int, *, predefined: str | None = None, customized: _Customized | None = None) -> _Tracking:
    spec: _Tracking = {
        "target_value": value,
        "scale_out_cooldown": _OUT_SECONDS,
        "scale_in_cooldown": _IN_SECONDS,
    }
    if predefined is not None:
        spec["predefined_metric_specification"] = {"predefined_metric_type": predefined}
    if customized is not None:
        spec["customized_metric_specification"] = customized
    return spec


def _sum_of(metrics: Sequence[Metric]) -> _Customized:
    """Metric math that adds up `metrics`, where no data counts as none."""
    terms = "+".join(f"FILL(m{i},0)" for i in range(len(metrics)))
    return {
        "metrics": [
            *(
                {
                    "id": f"m{i}",
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
                for i, metric in enumerate(metrics)
            ),
            {"id": "total", "expression": terms, "return_data": True},
        ]
    }
