"""Records one service in both phases, with what stands around it in a stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.load_balancer_attachment import LoadBalancerAttachment
from components.compute.service import Service, ServiceArgs
from components.compute.task_definition import TaskDefinitionArgs
from components.data.queue_metrics import queue_metrics
from components.edge.route import Route, RouteArgs
from components.values import Permission
from preview.plan import Phase, Plan
from settings.compute import route as route_settings
from settings.compute import services as service_settings
from settings.compute.workload import Workload
from tests.accounts import account
from tests.recording import record

__all__ = ["ACCOUNT", "DEFINITION", "SECRET", "SERVICE", "behind", "running", "settings_of", "task_args"]

ACCOUNT = "123456789012"
SERVICE = "aws:ecs/service:Service"
DEFINITION = "aws:ecs/taskDefinition:TaskDefinition"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:test/openai-AbCdEf"
LISTENER = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:listener/app/entry/50dc6c495c0c9188/f2f7dc8efc522ab2"


def settings_of(**values: Any) -> service_settings.Service:
    """Settings of a small service, some of them changed."""
    return service_settings.Service(**{"image": "ghcr.io/x/api:1", "architecture": "arm64", "port": 8080, **values})


def task_args(settings: Workload, **others: Any) -> TaskDefinitionArgs:
    """A task definition's arguments: one secret to read, one bucket to use."""
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


def running(*, routed: bool = True, rollback_alarms: Sequence[str] = (), **settings: Any) -> Plan:
    """A cluster and the service `api` on it, behind a listener rule unless `routed` is off.

    Each queue that it consumes is `<name>-main`, with `<name>-dead` for its dead letters.
    """

    def program() -> None:
        wanted = settings_of(**settings)
        cluster = Cluster("cluster", ClusterArgs(insights="enabled"))
        attachments = [_attachment(wanted)] if routed else []
        service = Service(
            "api",
            ServiceArgs(
                settings=wanted,
                task=task_args(wanted),
                cluster_arn=cluster.arn,
                cluster_name=cluster.name,
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                attachments=attachments,
                consumed_queues=[queue_metrics(name, f"{name}-main", f"{name}-dead") for name in wanted.consumes],
                rollback_alarms=rollback_alarms,
                depends_on=[cluster.capacity_providers],
            ),
        )
        pulumi.export("name", service.name)
        pulumi.export("port", service.peer.port)
        pulumi.export("group", service.peer.security_group_id)
        pulumi.export("log_group", service.log_group_name)
        pulumi.export("task", service.task_definition_arn)
        pulumi.export("metrics", [[m.namespace, m.name, m.dimensions] for m in _metrics(service)])

    return record(program)


def _metrics(service: Service) -> list[Any]:
    return [service.metrics.cpu, service.metrics.memory]


def _attachment(settings: service_settings.Service) -> LoadBalancerAttachment:
    route = Route(
        "api-route",
        RouteArgs(
            settings=route_settings.Route(health="/health"),
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


def behind(phase: Phase, urns: Sequence[str]) -> set[str]:
    """The names of what a resource waits for."""
    by_urn = phase.by_urn()
    return {by_urn[urn].name for urn in urns}
