"""`networking.existing` and ARNs: what a stack needs of resources that exist already."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.networking.endpoints import GATEWAYS
from settings.rules.registry import reads, workload_key
from settings.stack import Settings


@reads("compute", "edge", "networking")
def _public_subnets(settings: Settings) -> Iterator[Fault]:
    existing, edge = settings.networking.existing, settings.edge
    direct = edge.http_api is not None and edge.http_api.direct
    if existing is None or existing.public_subnet_ids or not settings.routed:
        return
    if direct or edge.scheme == "internet-facing":
        yield Fault(
            "networking.existing.public_subnet_ids",
            "is missing: the load balancer is internet-facing; name a public subnet for each zone, or "
            + ("remove edge.http_api.direct" if direct else "write edge.load_balancer.scheme: internal"),
        )


@reads("compute", "networking")
def _gateways(settings: Settings) -> Iterator[Fault]:
    """Stores that are reached through a gateway endpoint only, which the stack does not create in an existing VPC."""
    existing = settings.networking.existing
    if existing is None or settings.networking.egress != "aws-only" or existing.dynamodb_prefix_list_id is not None:
        return
    used = [
        workload_key(path, use.key)
        for path, workload in settings.compute.workloads.items()
        for use in workload.uses
        if use.endpoint in GATEWAYS
    ]
    if used:
        yield Fault(
            "networking.existing.dynamodb_prefix_list_id",
            f"is missing: with egress: aws-only, what {used[0]} names is reached through the gateway of DynamoDB "
            "only; name the list that `aws ec2 describe-managed-prefix-lists` shows for "
            "com.amazonaws.<region>.dynamodb",
        )


@reads("region", "edge")
def _certificates_of_region(settings: Settings) -> Iterator[Fault]:
    certificate, api = settings.edge.load_balancer.certificate, settings.edge.http_api
    domain = api.domain if api is not None else None
    given = {
        "edge.load_balancer.certificate.arn": certificate.arn if certificate is not None else None,
        "edge.http_api.domain.certificate_arn": domain.certificate_arn if domain is not None else None,
    }
    for key, arn in given.items():
        region = arn.split(":")[3] if arn is not None else settings.region
        if region != settings.region:
            yield Fault(
                key,
                f"is a certificate of {region}, which nothing in aws:region {settings.region} takes; name one of "
                f"{settings.region}",
            )
