"""The table of outputs: every reference that `outputs` may name, and where its value is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from settings.observability import AREAS
from settings.stack import Settings

__all__ = ["ENTRIES", "NAME", "OUTPUTS", "Names", "Output"]

Names = Callable[[Settings], Iterable[str]]
NAME = "{name}"
"""Stands for the name of a settings entry, in references and paths."""
ONE = ("",)
"""The entries of what a stack has once."""


@dataclass(frozen=True, slots=True)
class Output:
    """One row: a reference, its value, and what the docs say about it."""

    reference: str
    """What `outputs` names."""
    path: str
    """Where the value is: the kind, then keys and attributes of what `wiring/outputs.py` has for it."""
    doc: str
    """The row's text in the docs."""
    names: Names | None = None
    """The entries that have this output; by default all of the kind."""

    @property
    def kind(self) -> str:
        """What the value is an attribute of."""
        return self.path.split(".")[0]

    @property
    def pattern(self) -> str:
        """The reference as people read it."""
        return self.reference.replace(NAME, "<name>")


def _if(exists: Callable[[Settings], object]) -> Names:
    return lambda s: ONE if exists(s) else ()


def _web_acl(s: Settings) -> bool:
    distribution = s.edge.distribution
    on_load_balancer = bool(s.routed) and s.edge.web_acl is not None
    return on_load_balancer or (distribution is not None and distribution.web_acl is not None)


def _branches(s: Settings) -> Iterable[str]:
    return () if s.edge.amplify is None else s.edge.amplify.branches


def _registered(s: Settings) -> list[str]:
    return [name for name, service in s.compute.services.items() if service.registered]


def _with_repository(s: Settings) -> list[str]:
    return [name for name, service in s.compute.services.items() if service.own_repository]


def _with_password(s: Settings) -> list[str]:
    return [name for name, database in s.data.postgres.items() if database.credentials != "iam"]


def _with_proxy(s: Settings) -> list[str]:
    return [name for name, database in s.data.postgres.items() if database.proxy is not None]


ENTRIES: Mapping[str, Names] = {
    "network": lambda _: ONE,
    "load_balancer": _if(lambda s: s.routed),
    "web_acl": _if(_web_acl),
    "http_api": _if(lambda s: s.edge.http_api),
    "direct": _if(lambda s: s.edge.http_api and s.edge.http_api.direct),
    "distribution": _if(lambda s: s.edge.distribution),
    "amplify": _if(lambda s: s.edge.amplify),
    "cluster": _if(lambda s: s.compute.workloads),
    "service": lambda s: s.compute.services,
    "service_url": lambda s: s.routed,
    "service_dns_name": _registered,
    "repository": _with_repository,
    "repository_urls": _if(_with_repository),
    "task": lambda s: s.compute.tasks,
    "schedule": lambda s: s.compute.schedules,
    "schedule_group": _if(lambda s: s.compute.schedules),
    "postgres": lambda s: s.data.postgres,
    "postgres_proxy": _with_proxy,
    "redis": lambda s: s.data.redis,
    "buckets": lambda s: s.data.buckets,
    "queues": lambda s: s.data.queues,
    "tables": lambda s: s.data.tables,
    "file_system": lambda s: s.data.file_systems,
    "secret": lambda s: s.secret_names,
    "backup_plan": _if(lambda s: s.data.backup),
    "topic": lambda _: ONE,
    "dashboard": _if(lambda s: s.observability.dashboards == "stack"),
    "area_dashboard": lambda s: AREAS if s.observability.dashboards == "areas" else (),
}
"""The entries that a stack has of each kind."""

OUTPUTS = (
    Output("network.vpc_id", "network.vpc_id", "id of the VPC"),
    Output("network.public_subnet_ids", "network.public_subnet_ids", "list of the public subnets' ids"),
    Output("network.private_subnet_ids", "network.private_subnet_ids", "list of the private subnets' ids"),
    Output("network.isolated_subnet_ids", "network.isolated_subnet_ids", "list of the isolated subnets' ids"),
    Output("load_balancer.dns_name", "load_balancer.dns_name", "DNS name of the load balancer"),
    Output("load_balancer.arn", "load_balancer.arn", "ARN of the load balancer"),
    Output("web_acl.arn", "web_acl.arn", "ARN of the web ACL"),
    Output("http_api.url", "http_api.url", "URL of the HTTP API"),
    Output("direct.dns_name", "direct.dns_name", "DNS name of the load balancer beside the HTTP API, with `direct`"),
    Output("distribution.url", "distribution.url", "URL of the CloudFront distribution"),
    Output("distribution.domain_name", "distribution.domain_name", "its domain name at `cloudfront.net`"),
    Output("distribution.id", "distribution.id", "its id, for invalidations"),
    Output("amplify.url", "amplify.url", "URL of the Amplify app"),
    Output("amplify.app_id", "amplify.app_id", "id of the Amplify app"),
    Output("amplify.branch.{name}.url", "amplify.urls.{name}", "URL of a branch", _branches),
    Output(
        "amplify.basic_auth_secret_arn",
        "amplify.basic_auth_secret_arn",
        "ARN of the secret with username and password, with `basic_auth`",
        _if(lambda s: s.edge.amplify and s.edge.amplify.basic_auth),
    ),
    Output("cluster.name", "cluster.name", "name of the ECS cluster"),
    Output("cluster.arn", "cluster.arn", "ARN of the ECS cluster"),
    Output("service.{name}.url", "service_url.{name}", "URL of the service, with `route`"),
    Output("service.{name}.name", "service.{name}.name", "name of the ECS service"),
    Output("service.{name}.log_group", "service.{name}.log_group_name", "name of its log group"),
    Output("service.{name}.task_definition", "service.{name}.task_definition_arn", "ARN of its task definition"),
    Output(
        "service.{name}.dns_name", "service_dns_name.{name}", "its private DNS name, with `discovery` or `dns_name`"
    ),
    Output(
        "service.{name}.security_group_id",
        "service.{name}.peer.security_group_id",
        "id of its security group, with `discovery` or `dns_name`",
        _registered,
    ),
    Output("repository.{name}.url", "repository.{name}.url", "URL of the ECR repository, with `tag` or `build`"),
    Output("repositories.urls", "repository_urls", "map of the repositories' URLs by service"),
    Output("task.{name}.run", "task.{name}.run", "what RunTask needs: cluster, task definition, container, subnets, …"),
    Output("task.{name}.family", "task.{name}.family", "family of its task definition"),
    Output("task.{name}.task_definition", "task.{name}.task_definition_arn", "ARN of its task definition"),
    Output("task.{name}.log_group", "task.{name}.log_group_name", "name of its log group"),
    Output("task.{name}.security_group_id", "task.{name}.peer.security_group_id", "id of its security group"),
    Output("schedule.{name}.name", "schedule.{name}.name", "name of the schedule"),
    Output("schedule.{name}.arn", "schedule.{name}.arn", "ARN of the schedule"),
    Output("schedules.group", "schedule_group.name", "name of the group of all schedules"),
    Output(
        "schedules.dead_letter_url", "schedule_group.dead_letter_url", "URL of the queue of runs that failed to start"
    ),
    Output("postgres.{name}.endpoint", "postgres.{name}.host_port", "host and port of the database"),
    Output("postgres.{name}.address", "postgres.{name}.address", "host of the database"),
    Output("postgres.{name}.identifier", "postgres.{name}.identifier", "identifier of the RDS instance"),
    Output(
        "postgres.{name}.secret_arn",
        "postgres.{name}.secret_arn",
        "ARN of the secret with its password, except with `credentials: iam`",
        _with_password,
    ),
    Output(
        "postgres.{name}.proxy_endpoint", "postgres_proxy.{name}.host_port", "host and port of RDS Proxy, with `proxy`"
    ),
    Output("redis.{name}.endpoint", "redis.{name}.host_port", "host and port of the store"),
    Output("redis.{name}.address", "redis.{name}.address", "host of the store"),
    Output("redis.{name}.identifier", "redis.{name}.identifier", "id of the replication group or serverless cache"),
    Output("redis.{name}.secret_arn", "redis.{name}.secret_arn", "ARN of the secret with its URL"),
    Output("bucket.{name}.name", "buckets.{name}.name", "name of the bucket"),
    Output("bucket.{name}.arn", "buckets.{name}.arn", "ARN of the bucket"),
    Output("queue.{name}.url", "queues.{name}.url", "URL of the queue"),
    Output("queue.{name}.arn", "queues.{name}.arn", "ARN of the queue"),
    Output("queue.{name}.dead_letter_url", "queues.{name}.dead_letter_url", "URL of its dead-letter queue"),
    Output("table.{name}.name", "tables.{name}.name", "name of the table"),
    Output("table.{name}.arn", "tables.{name}.arn", "ARN of the table"),
    Output("file_system.{name}.id", "file_system.{name}.id", "id of the EFS file system"),
    Output("file_system.{name}.arn", "file_system.{name}.arn", "ARN of the EFS file system"),
    Output("secret.{name}.arn", "secret.{name}.arn", "ARN of the secret or parameter"),
    Output("backup.vault_name", "backup_plan.vault_name", "name of the backup vault"),
    Output(
        "backup.copy_vault_arn",
        "backup_plan.copy_vault_arn",
        "ARN of the vault for copies, with `copy_to`",
        _if(lambda s: s.data.backup and s.data.backup.copy_to),
    ),
    Output("topic.arn", "topic.arn", "ARN of the SNS topic of the alarms"),
    Output("dashboard.name", "dashboard.name", "name of the dashboard, with `dashboards: stack`"),
    Output(
        "dashboard.{name}.name", "area_dashboard.{name}.name", "name of an area's dashboard, with `dashboards: areas`"
    ),
)
