"""The ECS cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["Cluster", "ClusterArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterArgs:
    """Arguments of `Cluster`."""

    insights: Literal["enabled", "enhanced", "disabled"]
    """Container Insights."""


class Cluster(Component):
    """An ECS cluster that runs on Fargate.

    Creates: cluster, association with its capacity providers.
    Guarantees: FARGATE and FARGATE_SPOT are both available, so that a service can use Spot later.
    """

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        # Never a name of our own: CreateCluster answers with a cluster that exists already, and `up` would adopt it.
        cluster = aws.ecs.Cluster(
            self.child_name(),
            settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value=args.insights)],
            opts=self.child_opts(),
        )
        self.capacity_providers = aws.ecs.ClusterCapacityProviders(
            self.child_name("capacity"),
            cluster_name=cluster.name,
            capacity_providers=["FARGATE", "FARGATE_SPOT"],
            opts=self.child_opts(),
        )
        self.arn = cluster.arn
        self.name = cluster.name
        self.done(arn=self.arn)
