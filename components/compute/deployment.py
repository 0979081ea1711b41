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
    """Both providers from the first day, so that Spot is a change of weights and not of the service."""
    weights = _weights(spot)
    base = spot.base if spot is not None and spot.base else None
    return [
        aws.ecs.ServiceCapacityProviderStrategyArgs(
            capacity_provider=provider, weight=weight, base=base if provider == "FARGATE" else None
        )
        for provider, weight in weights.items()
    ]


def _weights(spot: Spot | None) -> dict[str, int]:
    share = spot.percent if spot is not None else 0
    common = math.gcd(share, 100)
    return {"FARGATE": (100 - share) // common, "FARGATE_SPOT": share // common}


def healthy_percent(*, singleton: bool) -> tuple[int, int]:
    """Tasks at least and at most during a deployment: a singleton stops before its successor starts."""
    return (0, 100) if singleton else (100, 200)


def deployment(deploy: Deploy) -> aws.ecs.ServiceDeploymentConfigurationArgs | None:
    """The strategy; rolling needs none."""
    if deploy.strategy == "rolling":
        return None
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


def alarms(names: Sequence[pulumi.Input[str]]) -> aws.ecs.ServiceAlarmsArgs | None:
    """Alarms that roll a deployment back."""
    if not names:
        return None
    return aws.ecs.ServiceAlarmsArgs(alarm_names=list(names), enable=True, rollback=True)


def ignored_properties(deploy: Deploy, *, autoscaled: bool, balanced: bool) -> list[str] | None:
    """The properties that somebody else owns: autoscaling, the delivery pipeline, ECS."""
    delivered = deploy.owner == "delivery"
    owned = {
        "desired_count": autoscaled or delivered,
        "task_definition": delivered,
        "load_balancers": balanced and deploy.strategy != "rolling",
    }
    return [name for name, ignored in owned.items() if ignored] or None


def timeouts(deploy: Deploy) -> pulumi.CustomTimeouts:
    """How long `up` waits: three quarters of an hour for the tasks, and as long as shifting and baking take."""
    steps = {"linear": -(-100 // deploy.step_percent) - 1, "canary": 1}.get(deploy.strategy, 0)
    shifting = 0 if deploy.strategy == "rolling" else deploy.bake_minutes + steps * deploy.step_minutes
    return pulumi.CustomTimeouts(
        create=f"{_TASKS_MINUTES + shifting}m", update=f"{_TASKS_MINUTES + shifting}m", delete=f"{_TASKS_MINUTES}m"
    )
