"""Stack outputs: what each reference of the settings resolves to."""

from __future__ import annotations

from typing import Any

import pulumi

from components.data.backup_plan import BackupPlan
from components.edge.amplify_app import AmplifyApp
from components.networking.vpc import Vpc
from wiring.entry import Entry
from wiring.schedules import Schedules
from wiring.services import Services
from wiring.stores import Stores
from wiring.watch import Watch

__all__ = ["resolve"]


def resolve(
    *,
    network: Vpc,
    stores: Stores,
    entry: Entry,
    services: Services,
    timed: Schedules,
    watch: Watch,
    backup: BackupPlan | None,
    amplify: AmplifyApp | None,
) -> dict[str, Any]:
    """Every reference with its value; `settings.references` names the same ones without the components."""
    found: dict[str, Any] = {
        "network.vpc_id": network.vpc_id,
        "network.public_subnet_ids": list(network.public_subnet_ids),
        "network.private_subnet_ids": list(network.private_subnet_ids),
        "network.isolated_subnet_ids": list(network.isolated_subnet_ids),
        "topic.arn": watch.topic.arn,
    }
    found |= {f"{reference}.name": dashboard.name for reference, dashboard in watch.dashboards.items()}
    if backup is not None:
        found["backup.vault_name"] = backup.vault_name
        if backup.copy_vault_arn is not None:
            found["backup.copy_vault_arn"] = backup.copy_vault_arn
    return {
        **found,
        **_entry(entry),
        **_amplify(amplify),
        **_services(entry, services),
        **_schedules(timed),
        **_stores(stores),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if entry.load_balancer is not None:
        found["load_balancer.arn"] = entry.load_balancer.arn
        found["load_balancer.dns_name"] = entry.load_balancer.dns_name
    if entry.web_acl is not None:
        found["web_acl.arn"] = entry.web_acl.arn
    if entry.http_api is not None:
        found["http_api.url"] = entry.http_api.url
    if entry.distribution is not None:
        found["distribution.id"] = entry.distribution.id
        found["distribution.domain_name"] = entry.distribution.domain_name
        found["distribution.url"] = entry.distribution.url
    if entry.direct is not None:
        found["direct.dns_name"] = entry.direct.dns_name
    return found


def _amplify(app: AmplifyApp | None) -> dict[str, Any]:
    if app is None:
        return {}
    found: dict[str, Any] = {"amplify.app_id": app.app_id, "amplify.url": app.url}
    found |= {f"amplify.branch.{name}.url": url for name, url in app.urls.items()}
    if app.basic_auth_secret_arn is not None:
        found["amplify.basic_auth_secret_arn"] = app.basic_auth_secret_arn
    return found


def _services(entry: Entry, services: Services) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if services.cluster is not None:
        found |= {"cluster.arn": services.cluster.arn, "cluster.name": services.cluster.name}
    front = entry.distribution or entry.http_api or entry.load_balancer
    for name, service in services.services.items():
        found[f"service.{name}.name"] = service.name
        found[f"service.{name}.log_group"] = service.log_group_name
        found[f"service.{name}.task_definition"] = service.task_definition_arn
        if name in entry.routes and front is not None:
            found[f"service.{name}.url"] = pulumi.Output.concat(front.url, entry.routes[name].prefix)
    for name, repository in services.repositories.items():
        found[f"repository.{name}.url"] = repository.url
    for name, task in services.tasks.items():
        found[f"task.{name}.run"] = task.run
        found[f"task.{name}.family"] = task.family
        found[f"task.{name}.task_definition"] = task.task_definition_arn
        found[f"task.{name}.log_group"] = task.log_group_name
        found[f"task.{name}.security_group_id"] = task.endpoint.security_group_id
    for name, host in services.dns_names.items():
        found[f"service.{name}.dns_name"] = host
        found[f"service.{name}.security_group_id"] = services.services[name].endpoint.security_group_id
    if services.repositories:
        found["repositories.urls"] = {name: repo.url for name, repo in services.repositories.items()}
    return found


def _schedules(timed: Schedules) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if timed.group is not None:
        found |= {"schedules.group": timed.group.name, "schedules.dead_letter_url": timed.group.dead_letter_url}
    for name, schedule in timed.schedules.items():
        found |= {f"schedule.{name}.name": schedule.name, f"schedule.{name}.arn": schedule.arn}
    return found


def _stores(stores: Stores) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, database in stores.postgres.items():
        found[f"postgres.{name}.endpoint"] = database.host_port
        found[f"postgres.{name}.address"] = database.address
        found[f"postgres.{name}.identifier"] = database.identifier
        if database.secret_arn is not None:
            found[f"postgres.{name}.secret_arn"] = database.secret_arn
    for name, store in stores.redis.items():
        found[f"redis.{name}.endpoint"] = store.host_port
        found[f"redis.{name}.address"] = store.address
        found[f"redis.{name}.identifier"] = store.identifier
        found[f"redis.{name}.secret_arn"] = store.secret_arn
    for name, proxy in stores.proxies.items():
        found[f"postgres.{name}.proxy_endpoint"] = proxy.host_port
    for name, system in stores.file_systems.items():
        found[f"file_system.{name}.id"] = system.id
        found[f"file_system.{name}.arn"] = system.arn
    for name, bucket in stores.buckets.items():
        found[f"bucket.{name}.name"] = bucket.name
        found[f"bucket.{name}.arn"] = bucket.arn
    for name, queue in stores.queues.items():
        found[f"queue.{name}.url"] = queue.url
        found[f"queue.{name}.arn"] = queue.arn
        found[f"queue.{name}.dead_letter_url"] = queue.dead_letter_url
    return found | {f"secret.{name}.arn": secret.arn for name, secret in stores.secrets.items()}
