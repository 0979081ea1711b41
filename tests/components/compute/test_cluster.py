"""The cluster: Container Insights, and Spot available from the first day."""

from __future__ import annotations

import pulumi
import pytest

from components.compute.cluster import Cluster, ClusterArgs
from tests.recording import children, one, record

CLUSTER = "aws:ecs/cluster:Cluster"
CAPACITY = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"


@pytest.mark.parametrize("insights", ["enabled", "enhanced", "disabled"])
def test_cluster(insights: str) -> None:
    def program() -> None:
        component = Cluster("cluster", ClusterArgs(insights=insights))  # type: ignore[arg-type]
        pulumi.export("arn", component.arn)
        pulumi.export("name", component.name)

    plan = record(program)
    for phase in plan.phases.values():
        assert children(phase) == [(CLUSTER, "cluster"), (CAPACITY, "cluster-capacity")]
        assert one(phase, CLUSTER).inputs == {"settings": [{"name": "containerInsights", "value": insights}]}
        assert one(phase, CAPACITY).inputs["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
        assert "defaultCapacityProviderStrategies" not in one(phase, CAPACITY).inputs
    deployed = plan.phases["deployed"]
    cluster = one(deployed, CLUSTER)
    assert one(deployed, CAPACITY).inputs["clusterName"] == cluster.outputs["name"] == deployed.outputs["name"]
    assert deployed.outputs["arn"] == cluster.outputs["arn"]
