"""Service Connect: the proxy of a gRPC service and of its clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.compute.container import log_configuration
from settings.compute.services import Service

__all__ = ["ServiceConnectConfig", "endpoints", "service_connect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConnectConfig:
    """A service's place among those that reach each other through proxies."""

    namespace_arn: pulumi.Input[str]
    """The Cloud Map namespace."""
    host: str | None = None
    """The name that clients know it by; a service without one is a client only."""
    servers: Sequence[str] = ()
    """What it reaches, as `host:port`."""
    dependencies: Sequence[pulumi.Resource] = ()
    """The servers, which must be there first: a proxy that runs already never learns of a new one."""


def service_connect(
    port_name: str, settings: Service, connected: ServiceConnectConfig, *, log_group: pulumi.Input[str], region: str
) -> aws.ecs.ServiceServiceConnectConfigurationArgs:
    """The proxy's configuration; it writes to the service's own log group."""
    log = log_configuration("service-connect", log_group, region)
    return aws.ecs.ServiceServiceConnectConfigurationArgs(
        enabled=True,
        namespace=connected.namespace_arn,
        services=[_offered(port_name, settings, connected.host)] if connected.host else None,
        log_configuration=aws.ecs.ServiceServiceConnectConfigurationLogConfigurationArgs(
            log_driver=log["logDriver"], options=log["options"]
        ),
    )


def endpoints(connected: ServiceConnectConfig) -> dict[str, str] | None:
    """What a change of the servers triggers: new tasks, whose proxies know them."""
    return {"servers": ",".join(sorted(connected.servers))} if connected.servers else None


def _offered(port_name: str, settings: Service, host: str) -> aws.ecs.ServiceServiceConnectConfigurationServiceArgs:
    timeouts = settings.timeouts
    return aws.ecs.ServiceServiceConnectConfigurationServiceArgs(
        port_name=port_name,
        discovery_name=host,
        client_alias=[
            aws.ecs.ServiceServiceConnectConfigurationServiceClientAliasArgs(dns_name=host, port=settings.listens_on)
        ],
        timeout=aws.ecs.ServiceServiceConnectConfigurationServiceTimeoutArgs(
            per_request_timeout_seconds=timeouts.per_request_timeout_s, idle_timeout_seconds=timeouts.idle_timeout_s
        ),
    )
