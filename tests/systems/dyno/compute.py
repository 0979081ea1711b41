"""Services, environment and operations of dyno-agent."""

from __future__ import annotations

from preview.plan import Plan
from tests.systems.dyno.parts import arguments, environment, granted, secrets, service
from tests.systems.lines import container, document, of

__all__ = ["app_environment", "exec_everywhere", "migration", "secret_containers", "singletons", "three_services"]

SERVICES = {"fastapi": 8000, "prometheus": 9090, "grafana": 3000}


def three_services(plan: Plan) -> None:
    cluster = of(plan, "ecs/cluster:Cluster")
    for name, port in SERVICES.items():
        made, task = service(plan, name).inputs, of(plan, ":TaskDefinition", f"{name}-task")
        assert (task.inputs["cpu"], task.inputs["memory"]) == ("512", "1024"), name
        assert task.inputs["requiresCompatibilities"] == ["FARGATE"]
        assert (made["desiredCount"], made["cluster"]) == (1, cluster.id)
        assert made["taskDefinition"] == task.outputs["arn"]
        assert container(plan, name)["portMappings"][0]["containerPort"] == port
    repository = of(plan, "ecr/repository:Repository", "fastapi-repository").outputs["repositoryUrl"]
    assert container(plan, "fastapi")["image"] == f"{repository}:3f9c2d7"


def singletons(plan: Plan) -> None:
    for name, percents in {"prometheus": (0, 100), "grafana": (0, 100), "fastapi": (100, 200)}.items():
        made = service(plan, name).inputs
        assert (made["deploymentMinimumHealthyPercent"], made["deploymentMaximumPercent"]) == percents, name
    assert "--storage.tsdb.no-lockfile" in arguments(plan, "prometheus")


def exec_everywhere(plan: Plan) -> None:
    for name in SERVICES:
        assert service(plan, name).inputs["enableExecuteCommand"] is True
        assert granted(plan, f"{name}-task-task", "ssmmessages:OpenDataChannel")
        mounted = {mount["containerPath"] for mount in container(plan, name)["mountPoints"]}
        assert {"/managed-agents", "/var/lib/amazon/ssm", "/var/log/amazon/ssm"} <= mounted


def app_environment(plan: Plan) -> None:
    host = of(plan, "rds/instance:Instance").outputs["address"]
    for name in ("fastapi", "migration"):
        plain, secret = environment(plan, name), secrets(plan, name)
        assert plain["PRODUCTION"] == "true"
        assert plain["DATABASE_URL_PROD"] == f"postgresql+asyncpg://{host}:5432/dyno?ssl=require"
        assert plain["DATABASE_URL_CHECKPOINTER_PROD"] == f"postgresql://{host}:5432/dyno?sslmode=require"
        assert "DATABASE_URL" not in {**plain, **secret}
        assert {"PGUSER", "PGPASSWORD"} <= set(secret)


def secret_containers(plan: Plan) -> None:
    made = {
        name: of(plan, "secretsmanager/secret:Secret", name.replace("_", "-"))
        for name in ("gemini_api_key", "jwt_secret", "grafana_admin_password")
    }
    assert {secret.inputs["name"] for secret in made.values()} == {f"dyno-agent/{name}" for name in made}
    arns = {name: secret.outputs["arn"] for name, secret in made.items()}
    versions = [r for r in plan.phases["deployed"].records if r.type.endswith(":SecretVersion")]
    # Only the generated one has a value that Pulumi knows.
    assert {version.inputs["secretId"] for version in versions} == {made["grafana_admin_password"].id}
    assert all(version.secret == ("secretString",) for version in versions)
    assert secrets(plan, "fastapi")["GEMINI_API_KEY"] == arns["gemini_api_key"]
    assert secrets(plan, "fastapi")["JWT_SECRET"] == arns["jwt_secret"]
    master = of(plan, "rds/instance:Instance").outputs["masterUserSecrets"][0]["secretArn"]
    readers = {
        "fastapi": {arns["gemini_api_key"], arns["jwt_secret"], master},
        "grafana": {arns["grafana_admin_password"]},
        "migration": {master},
        "prometheus": set(),
    }
    for name, expected in readers.items():
        statements = granted(plan, f"{name}-task-execution", "secretsmanager:GetSecretValue")
        assert {arn for statement in statements for arn in statement["Resource"]} == expected, name


def migration(plan: Plan) -> None:
    task = of(plan, ":TaskDefinition", "migration-task")
    assert task.inputs["family"] == "dyno-agent-migration"
    assert container(plan, "migration")["image"] == container(plan, "fastapi")["image"]
    assert container(plan, "migration")["command"] == ["alembic", "upgrade", "head"]
    assert "migration" not in {r.name for r in plan.phases["deployed"].of_type("aws:ecs/service:Service")}
    run = plan.phases["deployed"].outputs["migration"]
    assert run["task_definition"] == task.outputs["arn"]
    assert run["security_groups"] == [of(plan, "ec2/securityGroup:SecurityGroup", "migration-group").id]
    assert run["log_group"] == of(plan, ":LogGroup", "migration-task-logs").inputs["name"]
    trust = document(of(plan, "iam/role:Role", "migration-task-execution"), "assumeRolePolicy")["Statement"][0]
    assert trust["Principal"] == {"Service": ["ecs-tasks.amazonaws.com"]}
