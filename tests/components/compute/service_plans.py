"""Plans of one service, with the resources that it needs in a stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.load_balancer_attachment import LoadBalancerAttachment
from components.compute.service import Service, ServiceArgs
from components.compute.task_definition import TaskDefinitionArgs
from components.data.queue_monitoring import queue_metrics
from components.edge.route import Route, RouteArgs
from components.values import Permission
from preview.plan import Phase, Plan
from settings.compute.route import Route as RouteSettings
from settings.compute.services import Service as ServiceSettings
from settings.compute.workload import Workload
from tests.accounts import account
from tests.recording import record

__all__ = [
    "ACCOUNT",
    "DEFINITION",
    "SECRET",
    "SERVICE",
    "dependency_names",
    "service_plan",
    "service_settings",
    "task_args",
]

ACCOUNT = "123456789012"
SERVICE = "aws:ecs/service:Service"
DEFINITION = "aws:ecs/taskDefinition:TaskDefinition"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:test/openai-AbCdEf"
LISTENER = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:listener/app/entry/50dc6c495c0c9188/f2f7dc8efc522ab2"


def service_settings(**values: Any) -> ServiceSettings:
    """Settings of a small service; `values` override the defaults."""
    return ServiceSettings(**{"image": "ghcr.io/x/api:1", "architecture": "arm64", "port": 8080, **values})


def task_args(settings: Workload, **others: Any) -> TaskDefinitionArgs:
    """Arguments of a task definition that reads one secret and uses one bucket."""
    values: dict[str, Any] = {
        "container_name": "api",
        "family": "test-api",
        "image": "ghcr.io/x/api:1",
        "account": account(),
        "log_group_name": "/test/service/api",
        "log_retention_days": 30,
        "environment": {"B": "2", "A": "1"},
        "secrets": {"OPENAI_API_KEY": f"{SECRET}:token::"},
        "execution_permissions": [Permission(actions=["secretsmanager:GetSecretValue"], resources=[SECRET])],
        "task_permissions": [Permission(actions=["s3:GetObject"], resources=["arn:aws:s3:::files/*"])],
        **others,
    }
    return TaskDefinitionArgs(settings=settings, **values)


def service_plan(
    *, routed: bool = True, rollback_alarms: Sequence[str] = (), rollback_on_alarms: bool = True, **settings: Any
) -> Plan:
    """A cluster and the service `api` on it, behind a listener rule unless `routed` is off.

    Each queue that it consumes is `<name>-main`, with `<name>-dead` for its dead letters.
    """

    def program() -> None:
        service = service_settings(**settings)
        cluster = Cluster("cluster", ClusterArgs(insights="enabled"))
        attachments = [_attachment(service)] if routed else []
        component = Service(
            "api",
            ServiceArgs(
                settings=service,
                task=task_args(service),
                cluster_arn=cluster.arn,
                cluster_name=cluster.name,
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                attachments=attachments,
                consumed_queues=[queue_metrics(name, f"{name}-main", f"{name}-dead") for name in service.consumes],
                rollback_alarms=rollback_alarms,
                rollback_on_alarms=rollback_on_alarms,
                depends_on=[cluster.capacity_providers],
            ),
        )
        pulumi.export("name", component.name)
        pulumi.export("port", component.peer.port)
        pulumi.export("group", component.peer.security_group_id)
        pulumi.export("log_group", component.log_group_name)
        pulumi.export("task", component.task_definition_arn)
        pulumi.export("metrics", [[m.namespace, m.name, m.dimensions] for m in _metrics(component)])

    return record(program)


def _metrics(service: Service) -> list[Any]:
    return [service.metrics.cpu, service.metrics.memory]


def _attachment(settings: ServiceSettings) -> LoadBalancerAttachment:
    route = Route(
        "api-route",
        RouteArgs(
            service_name="api",
            settings=RouteSettings(health="/health"),
            vpc_id="vpc-1",
            listener_arn=LISTENER,
            load_balancer="app/entry/50dc6c495c0c9188",
            priority=100,
            two_target_groups=settings.deploy.strategy != "rolling",
        ),
    )
    return LoadBalancerAttachment(
        target_group_arns=route.target_group_arns,
        rule_arn=route.rule_arn,
        dependencies=route.dependencies,
        requests_per_target=route.metrics.requests_per_target,
    )


def dependency_names(phase: Phase, urns: Sequence[str]) -> set[str]:
    """The logical names of the resources with these URNs."""
    by_urn = phase.by_urn()
    return {by_urn[urn].name for urn in urns}
