"""The network paths of what runs: exactly those that its settings name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.networking.connection import Connection, ConnectionArgs, EgressRule, EgressRuleArgs
from components.networking.vpc import Vpc
from components.values import Peer
from settings import Settings
from settings.compute.workload import Workload
from settings.targets import ServiceTarget
from wiring.context import StackContext
from wiring.data import DataStores

__all__ = ["open_paths"]


def open_paths(
    ctx: StackContext,
    settings: Settings,
    network: Vpc,
    data: DataStores,
    *,
    peer: Peer,
    origin: str,
    workload: Workload,
    services: Mapping[str, Peer],
    clients: Iterable[Peer] = (),
) -> None:
    """From the load balancers to `peer`, and from it to its connections, its file systems, and out."""

    def connect(client: Peer, server: Peer) -> None:
        label = f"{client.name}-to-{server.name}".lower().replace(" ", "-")
        Connection(label, ConnectionArgs(client=client, server=server), opts=ctx.opts(origin))

    for client in clients:
        connect(client, peer)
    for _, target in settings.connections(workload):
        for server in (services[target.name],) if isinstance(target, ServiceTarget) else data.peers(target):
            connect(peer, server)
    for name in sorted({volume.file_system for volume in workload.volumes}):
        connect(peer, data.file_systems[name].peer)
    for service in network.endpoints:
        connect(peer, service)
    if network.reaches_internet:
        outbound = EgressRuleArgs(client=peer, target="the internet", cidr="0.0.0.0/0")
        EgressRule(f"{peer.name}-to-internet", outbound, opts=ctx.opts(origin))
    else:
        for target, prefix_list_id in network.gateways.items():
            outbound = EgressRuleArgs(client=peer, target=target, prefix_list_id=prefix_list_id)
            EgressRule(f"{peer.name}-to-{target.lower()}", outbound, opts=ctx.opts(origin))
