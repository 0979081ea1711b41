"""Services of agent-team, and what they get."""

from __future__ import annotations

import json
from typing import Any

from preview.plan import Plan
from tests.systems.dyno.parts import environment, granted, secrets, service
from tests.systems.lines import container, document, names, of

__all__ = [
    "PARAMETERS",
    "api_environment",
    "autoscaling",
    "dashboard",
    "engine_environment",
    "health_checks",
    "logs",
    "parameters",
    "repositories",
    "service_connect",
    "services",
    "spot",
    "who_reads_secrets",
]

SIZES = {"api-gateway": ("512", "1024", 8000), "workflow-engine": ("1024", "2048", 50051)}
PARAMETERS = {
    "api-gateway": {
        "SUPABASE_URL": "supabase-url",
        "SUPABASE_KEY": "supabase-key",
        "SUPABASE_JWT_SECRET": "supabase-jwt-secret",
    },
    "workflow-engine": {"OPENAI_API_KEY": "openai-api-key", "ANTHROPIC_API_KEY": "anthropic-api-key"},
}


def services(plan: Plan) -> None:
    for name, (cpu, memory, port) in SIZES.items():
        task = of(plan, ":TaskDefinition", f"{name}-task")
        assert (task.inputs["cpu"], task.inputs["memory"]) == (cpu, memory)
        assert task.inputs["requiresCompatibilities"] == ["FARGATE"]
        assert container(plan, name)["portMappings"][0]["containerPort"] == port
        made = service(plan, name)
        assert made.inputs["cluster"] == of(plan, "ecs/cluster:Cluster").id
        assert made.inputs["taskDefinition"] == task.outputs["arn"]
        assert made.inputs["desiredCount"] == 2


def service_connect(plan: Plan) -> None:
    namespace = of(plan, ":HttpNamespace").outputs["arn"]
    engine, gateway = (
        service(plan, name).inputs["serviceConnectConfiguration"] for name in ("workflow-engine", "api-gateway")
    )
    assert (engine["namespace"], gateway["namespace"]) == (namespace, namespace)
    (offered,) = engine["services"]
    mapping = container(plan, "workflow-engine")["portMappings"][0]
    assert (offered["portName"], mapping["appProtocol"]) == (mapping["name"], "grpc")
    assert offered["clientAlias"] == [{"dnsName": "workflow-engine", "port": 50051}]
    # A workflow takes longer than the 15 s that calls have by default.
    assert offered["timeout"] == {"perRequestTimeoutSeconds": 0, "idleTimeoutSeconds": 3600}
    assert "services" not in gateway
    phase = plan.phases["deployed"]
    assert "workflow-engine" in names(phase, service(plan, "api-gateway").dependencies)
    assert not [r for r in phase.records if r.type == "aws:servicediscovery/service:Service"]


def health_checks(plan: Plan) -> None:
    assert "/health" in container(plan, "api-gateway")["healthCheck"]["command"][-1]
    probe = container(plan, "workflow-engine")["healthCheck"]["command"]
    assert probe == ["CMD", "/bin/grpc_health_probe", "-addr=localhost:50051"]


def spot(plan: Plan) -> None:
    strategies = {
        name: [
            (item["capacityProvider"], item.get("base"), item["weight"])
            for item in service(plan, name).inputs["capacityProviderStrategies"]
        ]
        for name in SIZES
    }
    assert strategies == {
        "api-gateway": [("FARGATE", None, 1), ("FARGATE_SPOT", None, 0)],
        "workflow-engine": [("FARGATE", 1, 1), ("FARGATE_SPOT", None, 3)],
    }
    assert of(plan, ":ClusterCapacityProviders").inputs["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    # Spot gives two minutes, and the container gets nearly all of them.
    assert container(plan, "workflow-engine")["stopTimeout"] == 110


def autoscaling(plan: Plan) -> None:
    bounds = {}
    for name in SIZES:
        target = of(plan, "appautoscaling/target:Target", f"{name}-scaling").inputs
        assert target["resourceId"].endswith(f"/{service(plan, name).outputs['name']}")
        bounds[name] = (target["minCapacity"], target["maxCapacity"])
        policy = of(plan, "appautoscaling/policy:Policy", f"{name}-scaling-cpu").inputs
        assert policy["targetTrackingScalingPolicyConfiguration"]["targetValue"] == 60
    assert bounds == {"api-gateway": (2, 6), "workflow-engine": (2, 8)}


def repositories(plan: Plan) -> None:
    for name in SIZES:
        url = of(plan, ":Repository", f"{name}-repository").outputs["repositoryUrl"]
        assert container(plan, name)["image"] == f"{url}:3f9c2d7"


def api_environment(plan: Plan) -> None:
    plain, secret = environment(plan, "api-gateway"), secrets(plan, "api-gateway")
    assert plain["WORKFLOW_SERVICE_HOST"] == "workflow-engine"
    assert plain["WORKFLOW_SERVICE_PORT"] == "50051"
    assert set(secret) == {"DATABASE_URL", "REDIS_URL", *PARAMETERS["api-gateway"]}
    assert (secret["DATABASE_URL"], secret["REDIS_URL"]) == (database_url(plan), redis_url(plan))


def engine_environment(plan: Plan) -> None:
    plain, secret = environment(plan, "workflow-engine"), secrets(plan, "workflow-engine")
    assert plain == {"GRPC_HOST": "0.0.0.0", "GRPC_PORT": "50051"}
    assert set(secret) == {"DATABASE_URL", "REDIS_URL", *PARAMETERS["workflow-engine"]}
    assert (secret["DATABASE_URL"], secret["REDIS_URL"]) == (database_url(plan), redis_url(plan))


def database_url(plan: Plan) -> str:
    arn = of(plan, "secretsmanager/secret:Secret", "main-url").outputs["arn"]
    return f"{arn}:url::"


def redis_url(plan: Plan) -> str:
    arn = of(plan, "secretsmanager/secret:Secret", "cache-url").outputs["arn"]
    return f"{arn}:url_1::"


def parameters(plan: Plan) -> None:
    """SecureStrings whose placeholder is write-only, so that no value is ever in state."""
    key = of(plan, "kms/key:Key", "data").outputs["arn"]
    for wanted in PARAMETERS.values():
        for name in wanted.values():
            made = of(plan, "ssm/parameter:Parameter", name).inputs
            assert (made["name"], made["type"], made["keyId"]) == (f"/agent-team/{name}", "SecureString", key)
            assert "valueWo" in made
            assert not {"value", "insecureValue"} & made.keys()


def who_reads_secrets(plan: Plan) -> None:
    """Each service reads its own secrets, and nobody the other's."""
    urls = {database_url(plan).removesuffix(":url::"), redis_url(plan).removesuffix(":url_1::")}
    for name, wanted in PARAMETERS.items():
        arns = {ref: of(plan, "ssm/parameter:Parameter", ref).outputs["arn"] for ref in wanted.values()}
        secret = secrets(plan, name)
        assert {env: secret[env] for env in wanted} == {env: arns[ref] for env, ref in wanted.items()}
        role = f"{name}-task-execution"
        assert _resources(granted(plan, role, "ssm:GetParameters")) == set(arns.values())
        assert _resources(granted(plan, role, "secretsmanager:GetSecretValue")) == urls


def _resources(statements: list[dict[str, Any]]) -> set[str]:
    return {arn for statement in statements for arn in statement["Resource"]}


def logs(plan: Plan) -> None:
    for name in SIZES:
        group = of(plan, ":LogGroup", f"{name}-task-logs").inputs
        assert group["retentionInDays"] == 7
        assert container(plan, name)["logConfiguration"]["options"]["awslogs-group"] == group["name"]
        proxy = service(plan, name).inputs["serviceConnectConfiguration"]["logConfiguration"]
        assert proxy["options"]["awslogs-group"] == group["name"]


def lines(body: dict[str, Any]) -> list[Any]:
    return [line for widget in body["widgets"] for line in widget["properties"].get("metrics", [])]


def dashboard(plan: Plan) -> None:
    body = document(of(plan, ":Dashboard"), "dashboardBody")
    text = json.dumps(body)
    for namespace in ("AWS/ECS", "AWS/ApplicationELB", "AWS/RDS", "AWS/ElastiCache", "AWS/ApiGateway"):
        assert f'"{namespace}"' in text, namespace
    for metric in ("Latency", "IntegrationLatency", "4xx", "5xx"):
        assert f'"AWS/ApiGateway", "{metric}"' in text, metric
    throttled = of(plan, ":LogMetricFilter", "http-api-throttled").inputs
    assert throttled["logGroupName"] == of(plan, ":LogGroup", "http-api-access-log").outputs["name"]
    made = throttled["metricTransformation"]
    assert f'"{made["namespace"]}", "{made["name"]}", "ApiId", "{of(plan, ":Api").id}"' in text
    for name in SIZES:
        assert f'"{service(plan, name).outputs["name"]}"' in text
    assert str(of(plan, ":Api").id) in text
    # The same by route; each series is found by its dimensions, since AWS alone names them.
    routes = [line[0]["expression"] for line in lines(body) if isinstance(line[0], dict) and "SEARCH" in str(line[0])]
    for metric in ("Count", "4xx", "5xx", "Latency"):
        (found,) = [search for search in routes if f'MetricName="{metric}"' in search]
        assert found.startswith("SEARCH('{AWS/ApiGateway,ApiId,Method,Resource,Stage} "), found
        assert f'ApiId="{of(plan, ":Api").id}"' in found
    by_route = of(plan, ":LogMetricFilter", "http-api-throttled-by-route").inputs["metricTransformation"]
    assert any(
        f"{{{by_route['namespace']},ApiId,Route}}" in search and f'MetricName="{by_route["name"]}"' in search
        for search in routes
    )
