"""`networking.egress`: what services and tasks need outside of the network, where there is no NAT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from settings.model import Fault
from settings.networking.endpoints import foreign_image
from settings.rules.registry import reads, service_key, workload_key
from settings.stack import Settings


@reads("compute", "networking")
def _internet_access(settings: Settings) -> Iterator[Fault]:
    if settings.networking.closed_by is None or settings.networking.egress == "aws-only":
        return
    for path in settings.compute.workloads:
        yield Fault(
            "networking.egress",
            f"with nat: none, the {_called(path)} has no internet access; write aws-only if it needs none, "
            "or choose another nat",
        )
        return


@reads("region", "compute", "networking")
def _images(settings: Settings) -> Iterator[Fault]:
    closed_by = settings.networking.closed_by
    if closed_by is None:
        return
    for path, workload in settings.compute.workloads.items():
        reason = foreign_image(workload.image, settings.region)
        if reason:
            yield Fault(
                workload_key(path, "image"),
                f"{workload.image} {reason}, which is not reachable with {closed_by}; name a copy in an ECR "
                f"repository of {settings.region}, or {_opening(closed_by)}",
            )


@reads("region", "compute", "networking")
def _repositories(settings: Settings) -> Iterator[Fault]:
    closed_by = settings.networking.closed_by
    if closed_by is None:
        return
    for name, service in settings.compute.services.items():
        place = service.repository.place if service.repository else None
        if place is not None and place.region != settings.region:
            yield Fault(
                service_key(name, "repository.existing"),
                f"is in {place.region}, which is not reachable with {closed_by}; let ECR replicate it to "
                f"{settings.region}, or {_opening(closed_by)}",
            )


@reads("region", "compute", "networking")
def _files_image(settings: Settings) -> Iterator[Fault]:
    image = settings.compute.files_image
    users = [path for path, workload in settings.compute.workloads.items() if workload.files]
    yield from _shared_image(settings, "files_image", image, users, "the files of the {} need it")


@reads("region", "compute", "networking")
def _collector_image(settings: Settings) -> Iterator[Fault]:
    image = settings.compute.collector_image
    users = [path for path, workload in settings.compute.workloads.items() if workload.traced]
    yield from _shared_image(settings, "collector_image", image, users, "tracing of the {} needs it")


def _shared_image(settings: Settings, key: str, image: str, users: Sequence[str], need: str) -> Iterator[Fault]:
    """A shared image that cannot be pulled is reported once, with the first of its users."""
    reason, closed_by = foreign_image(image, settings.region), settings.networking.closed_by
    if closed_by is None or reason is None or not users:
        return
    yield Fault(
        f"compute.{key}",
        f"{image} {reason}, which is not reachable with {closed_by}, and {need.format(_called(users[0]))}; "
        f"name a copy in an ECR repository of {settings.region}",
    )


def _called(path: str) -> str:
    kind, _, name = path.partition(".")
    return f"{kind.removesuffix('s')} {name}"


def _opening(closed_by: str) -> str:
    """How to give access to the internet."""
    return "choose another nat" if closed_by == "nat: none" else "write egress: internet if the VPC has a route to it"
