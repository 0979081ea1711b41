"""References to what the stack has, in texts where nobody fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from settings.files import text_of
from settings.model import Fault
from settings.references import references
from settings.rules.registry import reads, workload_key
from settings.stack import Settings
from settings.texts import placeholders, texts

_AREAS = ("compute", "data", "edge", "observability")
_ENVIRONMENT = re.compile(r".*\.environment\.\w+")
_CONNECT = "write connects_to: [{{to: {name}, env: {{{variable}: {{}}}}}}], which sets the variable"
_FIXES = {
    "service": _CONNECT,
    "postgres": _CONNECT,
    "redis": _CONNECT,
    "bucket": "write buckets: {{{name}: read-write}}, which sets {upper}_BUCKET",
    "queue": "write sends_to: [{name}] or consumes: [{name}], which sets {upper}_QUEUE_URL",
    "secret": "write secrets: {{{variable}: {name}}}, without it under environment",
    "file_system": "write volumes: [{{file_system: {name}, …}}]",
}


@reads(*_AREAS)
def _references(settings: Settings) -> Iterator[Fault]:
    known = set(references(settings))
    for area in _AREAS:
        for key, text in (*texts(getattr(settings, area), area), *(_files(settings) if area == "compute" else ())):
            for written, name in placeholders(text):
                yield from _fault(settings, known, key, written=written, name=name)
            if _ENVIRONMENT.fullmatch(key) and text in known:
                yield from _fault(settings, known, key, written=text, name=text)


def _files(settings: Settings) -> Iterator[tuple[str, str]]:
    """The texts of configuration files that are kept in files of the repository."""
    for path, workload in settings.compute.workloads.items():
        for target, source in workload.files.items():
            if source.file is not None:
                with suppress(ValueError):  # a file that is not there is another rule's fault
                    yield workload_key(path, f"files.{target}.file"), text_of(source)


def _fault(settings: Settings, known: set[str], key: str, *, written: str, name: str) -> Iterator[Fault]:
    parts = [part for part in re.split(r"[./:\[\]]", name) if part]
    if parts and parts[0] in _AREAS:
        parts = parts[1:]
    entries = {
        "service": settings.compute.services,
        "postgres": settings.data.postgres,
        "redis": settings.data.redis,
        "bucket": settings.data.buckets,
        "queue": settings.data.queues,
        "secret": settings.secret_names,
        "file_system": settings.data.file_systems,
    }
    kind = parts[0] if parts[:1] in (["postgres"], ["redis"]) else parts[0].removesuffix("s") if parts else ""
    named = kind in entries and len(parts) > 1 and parts[1] in entries[kind]
    if not named and name not in known:
        return
    fix = "outputs alone take references; write the value itself, once `up` has shown it"
    if named:
        variable = key.rpartition(".")[2] if _ENVIRONMENT.fullmatch(key) else "NAME"
        fix = _FIXES[kind].format(name=parts[1], variable=variable, upper=parts[1].upper().replace("-", "_"))
    yield Fault(key, f"holds {written}, which nobody fills in: it stays as it is written; {fix}")
