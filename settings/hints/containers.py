"""Containers and stores that AWS takes and that seldom work: no /tmp, an image of another architecture, a new class."""

from __future__ import annotations

from collections.abc import Iterator

from settings.compute.image import named_architecture
from settings.hints.registry import hints_at
from settings.instance_classes import CACHE, DATABASE, family
from settings.model import Hint
from settings.names import nearest
from settings.stack import Settings


@hints_at
def _temporary_files(settings: Settings) -> Iterator[Hint]:
    for path, workload in settings.compute.workloads.items():
        if not workload.writable and not workload.volumes:
            yield Hint(
                f"compute.{path}.writable",
                "is empty, and the rest of the file system is read-only: most programs write temporary files; add "
                "writable: [/tmp]",
            )


@hints_at
def _architectures(settings: Settings) -> Iterator[Hint]:
    for path, workload in settings.compute.workloads.items():
        name = (workload.image or "").partition("@")[0].rpartition("/")[2].partition(":")[0]
        named = named_architecture(name)
        if named is not None and named != workload.architecture:
            yield Hint(
                f"compute.{path}.image",
                f"is called {name}, and architecture is {workload.architecture}: an image for {named} alone does not "
                "start; change one of the two",
            )


@hints_at
def _classes(settings: Settings) -> Iterator[Hint]:
    classes = [
        (f"postgres.{name}.instance", store.instance, DATABASE) for name, store in settings.data.postgres.items()
    ]
    classes += [
        (f"redis.{name}.node", store.node, CACHE)
        for name, store in settings.data.redis.items()
        if store.serverless is None
    ]
    for key, value, known in classes:
        if family(value) not in known:
            guess = nearest(family(value), list(known))
            yield Hint(
                f"data.{key}",
                f"{value} is of a family that is not known here, so that nobody checks whether it exists"
                + (f"; did you mean {value.replace(family(value), guess, 1)}?" if guess else ""),
            )
