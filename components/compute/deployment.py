"""How ECS replaces the tasks of a service."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from settings.compute.deploy import Deploy
from settings.compute.spot import Spot

__all__ = ["alarms", "capacity", "deployment", "healthy_percent", "ignored_properties", "timeouts"]


_TASKS_MINUTES = 45


def capacity(spot: Spot | None) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
    """Both providers from the first day, so that Spot changes weights and does not replace the service."""
    weights = _weights(spot)
    base = spot.base if spot is not None and spot.base else None
    return [
        aws.ecs.ServiceCapacityProviderStrategyArgs(
            capacity_provider=provider, weight=weight, base=base if provider == "FARGATE" else None
        )
        for provider, weight in weights.items()
    ]


def _weights(spot: Spot | None) -> dict[str, int]:
    spot_percent = spot.percent if spot is not None else 0
    divisor = math.gcd(spot_percent, 100)
    return {"FARGATE": (100 - spot_percent) // divisor, "FARGATE_SPOT": spot_percent // divisor}


def healthy_percent(*, singleton: bool) -> tuple[int, int]:
    """Minimum and maximum percent of tasks during a deployment: a singleton stops before its successor starts."""
    return (0, 100) if singleton else (100, 200)


def deployment(deploy: Deploy) -> aws.ecs.ServiceDeploymentConfigurationArgs:
    """The deployment strategy, also where it is ECS's default: left out, what the service has would stay."""
    if deploy.strategy == "rolling":
        return aws.ecs.ServiceDeploymentConfigurationArgs(strategy="ROLLING", bake_time_in_minutes="0")
    linear = canary = None
    if deploy.strategy == "linear":
        linear = aws.ecs.ServiceDeploymentConfigurationLinearConfigurationArgs(
            step_percent=deploy.step_percent, step_bake_time_in_minutes=str(deploy.step_minutes)
        )
    elif deploy.strategy == "canary":
        canary = aws.ecs.ServiceDeploymentConfigurationCanaryConfigurationArgs(
            canary_percent=deploy.step_percent, canary_bake_time_in_minutes=str(deploy.step_minutes)
        )
    return aws.ecs.ServiceDeploymentConfigurationArgs(
        strategy=deploy.strategy.upper().replace("-", "_"),
        bake_time_in_minutes=str(deploy.bake_minutes),
        linear_configuration=linear,
        canary_configuration=canary,
    )


def alarms(names: Sequence[pulumi.Input[str]], *, enabled: bool) -> aws.ecs.ServiceAlarmsArgs:
    """Alarms that roll a deployment back, or may not. ECS keeps what is left out, so a service without any says so."""
    on = enabled and bool(names)
    return aws.ecs.ServiceAlarmsArgs(alarm_names=list(names), enable=on, rollback=on)


def ignored_properties(deploy: Deploy, *, autoscaled: bool, balanced: bool) -> list[str] | None:
    """The properties that Pulumi leaves to their owner: autoscaling, the delivery pipeline, or ECS."""
    by_pipeline = deploy.owner == "delivery"
    ignored = {
        "desired_count": autoscaled or by_pipeline,
        "task_definition": by_pipeline,
        "load_balancers": balanced and deploy.strategy != "rolling",
    }
    return [name for name, is_ignored in ignored.items() if is_ignored] or None


def timeouts(deploy: Deploy) -> pulumi.CustomTimeouts:
    """How long `up` waits: 45 minutes for the tasks, and as long as shifting and baking take."""
    steps = {"linear": -(-100 // deploy.step_percent) - 1, "canary": 1}.get(deploy.strategy, 0)
    shift_minutes = 0 if deploy.strategy == "rolling" else deploy.bake_minutes + steps * deploy.step_minutes
    deploy_minutes = _TASKS_MINUTES + shift_minutes
    return pulumi.CustomTimeouts(create=f"{deploy_minutes}m", update=f"{deploy_minutes}m", delete=f"{_TASKS_MINUTES}m")
