"""Configuration files: what can be kept in parameters."""

from __future__ import annotations

from collections.abc import Iterator

from settings.clear_text import looks_like_value
from settings.files import content
from settings.model import Fault
from settings.rules.registry import reads, workload_key
from settings.stack import Settings


@reads("compute")
def _files(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for file, source in workload.files.items():
            key = workload_key(path, f"files.{file}")
            try:
                text = content(source)
            except ValueError as error:
                yield Fault(key, str(error))
                continue
            if looks_like_value(text):
                yield Fault(
                    key,
                    "holds what looks like a secret in the clear (it is not shown); "
                    "take it from an environment variable under secrets",
                )
