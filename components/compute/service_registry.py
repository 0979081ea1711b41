"""The entry of an ECS service in a Cloud Map namespace."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["service_registry"]

_RECORD_TTL_S = 10


def service_registry(
    owner: Component, *, dns_name: str, description: str, namespace_id: pulumi.Input[str]
) -> aws.ecs.ServiceServiceRegistriesArgs:
    """A Cloud Map service, as the child of `owner`, in which ECS registers the address of each task."""
    registry = aws.servicediscovery.Service(
        owner.child_name("registry"),
        name=dns_name,
        description=description,
        dns_config=aws.servicediscovery.ServiceDnsConfigArgs(
            namespace_id=namespace_id,
            routing_policy="MULTIVALUE",
            dns_records=[aws.servicediscovery.ServiceDnsConfigDnsRecordArgs(type="A", ttl=_RECORD_TTL_S)],
        ),
        # Without this block, ECS cannot report the tasks' health, and stops them. The provider drops an empty block
        # (hashicorp/terraform-provider-aws#44285), and the typed arguments warn about its only property.
        health_check_custom_config={"failure_threshold": 1},
        # A task that was killed stays registered, and the registry could not be deleted.
        force_destroy=True,
        opts=owner.child_opts(),
    )
    return aws.ecs.ServiceServiceRegistriesArgs(registry_arn=registry.arn)
