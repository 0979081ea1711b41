"""The VPC of everything in the stack: the stack's own, or one that exists already."""

from __future__ import annotations

from components.networking.existing import ExistingNetwork, ExistingNetworkArgs
from components.networking.network import Network, NetworkArgs
from components.networking.vpc import Vpc
from settings import Settings
from settings.networking.endpoints import endpoints
from wiring.context import StackContext

__all__ = ["build_network"]


def build_network(ctx: StackContext, settings: Settings) -> Vpc:
    """A VPC whose only public parts are the load balancer and NAT, or the existing one that the settings name."""
    networking, created = settings.networking, endpoints(settings)
    if networking.existing is not None:
        return ExistingNetwork(
            "network",
            ExistingNetworkArgs(
                settings=networking.existing,
                account=ctx.account,
                reaches_internet=networking.closed_by is None,
                endpoints=created,
            ),
            opts=ctx.opts("networking.existing"),
        )
    return Network(
        "network",
        NetworkArgs(settings=networking, account=ctx.account, endpoints=created),
        opts=ctx.opts("networking"),
    )
