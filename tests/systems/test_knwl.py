"""System 4, knwl: every line of its table, and the exact network paths."""

from __future__ import annotations

from typing import Any

import pytest

from preview.network_paths import network_paths
from preview.plan import Plan
from tests.stacks import planned, varied
from tests.systems.every_system import COMMON
from tests.systems.lines import Line, check, container, document, names, of, taken_out

FILE = "systems/knwl.yaml"
PATHS = [
    "http-api -> load-balancer:443",
    "knwl -> 0.0.0.0/0:443",
    "knwl -> main:5432",
    "load-balancer -> knwl:8000",
]


def http_api_to_internal_load_balancer(plan: Plan) -> None:
    api, balancer = of(plan, ":Api"), of(plan, "lb/loadBalancer:LoadBalancer", "load-balancer")
    assert api.inputs["protocolType"] == "HTTP"
    link, integration = of(plan, ":VpcLink"), of(plan, ":Integration")
    assert integration.inputs["connectionType"] == "VPC_LINK"
    assert integration.inputs["connectionId"] == link.id
    assert integration.inputs["integrationUri"] == of(plan, "lb/listener:Listener", "load-balancer-https").id
    assert integration.inputs["tlsConfig"] == {"serverNameToVerify": "internal.knwl.example.com"}
    assert balancer.inputs["internal"] is True
    assert set(balancer.inputs["subnets"]) == subnet_ids(plan, "private")
    route = of(plan, "apigatewayv2/route:Route").inputs
    assert (route["routeKey"], route["apiId"]) == ("$default", api.id)
    stage = of(plan, ":Stage").inputs
    assert (stage["name"], stage["autoDeploy"]) == ("$default", True)


def health_check(plan: Plan) -> None:
    for group in (of(plan, ":TargetGroup", "knwl"), of(plan, ":TargetGroup", "knwl-alt")):
        assert group.inputs["healthCheck"]["path"] == "/api/v1/health"
        assert group.inputs["targetType"] == "ip"


def metrics_path_is_routed(plan: Plan) -> None:
    rule = of(plan, ":ListenerRule").inputs
    assert rule["listenerArn"] == of(plan, "lb/listener:Listener", "load-balancer-https").id
    assert rule["conditions"] == [{"pathPattern": {"values": ["/*"]}}]


def no_direct_load_balancer(plan: Plan) -> None:
    balancers = [r for r in plan.phases["deployed"].records if r.type == "aws:lb/loadBalancer:LoadBalancer"]
    assert [balancer.name for balancer in balancers] == ["load-balancer"]


def fargate_service(plan: Plan) -> None:
    service, task = of(plan, "ecs/service:Service"), of(plan, ":TaskDefinition")
    assert task.inputs["requiresCompatibilities"] == ["FARGATE"]
    assert container(plan, "knwl")["image"] == "ghcr.io/example/knwl:1.0.0"
    assert container(plan, "knwl")["portMappings"][0]["containerPort"] == 8000
    assert service.inputs["taskDefinition"] == task.outputs["arn"]
    assert service.inputs["cluster"] == of(plan, "ecs/cluster:Cluster").id
    used = {item["capacityProvider"]: item["weight"] for item in service.inputs["capacityProviderStrategies"]}
    assert used == {"FARGATE": 1, "FARGATE_SPOT": 0}


def autoscaling(plan: Plan) -> None:
    target = of(plan, "appautoscaling/target:Target").inputs
    assert (target["minCapacity"], target["maxCapacity"]) == (1, 4)
    tracked = {}
    for policy in ("cpu", "memory"):
        inputs = of(plan, "appautoscaling/policy:Policy", f"knwl-scaling-{policy}").inputs
        spec = inputs["targetTrackingScalingPolicyConfiguration"]
        tracked[spec["predefinedMetricSpecification"]["predefinedMetricType"]] = spec["targetValue"]
    assert tracked == {"ECSServiceAverageCPUUtilization": 60, "ECSServiceAverageMemoryUtilization": 70}


def blue_green(plan: Plan) -> None:
    service = of(plan, "ecs/service:Service")
    assert service.inputs["deploymentConfiguration"]["strategy"] == "BLUE_GREEN"
    assert service.inputs["deploymentConfiguration"]["bakeTimeInMinutes"] == "10"
    assert service.inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}
    attached = service.inputs["loadBalancers"][0]
    assert attached["targetGroupArn"] == of(plan, ":TargetGroup", "knwl").id
    advanced = attached["advancedConfiguration"]
    assert advanced["alternateTargetGroupArn"] == of(plan, ":TargetGroup", "knwl-alt").id
    assert advanced["productionListenerRule"] == of(plan, ":ListenerRule").id
    assert advanced["roleArn"] == of(plan, "iam/role:Role", "knwl-shift").outputs["arn"]
    alarm = of(plan, ":MetricAlarm", "knwl-alarms-rollback")
    assert service.inputs["alarms"] == {"alarmNames": [alarm.outputs["name"]], "enable": True, "rollback": True}
    watched = {
        query["metric"]["dimensions"]["TargetGroup"] for query in alarm.inputs["metricQueries"] if "metric" in query
    }
    assert len(watched) == 2
    assert set(service.ignore_changes) == {"desiredCount", "loadBalancers"}
    assert of(plan, ":ListenerRule").ignore_changes == ("actions",)


def database(plan: Plan) -> None:
    instance = of(plan, "rds/instance:Instance").inputs
    assert instance["engine"] == "postgres"
    assert instance["publiclyAccessible"] is False
    assert instance["storageEncrypted"] is True
    group = of(plan, "rds/subnetGroup:SubnetGroup")
    assert instance["dbSubnetGroupName"] == group.outputs["name"]
    assert set(group.inputs["subnetIds"]) == subnet_ids(plan, "isolated")
    assert instance["vpcSecurityGroupIds"] == [of(plan, "ec2/securityGroup:SecurityGroup", "main-access").id]
    assert of(plan, "providers:aws").inputs["region"] == "us-west-2"
    assert of(plan, "ec2/subnet:Subnet", "network-private-0").inputs["availabilityZone"] == "us-west-2a"


def tasks_are_private(plan: Plan) -> None:
    placed = of(plan, "ecs/service:Service").inputs["networkConfiguration"]
    assert placed["assignPublicIp"] is False
    assert set(placed["subnets"]) == subnet_ids(plan, "private")
    unknown = plan.phases["preview"]
    service = next(r for r in unknown.records if r.type == "aws:ecs/service:Service")
    at_preview = names(unknown, service.property_dependencies["networkConfiguration"])
    assert {name for name in at_preview if name.startswith("network-")} == {"network-private-0", "network-private-1"}


def environment(plan: Plan) -> None:
    made = container(plan, "knwl")
    plain = {item["name"]: item["value"] for item in made["environment"]}
    secret = {item["name"]: item["valueFrom"] for item in made["secrets"]}
    assert plain["DB_PATH"] == "/tmp/app.db"
    host = of(plan, "rds/instance:Instance").outputs["address"]
    assert plain["DATABASE_URL"] == f"postgresql://{host}:5432/knwl?sslmode=require"
    assert secret["API_KEYS_JSON"] == of(plan, ":Secret", "api-keys-json").outputs["arn"]
    assert {"PGUSER", "PGPASSWORD"} <= set(secret)
    assert "/tmp" in {mount["containerPath"] for mount in made["linuxParameters"]["tmpfs"]}


def log_group(plan: Plan) -> None:
    group = of(plan, ":LogGroup", "knwl-task-logs").inputs
    assert (group["name"], group["retentionInDays"]) == ("/knwl/service/knwl", 30)
    assert container(plan, "knwl")["logConfiguration"]["options"]["awslogs-group"] == "/knwl/service/knwl"


ALARMS = {
    "knwl-alarms-cpu": (80, ">"),
    "knwl-alarms-memory": (80, ">"),
    "load-balancer-alarms-5xx": (10, ">="),
    "http-api-alarms-5xx": (10, ">="),
    "main-alarms-cpu": (80, ">"),
    "main-alarms-storage": (1.6 * 1024**3, "<"),
}


def alarms(plan: Plan) -> None:
    topic = of(plan, ":Topic")
    for name, (threshold, comparison) in ALARMS.items():
        alarm = of(plan, ":MetricAlarm", name).inputs
        assert alarm["threshold"] == threshold, name
        assert alarm["comparisonOperator"].startswith("GreaterThan" if comparison.startswith(">") else "LessThan")
        assert alarm["alarmActions"] == [topic.id], name


def roles(plan: Plan) -> None:
    task = of(plan, ":TaskDefinition").inputs
    for prop, role in (("executionRoleArn", "knwl-task-execution"), ("taskRoleArn", "knwl-task-task")):
        made = of(plan, "iam/role:Role", role)
        assert task[prop] == made.outputs["arn"]
        principal = document(made, "assumeRolePolicy")["Statement"][0]["Principal"]
        assert principal == {"Service": ["ecs-tasks.amazonaws.com"]}
    shift = of(plan, "iam/role:Role", "knwl-shift")
    assert document(shift, "assumeRolePolicy")["Statement"][0]["Principal"] == {"Service": ["ecs.amazonaws.com"]}
    attached = of(plan, ":RolePolicyAttachment").inputs
    assert attached["policyArn"].endswith(":aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers")
    granted = document(of(plan, ":RolePolicy", "knwl-task-execution-policy"), "policy")["Statement"]
    read = {arn for s in granted if "secretsmanager:GetSecretValue" in s["Action"] for arn in s["Resource"]}
    master = of(plan, "rds/instance:Instance").outputs["masterUserSecrets"][0]["secretArn"]
    assert read == {of(plan, ":Secret", "api-keys-json").outputs["arn"], master}


def outputs(plan: Plan) -> None:
    exported = plan.phases["deployed"].outputs
    assert set(exported) == {"api_gateway_url", "alb_dns_name"}
    assert exported["api_gateway_url"] == of(plan, ":Api").outputs["apiEndpoint"]
    assert exported["alb_dns_name"] == of(plan, "lb/loadBalancer:LoadBalancer").outputs["dnsName"]


def subnet_ids(plan: Plan, tier: str) -> set[Any]:
    found = {
        r.id for r in plan.phases["deployed"].records if r.name.startswith(f"network-{tier}-") and "Subnet" in r.type
    }
    assert len(found) == 2
    return found


LINES = (
    *COMMON,
    Line(
        "entry: HTTP API, VPC link, internal load balancer",
        http_api_to_internal_load_balancer,
        ("edge:HttpApi", ":VpcLink", ":Stage", "edge:LoadBalancer"),
    ),
    Line("entry: health check GET /api/v1/health", health_check, ("edge:Route",)),
    Line("entry: metrics at /api/v1/metrics", metrics_path_is_routed, ("edge:Route",)),
    Line("entry: direct is off", no_direct_load_balancer, ("edge:LoadBalancer",)),
    Line("compute: Fargate service from container_image", fargate_service, ("compute:Service", "compute:Cluster")),
    Line("compute: target tracking, CPU 60, memory 70", autoscaling, ("compute:Autoscaling", "knwl-scaling-memory")),
    Line("compute: blue/green", blue_green, ("edge:Route", "Alarm::knwl-alarms-rollback", "Role::knwl-shift")),
    Line("data: PostgreSQL", database, ("data:Postgres", ":SubnetGroup", "SecurityGroup::main-access")),
    Line("data: tasks in private subnets", tasks_are_private, ("compute:Service", "networking:Network")),
    Line("environment", environment, ("data:Secret", "compute:TaskDefinition", "data:Postgres")),
    Line("observability: log group", log_group, ("knwl-task-logs",)),
    Line(
        "observability: alarms",
        alarms,
        (
            *(f"AlarmSet::{name}-alarms" for name in ("knwl", "load-balancer", "http-api", "main")),
            "observability:Topic",
        ),
    ),
    Line("iam: execution, task, shift", roles, ("knwl-task-execution", "knwl-task-task", "knwl-shift")),
    Line("outputs", outputs, ("edge:HttpApi", "edge:LoadBalancer")),
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line(line: Line) -> None:
    check(line, planned(FILE))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line_fails_without_its_component(line: Line) -> None:
    assert taken_out(line, planned(FILE)) == []


def test_network_paths() -> None:
    plan = planned(FILE)
    assert [str(path) for path in network_paths(plan.phases["deployed"])] == PATHS
    assert [str(path) for path in network_paths(plan.phases["preview"])] == PATHS


def test_direct_adds_a_public_load_balancer_on_port_80() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["edge"]["http_api"]["direct"] = True
        areas["compute"]["services"]["knwl"]["deploy"] = {"strategy": "rolling"}
        areas["outputs"]["direct"] = "direct.dns_name"

    plan = varied(FILE, change)
    direct = of(plan, "lb/loadBalancer:LoadBalancer", "direct")
    assert direct.inputs["internal"] is False
    assert set(direct.inputs["subnets"]) == subnet_ids(plan, "public")
    assert of(plan, "lb/listener:Listener", "direct-http").inputs["port"] == 80
    attached = of(plan, "ecs/service:Service").inputs["loadBalancers"]
    assert {item["targetGroupArn"] for item in attached} == {
        of(plan, ":TargetGroup", "knwl").id,
        of(plan, ":TargetGroup", "knwl-direct").id,
    }
    assert [str(path) for path in network_paths(plan.phases["deployed"])] == sorted(
        [*PATHS, "0.0.0.0/0 -> direct:80", "direct -> knwl:8000"]
    )
    assert plan.phases["deployed"].outputs["direct"] == direct.outputs["dnsName"]
