"""Stack outputs: the value of each reference that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pulumi

from components.data.backup_plan import BackupPlan
from components.edge.amplify_app import AmplifyApp
from components.networking.vpc import Vpc
from settings import Settings
from settings.observability import AREAS
from settings.references import paths
from wiring.compute import Compute
from wiring.data import DataStores
from wiring.edge import Edge
from wiring.monitoring import StackMonitoring
from wiring.schedules import Schedules

__all__ = ["resolve"]


def resolve(
    settings: Settings,
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
    """The values of `outputs` by name; the table in `settings/outputs.py` says where they are found."""
    kinds: dict[str, Callable[[], Any]] = {
        "network": lambda: network,
        "load_balancer": lambda: edge.load_balancer,
        "web_acl": lambda: edge.web_acl,
        "http_api": lambda: edge.http_api,
        "direct": lambda: edge.direct,
        "distribution": lambda: edge.distribution,
        "amplify": lambda: web_app,
        "cluster": lambda: compute.cluster,
        "service": lambda: compute.services,
        "service_url": lambda: _service_urls(edge),
        "service_dns_name": lambda: compute.dns_names,
        "repository": lambda: compute.repositories,
        "repository_urls": lambda: {name: repository.url for name, repository in compute.repositories.items()},
        "task": lambda: compute.tasks,
        "schedule": lambda: schedules.schedules,
        "schedule_group": lambda: schedules.group,
        "postgres": lambda: data.postgres,
        "postgres_proxy": lambda: data.proxies,
        "redis": lambda: data.redis,
        "file_system": lambda: data.file_systems,
        "secret": lambda: data.secrets,
        "backup_plan": lambda: backup_plan,
        "topic": lambda: monitoring.topic,
        "dashboard": lambda: monitoring.dashboards["dashboard"],
        "area_dashboard": lambda: {area: monitoring.dashboards[f"dashboard.{area}"] for area in AREAS},
        **{kind: partial(data.stores.__getitem__, kind) for kind in data.stores},
    }
    allowed = paths(settings)
    wanted = {name: allowed[reference] for name, reference in settings.outputs.items()}
    found = {kind: kinds[kind]() for kind in {path[0] for path in wanted.values()}}
    return {name: _value(found, path) for name, path in wanted.items()}


def _value(at: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        at = at[step] if isinstance(at, Mapping) else getattr(at, step)
    return at


def _service_urls(edge: Edge) -> dict[str, pulumi.Output[str]]:
    front = edge.distribution or edge.http_api or edge.load_balancer
    if front is None:
        return {}
    return {name: pulumi.Output.concat(front.url, route.prefix) for name, route in edge.routes.items()}
