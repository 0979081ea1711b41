"""`build`: folder and Dockerfile of an image that `pulumi up` builds."""

from __future__ import annotations

from collections.abc import Iterator

from settings.files import ROOT
from settings.model import Fault
from settings.rules.registry import reads, service_key
from settings.stack import Settings


@reads("compute")
def _files(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        build = service.build
        if build is None:
            continue
        if not (ROOT / build.context).is_dir():
            yield Fault(
                service_key(name, "build.context"),
                f"{build.context!r} is not a folder of the repository; write the folder's path from the root",
            )
        if build.dockerfile is not None and not (ROOT / build.dockerfile).is_file():
            yield Fault(
                service_key(name, "build.dockerfile"),
                f"{build.dockerfile!r} is not a file of the repository; write the Dockerfile's path from the root",
            )
