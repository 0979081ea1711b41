"""`build`: folder, Dockerfile and stage of an image that `pulumi up` builds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from components.compute.build_context import context_files, dockerfile_of
from settings.compute.image import Build
from settings.model import Fault
from settings.names import meant
from settings.repository_paths import ROOT, inside
from settings.rules.registry import reads, service_key
from settings.stack import Settings

_STAGE = re.compile(r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*\S+(?:[ \t]+AS[ \t]+(\S+))?", re.IGNORECASE | re.MULTILINE)
_LARGEST_DOCKERFILE = 1024 * 1024


@reads("compute")
def _files(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.build is not None:
            for fault in _faults(service.build):
                yield Fault(service_key(name, f"build.{fault.key}"), fault.reason)


@reads("region", "compute")
def _pushed_elsewhere(settings: Settings) -> Iterator[Fault]:
    """awsx signs in to the registry of the provider's region."""
    for name, service in settings.compute.services.items():
        place = service.repository.place if service.build is not None and service.repository is not None else None
        if place is not None and place.region != settings.region:
            yield Fault(
                service_key(name, "repository.existing"),
                f"is in {place.region}, and `build` pushes to {settings.region} only; name a repository there, or push "
                "by other means and write tag instead of build",
            )


def _faults(build: Build) -> Iterator[Fault]:
    outside = list(_outside(build))
    if outside:
        yield from outside
        return
    context, dockerfile = inside(build.context), dockerfile_of(build)
    if not context.is_dir():
        yield Fault(
            "context", f"{build.context!r} is not a folder of the repository; write the folder's path from the root"
        )
    elif not dockerfile.is_file():
        yield _no_dockerfile(build, context)
    else:
        yield from _target_faults(build, dockerfile)
        yield from _context_faults(build)


def _outside(build: Build) -> Iterator[Fault]:
    """Paths that lead out of the repository; by default the Dockerfile is the context's."""
    try:
        inside(build.context)
    except ValueError as error:
        yield Fault("context", str(error))
        if build.dockerfile is None:
            return
    try:
        dockerfile_of(build)
    except ValueError as error:
        yield Fault("context" if build.dockerfile is None else "dockerfile", str(error))


def _no_dockerfile(build: Build, context: Path) -> Fault:
    if build.dockerfile is None:
        return Fault(
            "context",
            f"{build.context!r} holds no Dockerfile; add one, or name it by its path from the root in build.dockerfile",
        )
    fix = "write the Dockerfile's path from the root"
    if (context / build.dockerfile).is_file():
        fix = f"write its path from the root: {_shown(context / build.dockerfile)}"
    return Fault("dockerfile", f"{build.dockerfile!r} is not a file of the repository; {fix}")


def _target_faults(build: Build, dockerfile: Path) -> Iterator[Fault]:
    """Docker builds a stage by its name, whatever the case, or by its number."""
    with dockerfile.open("rb") as file:
        text = file.read(_LARGEST_DOCKERFILE + 1).decode(errors="replace")
    if len(text) > _LARGEST_DOCKERFILE:
        yield Fault("dockerfile", f"{_shown(dockerfile)} is larger than 1 MiB, the most that is read; shorten it")
        return
    stages = [match[1] for match in _STAGE.finditer(text)]
    names = [stage.lower() for stage in stages if stage]
    target = (build.target or "").lower()
    if not target or not stages or target in names or target in map(str, range(len(stages))):
        return
    fix = meant(target, names, "remove it, since no stage there has a name")
    yield Fault("target", f"{build.target!r} is not a stage of {_shown(dockerfile)}; {fix}")


def _context_faults(build: Build) -> Iterator[Fault]:
    try:
        for _ in context_files(build):
            pass
    except ValueError as error:
        yield Fault("context", str(error))


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
