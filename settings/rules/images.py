"""Images that tasks of several architectures share."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.image import architecture_fault
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


@reads("compute")
def _helpers(settings: Settings) -> Iterator[Fault]:
    workloads = settings.compute.workloads
    helpers = (
        ("files_image", settings.compute.files_image, {p: w for p, w in workloads.items() if w.files}),
        ("collector_image", settings.compute.collector_image, {p: w for p, w in workloads.items() if w.traced}),
    )
    for key, image, users in helpers:
        for path, workload in users.items():
            if reason := architecture_fault(image, workload.architecture):
                yield Fault(f"compute.{key}", f"{reason} (it runs beside {path})")
                break
