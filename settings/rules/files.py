"""`files`: what SSM parameters can hold."""

from __future__ import annotations

from collections.abc import Iterator

from components.naming import logical_name
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
                    "contains what looks like a secret in plain text (it is not shown); "
                    "take it from an environment variable under secrets",
                )


@reads("compute")
def _one_parameter_each(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        names: dict[str, str] = {}
        for file in workload.files:
            first = names.setdefault(logical_name(file), file)
            if first != file:
                yield Fault(
                    workload_key(path, f"files.{file}"),
                    f"differs from {first} by case or punctuation only, and both would be one parameter; rename one",
                )
