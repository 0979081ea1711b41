"""Stack outputs: what each reference of the settings resolves to."""

from __future__ import annotations

from typing import Any

import pulumi

from components.data.backup_plan import BackupPlan
from components.edge.amplify_app import AmplifyApp
from components.networking.vpc import Vpc
from wiring.compute import Compute
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.monitoring import StackMonitoring
from wiring.schedules import Schedules

__all__ = ["resolve"]


def resolve(
    *,
    network: Vpc,
    data: DataStores,
    edge: Edge,
    compute: Compute,
    schedules: Schedules,
    monitoring: StackMonitoring,
    backup_plan: BackupPlan | None,
    web_app: AmplifyApp | None,
) -> dict[str, Any]:
    """Every reference with its value; `settings.references` names the same ones without the components."""
    outputs: dict[str, Any] = {
        "network.vpc_id": network.vpc_id,
        "network.public_subnet_ids": list(network.public_subnet_ids),
        "network.private_subnet_ids": list(network.private_subnet_ids),
        "network.isolated_subnet_ids": list(network.isolated_subnet_ids),
        "topic.arn": monitoring.topic.arn,
    }
    outputs |= {f"{reference}.name": dashboard.name for reference, dashboard in monitoring.dashboards.items()}
    if backup_plan is not None:
        outputs["backup.vault_name"] = backup_plan.vault_name
        if backup_plan.copy_vault_arn is not None:
            outputs["backup.copy_vault_arn"] = backup_plan.copy_vault_arn
    return {
        **outputs,
        **_entry(edge),
        **_amplify(web_app),
        **_services(edge, compute),
        **_schedules(schedules),
        **_stores(data),
    }


def _entry(edge: Edge) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if edge.load_balancer is not None:
        outputs["load_balancer.arn"] = edge.load_balancer.arn
        outputs["load_balancer.dns_name"] = edge.load_balancer.dns_name
    if edge.web_acl is not None:
        outputs["web_acl.arn"] = edge.web_acl.arn
    if edge.http_api is not None:
        outputs["http_api.url"] = edge.http_api.url
    if edge.distribution is not None:
        outputs["distribution.id"] = edge.distribution.id
        outputs["distribution.domain_name"] = edge.distribution.domain_name
        outputs["distribution.url"] = edge.distribution.url
    if edge.direct is not None:
        outputs["direct.dns_name"] = edge.direct.dns_name
    return outputs


def _amplify(app: AmplifyApp | None) -> dict[str, Any]:
    if app is None:
        return {}
    outputs: dict[str, Any] = {"amplify.app_id": app.app_id, "amplify.url": app.url}
    outputs |= {f"amplify.branch.{name}.url": url for name, url in app.urls.items()}
    if app.basic_auth_secret_arn is not None:
        outputs["amplify.basic_auth_secret_arn"] = app.basic_auth_secret_arn
    return outputs


def _services(edge: Edge, compute: Compute) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if compute.cluster is not None:
        outputs |= {"cluster.arn": compute.cluster.arn, "cluster.name": compute.cluster.name}
    front = edge.distribution or edge.http_api or edge.load_balancer
    for name, service in compute.services.items():
        outputs[f"service.{name}.name"] = service.name
        outputs[f"service.{name}.log_group"] = service.log_group_name
        outputs[f"service.{name}.task_definition"] = service.task_definition_arn
        if name in edge.routes and front is not None:
            outputs[f"service.{name}.url"] = pulumi.Output.concat(front.url, edge.routes[name].prefix)
    for name, repository in compute.repositories.items():
        outputs[f"repository.{name}.url"] = repository.url
    for name, task in compute.tasks.items():
        outputs[f"task.{name}.run"] = task.run
        outputs[f"task.{name}.family"] = task.family
        outputs[f"task.{name}.task_definition"] = task.task_definition_arn
        outputs[f"task.{name}.log_group"] = task.log_group_name
        outputs[f"task.{name}.security_group_id"] = task.peer.security_group_id
    for name, host in compute.dns_names.items():
        outputs[f"service.{name}.dns_name"] = host
        outputs[f"service.{name}.security_group_id"] = compute.services[name].peer.security_group_id
    if compute.repositories:
        outputs["repositories.urls"] = {name: repo.url for name, repo in compute.repositories.items()}
    return outputs


def _schedules(schedules: Schedules) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if schedules.group is not None:
        outputs |= {
            "schedules.group": schedules.group.name,
            "schedules.dead_letter_url": schedules.group.dead_letter_url,
        }
    for name, schedule in schedules.schedules.items():
        outputs |= {f"schedule.{name}.name": schedule.name, f"schedule.{name}.arn": schedule.arn}
    return outputs


def _stores(data: DataStores) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for name, database in data.postgres.items():
        outputs[f"postgres.{name}.endpoint"] = database.host_port
        outputs[f"postgres.{name}.address"] = database.address
        outputs[f"postgres.{name}.identifier"] = database.identifier
        if database.secret_arn is not None:
            outputs[f"postgres.{name}.secret_arn"] = database.secret_arn
    for name, store in data.redis.items():
        outputs[f"redis.{name}.endpoint"] = store.host_port
        outputs[f"redis.{name}.address"] = store.address
        outputs[f"redis.{name}.identifier"] = store.identifier
        outputs[f"redis.{name}.secret_arn"] = store.secret_arn
    for name, proxy in data.proxies.items():
        outputs[f"postgres.{name}.proxy_endpoint"] = proxy.host_port
    for name, system in data.file_systems.items():
        outputs[f"file_system.{name}.id"] = system.id
        outputs[f"file_system.{name}.arn"] = system.arn
    for name, bucket in data.buckets.items():
        outputs[f"bucket.{name}.name"] = bucket.name
        outputs[f"bucket.{name}.arn"] = bucket.arn
    for name, queue in data.queues.items():
        outputs[f"queue.{name}.url"] = queue.url
        outputs[f"queue.{name}.arn"] = queue.arn
        outputs[f"queue.{name}.dead_letter_url"] = queue.dead_letter_url
    return outputs | {f"secret.{name}.arn": secret.arn for name, secret in data.secrets.items()}
