"""The network paths of what runs: exactly those that its settings name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.networking.connection import Connection, ConnectionArgs, Outbound, OutboundArgs
from components.networking.vpc import Vpc
from components.values import Endpoint
from settings.workload import Workload
from wiring.site import Site
from wiring.stores import Stores

__all__ = ["open_paths"]


def open_paths(
    site: Site,
    network: Vpc,
    stores: Stores,
    *,
    endpoint: Endpoint,
    workload: Workload,
    services: Mapping[str, Endpoint],
    clients: Iterable[Endpoint] = (),
) -> None:
    """From the load balancers to `endpoint`, and from it to its connections, its file systems, and out."""

    def connect(client: Endpoint, server: Endpoint) -> None:
        label = f"{client.name}-to-{server.name}".lower().replace(" ", "-")
        Connection(label, ConnectionArgs(client=client, server=server), opts=site.inherit)

    for client in clients:
        connect(client, endpoint)
    for connection in workload.connects_to:
        to = connection.to
        for server in (services[to],) if to in services else stores.endpoints(to):
            connect(endpoint, server)
    for name in sorted({volume.file_system for volume in workload.volumes}):
        connect(endpoint, stores.file_systems[name].endpoint)
    for service in network.endpoints:
        connect(endpoint, service)
    if network.reaches_internet:
        outbound = OutboundArgs(client=endpoint, target="the internet", cidr="0.0.0.0/0")
        Outbound(f"{endpoint.name}-to-internet", outbound, opts=site.inherit)
    else:
        outbound = OutboundArgs(client=endpoint, target="S3", prefix_list_id=network.s3_prefix_list_id)
        Outbound(f"{endpoint.name}-to-s3", outbound, opts=site.inherit)
