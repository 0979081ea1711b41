"""The VPC endpoints that services and tasks need without internet access, and the free ones."""

from __future__ import annotations

import re

from settings.compute.workload import PENDING, Workload
from settings.stack import Settings

__all__ = ["GATEWAYS", "endpoints", "foreign_image", "needed_endpoints"]

GATEWAYS = frozenset({"dynamodb"})
"""Services with a gateway endpoint, beside S3's, which is always there; it is free."""

_ECR = re.compile(r"\d{12}\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/")


def endpoints(settings: Settings) -> tuple[str, ...]:
    """Endpoints that the stack creates, by short service name: those in settings, those that are needed and do not
    exist yet, and the gateways of the stores that are used; gateways of an existing VPC belong to its owner."""
    explicit, existing = settings.networking.endpoints, settings.networking.existing
    workloads = settings.compute.workloads.values()
    needed = {endpoint for workload in workloads for endpoint in needed_endpoints(settings, workload)}
    if settings.networking.egress != "aws-only":
        gateways = () if existing else needed & GATEWAYS
        return tuple(dict.fromkeys((*explicit, *sorted(gateways))))
    there = {*existing.endpoint_services, *GATEWAYS} if existing else set[str]()
    return tuple(sorted({*explicit, *needed} - there))


def needed_endpoints(settings: Settings, workload: Workload) -> frozenset[str]:
    """What the service or task cannot do without; layers of images come from S3, whose gateway is always there.

    Secrets, parameters, messages and objects are decrypted by the service that keeps them, and a task's credentials
    come from the machine that it runs on, so neither KMS nor STS is needed.
    """
    uses = {
        "ecr.api": True,
        "ecr.dkr": True,
        "logs": True,
        "secretsmanager": _reads_secrets(settings, workload),
        "ssm": bool(workload.files) or _reads(settings, workload, "parameter"),
        "ssmmessages": workload.exec,
        "monitoring": workload.publishes is not None,
        "xray": workload.traced,
    }
    stores = {use.endpoint for use in workload.uses if use.endpoint is not None}
    return frozenset({endpoint for endpoint, used in uses.items() if used} | stores)


def foreign_image(image: str | None, region: str) -> str | None:
    """Why `image` cannot be pulled without the internet, or None where it can, or comes from the stack itself."""
    if image is None or image == PENDING:
        return None
    match = _ECR.match(image)
    if match is None:
        return "is pulled over the internet"
    return None if match["region"] == region else f"is in {match['region']}, and endpoints lead to {region} only"


def _reads_secrets(settings: Settings, workload: Workload) -> bool:
    signs_in = any(target.uses_secret for _, target in settings.connections(workload))
    return signs_in or _reads(settings, workload, "secrets-manager")


def _reads(settings: Settings, workload: Workload, store: str) -> bool:
    return any(settings.secret(name).store == store for name, _ in workload.secret_refs.values())
