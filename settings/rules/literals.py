"""References to what the stack has, in texts where nobody fills them in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from settings.data import DataUses
from settings.data.uses import marks
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
    "services": _CONNECT,
    "postgres": _CONNECT,
    "redis": _CONNECT,
    "secrets": "write secrets: {{{variable}: {name}}}, without it under environment",
    "file_systems": "write volumes: [{{file_system: {name}, …}}]",
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
    kind = _kind(settings, parts)
    if kind is None and name not in known:
        return
    fix = "outputs alone take references; write the value itself, once `up` has shown it"
    if kind is not None:
        variable = key.rpartition(".")[2] if _ENVIRONMENT.fullmatch(key) else "NAME"
        fix = _FIXES[kind].format(name=parts[1], variable=variable) if kind in _FIXES else _use(kind, parts[1])
    yield Fault(key, f"holds {written}, which nobody fills in: it stays as it is written; {fix}")


def _kind(settings: Settings, parts: Sequence[str]) -> str | None:
    """The kind of the entry that `parts` name, in the singular or as in the settings: bucket.events, buckets.events."""
    names: dict[str, Collection[str]] = {**settings.data.stores, "secrets": settings.secret_names}
    for kind, entries in {**names, "services": settings.compute.services}.items():
        if len(parts) > 1 and parts[0] in (kind, kind.removesuffix("s")) and parts[1] in entries:
            return kind
    return None


def _use(kind: str, name: str) -> str:
    """What a service or task writes to use a store, and the variable that it gets."""
    uses = [(field, mark) for field, mark in marks(DataUses) if mark.kind == kind]
    ways = [f"{field}: [{name}]" if mark.access else f"{field}: {{{name}: read-write}}" for field, mark in uses]
    return f"write {' or '.join(ways)}, which sets {uses[0][1].variable(name)}"
