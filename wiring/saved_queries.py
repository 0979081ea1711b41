"""Queries of the stack's logs."""

from __future__ import annotations

from components.networking.vpc import Vpc
from components.observability.saved_queries import SavedQueries, SavedQueriesArgs
from settings import Settings
from wiring.compute import Compute
from wiring.context import StackContext
from wiring.data import DataStores
from wiring.edge import Edge

__all__ = ["build_saved_queries"]


def build_saved_queries(
    ctx: StackContext, settings: Settings, network: Vpc, data: DataStores, *, edge: Edge, compute: Compute
) -> None:
    """Saved queries of every log group that people ask, unless the settings want none."""
    if not settings.observability.queries:
        return
    running = {**compute.services, **compute.tasks}
    SavedQueries(
        "queries",
        SavedQueriesArgs(
            folder=ctx.stack,
            containers=[running[name].log_group_name for name in sorted(running)],
            databases={name: database.log_group_name for name, database in data.postgres.items()},
            flow_logs=None if settings.networking.flow_logs.traffic == "ACCEPT" else network.flow_log_group_name,
            web_acl=edge.web_acl.log_group_name if edge.web_acl is not None else None,
            web_acl_region=edge.web_acl.region if edge.web_acl is not None else None,
        ),
        opts=ctx.opts("observability.queries"),
    )
