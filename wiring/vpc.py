"""The VPC in which everything stands: the stack's own, or one that exists already."""

from __future__ import annotations

from components.networking.existing import ExistingNetwork, ExistingNetworkArgs
from components.networking.network import Network, NetworkArgs
from components.networking.vpc import Vpc
from settings import Settings
from settings.endpoints import interface_endpoints
from wiring.site import Site

__all__ = ["vpc"]


def vpc(site: Site, settings: Settings) -> Vpc:
    """A VPC whose only public parts are the load balancer and NAT, or the existing one that the settings name."""
    wanted, endpoints = settings.networking, interface_endpoints(settings)
    if wanted.existing is not None:
        return ExistingNetwork(
            "network",
            ExistingNetworkArgs(
                settings=wanted.existing,
                region=site.region,
                reaches_internet=wanted.closed_by is None,
                endpoints=endpoints,
            ),
            opts=site.inherit,
        )
    return Network(
        "network",
        NetworkArgs(settings=wanted, region=site.region, account_id=site.account_id, endpoints=endpoints),
        opts=site.inherit,
    )
