"""The interface endpoints that services and tasks need without internet access."""

from __future__ import annotations

import re

from settings.compute.workload import PENDING, Workload
from settings.stack import Settings

__all__ = ["foreign_image", "interface_endpoints", "needed_endpoints"]

_ECR = re.compile(r"\d{12}\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/")


def interface_endpoints(settings: Settings) -> tuple[str, ...]:
    """Interface endpoints that the stack creates, by short service name: those in settings, and those that are needed
    and do not exist yet."""
    explicit = settings.networking.endpoints
    if settings.networking.egress != "aws-only":
        return explicit
    workloads = settings.compute.workloads.values()
    needed = {endpoint for workload in workloads for endpoint in needed_endpoints(settings, workload)}
    existing = settings.networking.existing
    return tuple(sorted({*explicit, *needed}.difference(existing.endpoint_services if existing else ())))


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
        "sqs": bool(workload.queues),
        "xray": workload.traced,
    }
    return frozenset(endpoint for endpoint, used in uses.items() if used)


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
