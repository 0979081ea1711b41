"""Checks of what is mounted into a container: no path inside of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import PurePosixPath

from settings.compute.volumes import Volume
from settings.model import Fault

__all__ = ["EXEC_PATHS", "directories", "mount_faults"]

# The agent of ECS Exec writes here (aws/containers-roadmap#1359); bind mounts, since it puts its own files there.
EXEC_PATHS = {
    "exec-agent": "/managed-agents",
    "exec-state": "/var/lib/amazon/ssm",
    "exec-logs": "/var/log/amazon/ssm",
}


def directories(paths: Iterable[str]) -> list[str]:
    """The directories that hold the files at `paths`; one that lies inside of another goes with it."""
    outermost: list[str] = []
    for parent in sorted({PurePosixPath(path).parent for path in paths}):
        if not any(parent.is_relative_to(outer) for outer in outermost):
            outermost.append(str(parent))
    return outermost


def mount_faults(
    writable: Sequence[str], volumes: Sequence[Volume], files: Sequence[str], *, with_exec: bool
) -> Iterator[Fault]:
    """Paths that are mounted twice, or inside of one another, where one would hide the other."""
    if len(set(writable)) < len(writable):
        yield Fault("writable", "names a path twice; list each once", list(dict.fromkeys(writable)))
    for path in files:
        if str(PurePosixPath(path).parent) == "/":
            yield Fault(f"files.{path}", "lies in /, which cannot be mounted over; choose a directory such as /etc/app")
        elif any(PurePosixPath(path) in PurePosixPath(other).parents for other in files):
            yield Fault(f"files.{path}", "is a directory of another file; rename one of them")
    mounted = [(f"volumes[{i}].path", volume.path) for i, volume in enumerate(volumes)]
    mounted += [("writable", path) for path in dict.fromkeys(writable)]
    mounted += [("files", path) for path in directories(files) if path != "/"]
    mounted += [("exec", path) for path in EXEC_PATHS.values()] if with_exec else []
    for (key, path), (other_key, other) in combinations(mounted, 2):
        if PurePosixPath(other).is_relative_to(path) or PurePosixPath(path).is_relative_to(other):
            yield Fault(key, f"mounts {path}, and {other_key} mounts {other}; one hides the other, choose another path")
    names = [volume.name for volume in volumes]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Fault(f"volumes[{i}]", "mounts an access point a second time; remove it")
