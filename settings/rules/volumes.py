"""`volumes` and `data.file_systems`: access points, and who writes through them."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.names import meant
from settings.rules.registry import reads, service_key, workload_key
from settings.stack import Settings


@reads("compute", "data")
def _names_exist(settings: Settings) -> Iterator[Fault]:
    systems = settings.data.file_systems
    for path, workload in settings.compute.workloads.items():
        for i, volume in enumerate(workload.volumes):
            key = workload_key(path, f"volumes[{i}]")
            if volume.file_system not in systems:
                yield Fault(f"{key}.file_system", _unknown(volume.file_system, list(systems), "data.file_systems"))
                continue
            points = systems[volume.file_system].access_points
            if volume.access_point not in points:
                where = f"data.file_systems.{volume.file_system}.access_points"
                yield Fault(f"{key}.access_point", _unknown(volume.access_point, list(points), where))


@reads("compute")
def _one_writer(settings: Settings) -> Iterator[Fault]:
    writers: dict[str, str] = {}
    for name, service in settings.compute.services.items():
        for i, volume in enumerate(service.volumes):
            if volume.read_only:
                continue
            first = writers.setdefault(volume.name, name)
            if first != name:
                yield Fault(
                    service_key(name, f"volumes[{i}].access_point"),
                    f"{volume.access_point} is written by {first} already, and two writers corrupt each other's files; "
                    "give it its own access point, or mount it read_only",
                )


@reads("data")
def _one_directory_each(settings: Settings) -> Iterator[Fault]:
    for name, system in settings.data.file_systems.items():
        owners: dict[str, str] = {}
        for point_name, point in system.access_points.items():
            directory = point.path or f"/{point_name}"
            first = owners.setdefault(directory, point_name)
            if first != point_name:
                yield Fault(
                    f"data.file_systems.{name}.access_points.{point_name}.path",
                    f"{directory} is the directory of {first} already; choose another",
                )


@reads("environment", "data")
def _prod(settings: Settings) -> Iterator[Fault]:
    for name, system in settings.data.file_systems.items():
        if settings.environment == "prod" and not system.own_backup and not system.backup_plan:
            yield Fault(
                f"data.file_systems.{name}.backup",
                "is false, and lost files cannot be restored; write true in prod, or backup_plan: true",
                True,
            )


def _unknown(name: str, there: list[str], where: str) -> str:
    return f"{name!r} is not in {where}; {meant(name, there, f'add it to {where}')}"
