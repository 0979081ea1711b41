"""Kubernetes."""

from __future__ import annotations

from functools import partial

from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_EKS = partial(Operation, service="eks")

OPERATIONS = {
    "aws:eks/cluster:Cluster": _EKS(
        name="CreateCluster",
        members={"vpcConfig": "resourcesVpcConfig", "enabledClusterLogTypes": "logging.clusterLogging.types"},
    ),
    "aws:eks/nodeGroup:NodeGroup": _EKS(
        name="CreateNodegroup", members={"subnetIds": "subnets", "nodeRoleArn": "nodeRole"}
    ),
    "aws:eks/addon:Addon": _EKS(
        name="CreateAddon",
        members={
            "resolveConflictsOnCreate": "resolveConflicts",
            "resolveConflictsOnUpdate": "UpdateAddon:resolveConflicts",
        },
    ),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": _EKS(name="CreatePodIdentityAssociation"),
    "aws:eks/accessEntry:AccessEntry": _EKS(name="CreateAccessEntry"),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": _EKS(name="AssociateAccessPolicy"),
}
