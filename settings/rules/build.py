"""`build`: folder, Dockerfile and stage of an image that `pulumi up` builds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from components.compute.dockerignore import BadPatternError, ignore_file, read_patterns
from settings.compute.image import Build
from settings.files import ROOT
from settings.model import Fault
from settings.names import meant
from settings.rules.registry import reads, service_key
from settings.stack import Settings

_STAGE = re.compile(r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*\S+(?:[ \t]+AS[ \t]+(\S+))?", re.IGNORECASE | re.MULTILINE)


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
    context = ROOT / build.context
    if not context.is_dir():
        yield Fault(
            "context", f"{build.context!r} is not a folder of the repository; write the folder's path from the root"
        )
        return
    dockerfile = context / "Dockerfile" if build.dockerfile is None else ROOT / build.dockerfile
    if not dockerfile.is_file():
        yield _no_dockerfile(build, context)
        return
    yield from _target_faults(build, dockerfile)
    yield from _ignore_faults(context, dockerfile)


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
    stages = [match[1] for match in _STAGE.finditer(dockerfile.read_text(encoding="utf-8", errors="replace"))]
    names = [stage.lower() for stage in stages if stage]
    target = (build.target or "").lower()
    if not target or not stages or target in names or target in map(str, range(len(stages))):
        return
    fix = meant(target, names, "remove it, since no stage there has a name")
    yield Fault("target", f"{build.target!r} is not a stage of {_shown(dockerfile)}; {fix}")


def _ignore_faults(context: Path, dockerfile: Path) -> Iterator[Fault]:
    ignoring = ignore_file(context, dockerfile)
    if ignoring is None:
        return
    path = _shown(ignoring)
    try:
        read_patterns(ignoring.read_text(encoding="utf-8"))
    except BadPatternError as error:
        yield Fault("context", f"{path}, {error}")
    except UnicodeDecodeError:
        yield Fault("context", f"{path} is not UTF-8 text; save it as UTF-8")


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
