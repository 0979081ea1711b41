"""ECS, autoscaling, images, functions."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_ECS = partial(Operation, service="ecs")
_ECR = partial(Operation, service="ecr")
_SCALING = partial(Operation, service="application-autoscaling")
_NAME = r"[A-Za-z0-9_-]{1,255}"
_NAMED = "Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed"
_CONTAINERS = "RegisterTaskDefinition:containerDefinitions"


def _health(member: str, says: str, low: int, high: int) -> Limit:
    return Limit(says=says, found=f"{_CONTAINERS}.healthCheck.{member}", low=low, high=high)


_SERVICE_MEMBERS = {
    "alarms": "deploymentConfiguration.alarms",
    "deploymentCircuitBreaker": "deploymentConfiguration.deploymentCircuitBreaker",
    "deploymentMaximumPercent": "deploymentConfiguration.maximumPercent",
    "deploymentMinimumHealthyPercent": "deploymentConfiguration.minimumHealthyPercent",
    "orderedPlacementStrategies": "placementStrategy",
    "iamRole": "role",
    "networkConfiguration.subnets": "awsvpcConfiguration.subnets",
    "networkConfiguration.securityGroups": "awsvpcConfiguration.securityGroups",
    "serviceConnectConfiguration.services.clientAlias": "clientAliases",
}
_CONTAINER_WORDS = {
    "name": Limit(says=_NAMED, found=f"{_CONTAINERS}.name", pattern=_NAME),
    "stopTimeout": Limit(
        says="the max stop timeout value is 120 seconds", found=f"{_CONTAINERS}.stopTimeout", low=2, high=120
    ),
    "healthCheck.interval": _health("interval", "between 5 and 300 seconds", 5, 300),
    "healthCheck.timeout": _health("timeout", "between 2 and 60 seconds", 2, 60),
    "healthCheck.retries": _health("retries", "between 1 and 10 retries", 1, 10),
    "healthCheck.startPeriod": _health("startPeriod", "between 0 and 300 seconds", 0, 300),
    "portMappings.name": Limit(
        says="The name can include up to 64 characters. The characters can include lowercase letters, numbers, "
        "underscores (_), and hyphens (-). The name can't start with a hyphen",
        found=f"{_CONTAINERS}.portMappings.name",
        pattern=r"(?!-)[a-z0-9_-]{1,64}",
    ),
}

OPERATIONS = {
    "aws:ecs/cluster:Cluster": _ECS(
        name="CreateCluster",
        words={"name": Limit(says=_NAMED, found="CreateCluster:clusterName", pattern=_NAME)},
    ),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": _ECS(
        name="PutClusterCapacityProviders", members={"clusterName": "cluster"}
    ),
    "aws:ecs/capacityProvider:CapacityProvider": _ECS(name="CreateCapacityProvider"),
    "aws:ecs/service:Service": _ECS(
        name="CreateService",
        members=_SERVICE_MEMBERS,
        ignored={"networkConfiguration.assignPublicIp": "a switch here, ENABLED or DISABLED there"},
        words={
            "name": Limit(says=_NAMED, found="CreateService:serviceName", pattern=_NAME),
            "deploymentConfiguration.linearConfiguration.stepPercent": Limit(
                says="Valid values are multiples of 0.1 from 3.0 to 100.0",
                found="CreateService:deploymentConfiguration.linearConfiguration.stepPercent",
                low=3,
                high=100,
            ),
            "deploymentConfiguration.canaryConfiguration.canaryPercent": Limit(
                says="Valid values are multiples of 0.1 from 0.1 to 100.0",
                found="CreateService:deploymentConfiguration.canaryConfiguration.canaryPercent",
                low=0.1,
                high=100,
            ),
        },
    ),
    "aws:ecs/taskDefinition:TaskDefinition": _ECS(
        name="RegisterTaskDefinition",
        members={
            "volumes.efsVolumeConfiguration.authorizationConfig.accessPointId": "accessPointId",
        },
        documents={"containerDefinitions": "containerDefinitions"},
        words={
            "family": Limit(says=_NAMED, found="RegisterTaskDefinition:family", pattern=_NAME),
            "cpu": Limit(
                says="Supported values are between 128 CPU units (0.125 vCPUs) and 196608 CPU units (192 vCPUs)",
                found="RegisterTaskDefinition:cpu",
                low=128,
                high=196608,
            ),
            **{f"containerDefinitions.{path}": limit for path, limit in _CONTAINER_WORDS.items()},
        },
    ),
    "aws:appautoscaling/target:Target": _SCALING(name="RegisterScalableTarget"),
    "aws:appautoscaling/policy:Policy": _SCALING(
        name="PutScalingPolicy",
        # The provider spells this one out.
        members={"name": "PolicyName"},
    ),
    "aws:appautoscaling/scheduledAction:ScheduledAction": _SCALING(
        name="PutScheduledAction",
        ignored={"startTime": "text here, a time there", "endTime": "text here, a time there"},
    ),
    "aws:ecr/repository:Repository": _ECR(name="CreateRepository"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _ECR(
        name="PutLifecyclePolicy", members={"repository": "repositoryName", "policy": "lifecyclePolicyText"}
    ),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": _ECR(
        name="SetRepositoryPolicy", members={"repository": "repositoryName", "policy": "policyText"}
    ),
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": _ECR(name="CreatePullThroughCacheRule"),
    "aws:lambda/function:Function": Operation(
        service="lambda",
        name="CreateFunction",
        members={"imageUri": "Code.ImageUri", "s3Bucket": "Code.S3Bucket", "s3Key": "Code.S3Key"},
        ignored={"code": "an archive here, a block there"},
    ),
    "aws:lambda/permission:Permission": Operation(
        service="lambda", name="AddPermission", members={"function": "FunctionName"}
    ),
    "aws:servicediscovery/httpNamespace:HttpNamespace": Operation(
        service="servicediscovery", name="CreateHttpNamespace"
    ),
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": Operation(
        service="servicediscovery", name="CreatePrivateDnsNamespace"
    ),
    "aws:servicediscovery/service:Service": Operation(service="servicediscovery", name="CreateService"),
}
