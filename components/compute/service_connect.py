"""Service Connect: the proxy in the tasks of a gRPC service and of its clients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.compute.container import log_configuration
from settings.compute.services import Service

__all__ = ["ServiceConnectConfig", "redeployment_triggers", "service_connect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConnectConfig:
    """How one service takes part in Service Connect: as a gRPC server, as a client of one, or both."""

    namespace_arn: pulumi.Input[str]
    """The Cloud Map namespace."""
    host: str | None = None
    """The name by which clients reach it; a service without one is a client only."""
    servers: Sequence[str] = ()
    """The servers that it calls, as `host:port`."""
    dependencies: Sequence[pulumi.Resource] = ()
    """The servers' ECS services, which must exist first: a running proxy never learns of a new server."""


def service_connect(
    port_name: str, settings: Service, config: ServiceConnectConfig, *, log_group: pulumi.Input[str], region: str
) -> aws.ecs.ServiceServiceConnectConfigurationArgs:
    """The configuration of the proxy, which logs to the service's own log group."""
    log = log_configuration("service-connect", log_group, region)
    return aws.ecs.ServiceServiceConnectConfigurationArgs(
        enabled=True,
        namespace=config.namespace_arn,
        services=[_server(port_name, settings, config.host)] if config.host else None,
        log_configuration=aws.ecs.ServiceServiceConnectConfigurationLogConfigurationArgs(
            log_driver=log["logDriver"], options=log["options"]
        ),
    )


def redeployment_triggers(config: ServiceConnectConfig | None) -> dict[str, str] | None:
    """The servers of a client. When they change, ECS starts new tasks, whose proxies know the new servers."""
    return {"servers": ",".join(sorted(config.servers))} if config and config.servers else None


def _server(port_name: str, settings: Service, host: str) -> aws.ecs.ServiceServiceConnectConfigurationServiceArgs:
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
