"""The stacks that the cases are planned in: wide ones, with an entry for each case, and small ones of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from preview.plan import Phase
from preview.stackfile import StackFile
from settings.aws_config import AwsConfig
from tests.matrix.knobs import ENTRIES, knobs
from tests.matrix.values import ABSENT, Case, Patch
from tests.recording import plan_of
from tests.stacks import AUTONAMING

__all__ = ["BASES", "PREFIXES", "apart", "named", "phase", "wide"]

_IMAGE = {"image": "example/app:1", "architecture": "arm64"}
_LISTENING = {**_IMAGE, "port": 8000}
_USER = {"uid": 1000, "gid": 1000}
_TABLE = {"attributes": {"id": "string"}, "partition_key": "id"}

BASES: dict[str, dict[str, Any]] = {
    "data.file_systems": {"access_points": {"state": _USER}},
    "data.tables": _TABLE,
    "compute.services": _LISTENING,
    "compute.tasks": _IMAGE,
    "compute.schedules": {"task": "job", "cron": "0 3 * * ? *", "command": ["{name}"]},
}
"""What an entry must say at least."""

PREFIXES: dict[str, str] = dict(
    zip(ENTRIES, ("pg", "re", "fs", "bu", "qu", "sec", "tb", "s", "t", "at", "M"), strict=True)
)

_NETWORK = {"zones": ["us-east-1a", "us-east-1b"]}
_CERTIFICATE = {"load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z0EXAMPLE1ONE"}}}
_CONFIG = {"keys:one": "canary-one", "keys:two": "canary-two", "keys:three": "canary-three"}

_WIDE: dict[str, Any] = {
    "environment": "dev",
    "networking": _NETWORK,
    "edge": _CERTIFICATE,
    "observability": {"dashboards": "none", "custom_metrics": {"App/One": {}, "App/Two": {}}},
    "data": {
        "postgres": {"db": {"backup_plan": True}, "other-db": {}},
        "redis": {"cache": {}},
        "queues": {"jobs": {}, "letters": {}, "orders": {}},
        "buckets": {"documents": {}},
        "secrets": {"one": {}, "other": {}},
        "tables": {"usage": _TABLE},
        "backup": {},
        "file_systems": {
            name: {"access_points": {"state": _USER, "other": _USER, "third": _USER}}
            for name in ("shared", "second-fs", "third-fs")
        },
    },
    "compute": {
        "services": {
            name: {**_LISTENING, "image": f"example/{name}:1", "discovery": name == "found"}
            for name in ("found", "other", "third")
        },
        "tasks": dict.fromkeys(("job", "second-job", "third-job"), _IMAGE),
    },
}

_SMALL: dict[str, Any] = {
    "environment": "dev",
    "networking": _NETWORK,
    "edge": _CERTIFICATE,
    "data": {"postgres": {"main": {}}},
    "compute": {
        "services": {
            "api": {
                **_LISTENING,
                "connects_to": ["main"],
                "route": {"paths": ["/*"], "health": "/health"},
                "deploy": {"strategy": "blue-green"},
            }
        }
    },
}


def phase(areas: Mapping[str, Any], stack: str = "matrix") -> Phase:
    """The stack as it is deployed."""
    values = {"aws:region": "us-east-1", **AUTONAMING, **_CONFIG}
    for name, value in areas.items():
        ours = name not in AwsConfig.model_fields
        key = f"agent-platform:{name}" if ours else f"aws:{_camel(name)}"
        written = value if ours or isinstance(value, str) else [_role(item) for item in value]
        values[key] = written if isinstance(written, str) else json.dumps(written)
    return _recorded(stack, json.dumps(values))


def _role(item: Any) -> Any:
    """An item of a list of `aws:`, with the names that the stack file has."""
    return {_camel(name): value for name, value in item.items()} if isinstance(item, dict) else item


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


@lru_cache(maxsize=8)
def _recorded(stack: str, values: str) -> Phase:
    """Many cases have the same plan without their knob, one after the other."""
    file = StackFile(stack=stack, path=Path("matrix.yaml"), values=json.loads(values), secret_keys=tuple(_CONFIG))
    return plan_of(file).phases["deployed"]


def named(cases: Iterable[Case]) -> dict[str, Case]:
    """Each case of an entry, by the path of its entry in the wide stack."""
    found: dict[str, Case] = {}
    for case in cases:
        kind = knobs()[case.knob].entry
        number = sum(path.startswith(f"{kind}.") for path in found)
        found[f"{kind}.{PREFIXES[kind]}{number:03d}"] = case
    return found


def wide(entries: Mapping[str, Case], plan: int, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The areas of a stack with an entry for each case, that has the value of this plan."""
    areas = deepcopy(_WIDE)
    _merge(areas, more or {})
    for path, case in entries.items():
        area, kind, name = path.split(".")
        there = areas.setdefault(area, {}).setdefault(kind, {})
        there[name] = _filled(_entry(case, plan), name)
        for volume in there[name].get("volumes", ()):
            if volume["access_point"] == name:
                areas["data"]["file_systems"]["shared"]["access_points"][name] = _USER
    return areas


def apart(case: Case, plan: int) -> dict[str, Any]:
    """The areas of a small stack with the value of this plan."""
    knob = knobs()[case.knob]
    if knob.entry:
        path = next(iter(named([case])))
        return wide({path: case}, plan, {"observability": {"dashboards": "stack"}})
    areas = deepcopy(_SMALL)
    _set(areas, case, plan, knob.path, knob.optional)
    return areas


def _entry(case: Case, plan: int) -> dict[str, Any]:
    knob = knobs()[case.knob]
    entry = deepcopy(BASES.get(knob.entry, {}))
    prefix = f"{knob.entry}.*."
    _set(entry, case, plan, knob.within, tuple(path.removeprefix(prefix) for path in knob.optional))
    return entry


def _set(values: dict[str, Any], case: Case, plan: int, path: str, optional: tuple[str, ...]) -> None:
    for model in optional:
        if "*" not in model and "[" not in model and model != "edge.amplify":
            _put(values, model, {}, keep=True)
    if path.startswith("edge.amplify."):
        _merge(values, {"edge": {"amplify": {"branches": {"main": {}}}}})
    _merge(values, case.beside)
    value = case.values[plan]
    if isinstance(value, Patch):
        _merge(values, value)
    elif value is not ABSENT:
        _put(values, path, deepcopy(value))


def _put(values: Any, path: str, value: Any, *, keep: bool = False) -> None:
    """Write at the path; `*` is the only key that is there, `[]` the first item. `keep` leaves what is there."""
    *parents, last = path.replace("[]", ".0").split(".")
    for part in parents:
        if isinstance(values, list):
            values = values[int(part)]
        elif part == "*":
            (key,) = values
            values = values[key]
        else:
            values = values.setdefault(part, {})
    if not (keep and last in values):
        values[last] = value


def _merge(values: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(values.get(key), dict):
            _merge(values[key], value)
        else:
            values[key] = deepcopy(dict(value)) if isinstance(value, Mapping) else deepcopy(value)


def _filled(value: Any, name: str) -> Any:
    """The value with the entry's name in place of `{name}`."""
    if isinstance(value, dict):
        return {_filled(key, name): _filled(item, name) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, name) for item in value]
    return value.replace("{name}", name) if isinstance(value, str) else value
