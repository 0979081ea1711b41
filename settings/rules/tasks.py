"""`compute.tasks`: names and images."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.names import nearest
from settings.rules.registry import reads, workload_key
from settings.stack import Settings


@reads("compute")
def _images(settings: Settings) -> Iterator[Fault]:
    services = settings.compute.services
    for name, task in settings.compute.tasks.items():
        if task.image_from is None:
            continue
        key = workload_key(f"tasks.{name}", "image_from")
        if task.image_from not in services:
            guess = nearest(task.image_from, list(services))
            yield Fault(
                key, f"{task.image_from!r} is not a service; " + (f"did you mean {guess}?" if guess else "name one")
            )
        elif services[task.image_from].architecture != task.architecture:
            yield Fault(
                workload_key(f"tasks.{name}", "architecture"),
                f"{task.architecture} does not run the image of {task.image_from}; "
                f"write {services[task.image_from].architecture}",
            )


@reads("compute")
def _names(settings: Settings) -> Iterator[Fault]:
    for name in sorted(set(settings.compute.tasks) & set(settings.compute.services)):
        yield Fault(f"compute.tasks.{name}", "a service has the same name, and with it the family; rename one")
