"""What services and tasks need outside of the network, where there is no NAT."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings
from settings.workload import Workload


@reads("compute", "networking", "data")
def _way_out(settings: Settings) -> Iterator[Fault]:
    if settings.networking.nat != "none":
        return
    for path, workload in settings.compute.workloads.items():
        missing = sorted(_needed_endpoints(settings, workload) - set(settings.networking.endpoints))
        if missing:
            yield Fault(
                "networking.endpoints",
                f"with nat: none, the {_called(path)} cannot start without "
                f"{', '.join(missing)}; add them, or choose another nat",
            )
            return


@reads("compute", "networking")
def _files_image(settings: Settings) -> Iterator[Fault]:
    image = settings.compute.files_image
    if settings.networking.nat != "none" or ".dkr.ecr." in image:
        return
    for path, workload in settings.compute.workloads.items():
        if workload.files:
            yield Fault(
                "compute.files_image",
                f"{image} cannot be pulled with nat: none, and the files of the {_called(path)} need it; "
                "name a copy in an ECR repository",
            )
            return


def _called(path: str) -> str:
    kind, _, name = path.partition(".")
    return f"{kind.removesuffix('s')} {name}"


def _needed_endpoints(settings: Settings, workload: Workload) -> set[str]:
    needed = {"ecr.api", "ecr.dkr", "logs"}
    if workload.secrets or any(c.to in settings.data.postgres for c in workload.connects_to):
        needed.add("secretsmanager")
    if workload.files:
        needed.add("ssm")
    if workload.publishes is not None:
        needed.add("monitoring")
    return needed | ({"ssmmessages"} if workload.exec else set())
