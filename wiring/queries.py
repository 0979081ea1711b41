"""Queries of the stack's logs."""

from __future__ import annotations

from components.networking.vpc import Vpc
from components.observability.queries import SavedQueries, SavedQueriesArgs
from settings import Settings
from wiring.entry import Entry
from wiring.services import Services
from wiring.site import Site
from wiring.stores import Stores

__all__ = ["queries"]


def queries(site: Site, settings: Settings, network: Vpc, stores: Stores, *, entry: Entry, services: Services) -> None:
    """Saved queries of every log group that people ask, unless the settings want none."""
    if not settings.observability.queries:
        return
    running = {**services.services, **services.tasks}
    SavedQueries(
        "queries",
        SavedQueriesArgs(
            folder=site.stack,
            containers=[running[name].log_group_name for name in sorted(running)],
            databases={name: database.log_group_name for name, database in stores.postgres.items()},
            flow_logs=None if settings.networking.flow_logs.traffic == "ACCEPT" else network.flow_log_group_name,
            web_acl=entry.web_acl.log_group_name if entry.web_acl is not None else None,
            web_acl_region=entry.web_acl.region if entry.web_acl is not None else None,
        ),
        opts=site.inherit,
    )
