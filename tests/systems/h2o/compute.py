"""Network and services of h2o-allegiant."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import environment, service, subnet_ids
from tests.systems.h2o.expected import Expected
from tests.systems.lines import container, of

__all__ = ["autoscaling", "backend", "deployment", "migration", "network", "private"]


def network(plan: Plan, expected: Expected) -> None:
    assert of(plan, "pulumi:providers:aws").inputs["region"] == "us-east-1"
    for tier in ("public", "private", "isolated"):
        zones = [of(plan, "ec2/subnet:Subnet", f"network-{tier}-{i}").inputs["availabilityZone"] for i in (0, 1)]
        assert zones == ["us-east-1a", "us-east-1b"], tier
    gateways = plan.phases["deployed"].of_type("aws:ec2/natGateway:NatGateway")
    assert len(gateways) == expected.gateways
    assert {r.inputs["subnetId"] for r in gateways} <= subnet_ids(plan, "public")
    routes = [r.name for r in plan.phases["deployed"].of_type("aws:ec2/route:Route")]
    assert not [name for name in routes if "isolated" in name]


def private(plan: Plan) -> None:
    """Tasks, database, Redis and the load balancer stand in private subnets."""
    placed = service(plan, "backend").inputs["networkConfiguration"]
    assert placed["assignPublicIp"] is False
    assert set(placed["subnets"]) == subnet_ids(plan, "private")
    balancer = of(plan, "lb/loadBalancer:LoadBalancer").inputs
    assert balancer["internal"] is True
    assert set(balancer["subnets"]) == subnet_ids(plan, "private")
    for kind in ("rds", "elasticache"):
        group = of(plan, f"{kind}/subnetGroup:SubnetGroup").inputs
        assert set(group["subnetIds"]) == subnet_ids(plan, "isolated")


def backend(plan: Plan) -> None:
    task = of(plan, ":TaskDefinition", "backend-task")
    assert (task.inputs["cpu"], task.inputs["memory"]) == ("2048", "4096")
    assert task.inputs["requiresCompatibilities"] == ["FARGATE"]
    assert environment(plan, "backend")["WEB_CONCURRENCY"] == "6"
    url = of(plan, ":Repository", "backend-repository").outputs["repositoryUrl"]
    assert container(plan, "backend")["image"] == f"{url}:8c41d0e"
    check = of(plan, ":TargetGroup").inputs["healthCheck"]
    assert (check["path"], check["matcher"]) == ("/health", "200")
    (attached,) = service(plan, "backend").inputs["loadBalancers"]
    assert (attached["targetGroupArn"], attached["containerPort"]) == (of(plan, ":TargetGroup").id, 8000)
    assert of(plan, ":ListenerRule").inputs["conditions"] == [{"pathPattern": {"values": ["/api/*"]}}]


def autoscaling(plan: Plan, expected: Expected) -> None:
    target = of(plan, "appautoscaling/target:Target").inputs
    assert (target["minCapacity"], target["maxCapacity"]) == expected.tasks
    found = {
        r.inputs["targetTrackingScalingPolicyConfiguration"]["predefinedMetricSpecification"][
            "predefinedMetricType"
        ]: r.inputs["targetTrackingScalingPolicyConfiguration"]["targetValue"]
        for r in plan.phases["deployed"].of_type("aws:appautoscaling/policy:Policy")
    }
    assert found == {"ECSServiceAverageCPUUtilization": 70, "ECSServiceAverageMemoryUtilization": 75}


def deployment(plan: Plan) -> None:
    """Rolling, rolled back by itself; a revision that the delivery deploys is not undone by `up`."""
    made = service(plan, "backend")
    assert made.inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
    assert "taskDefinition" in made.ignore_changes


def migration(plan: Plan) -> None:
    made = container(plan, "migration")
    assert made["command"] == ["alembic", "upgrade", "head"]
    assert made["image"] == container(plan, "backend")["image"]
    run = plan.phases["deployed"].outputs["migrate"]
    assert run["family"] == f"h2o-allegiant-{'dev' if 'dev' in run['family'] else 'prod'}-migration"
