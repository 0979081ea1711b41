"""Changes of a stack's settings, one decision each, for any stack file that has what they change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["EDITS", "apply"]

Areas = dict[str, Any]
Edit = Callable[[Areas], None]


class _HasNoneError(Exception):
    """The stack has nothing of the kind that is changed."""


def _first(areas: Areas, area: str, kind: str) -> dict[str, Any]:
    entries = areas.get(area, {}).get(kind)
    if not entries:
        raise _HasNoneError
    return next(iter(entries.values()))


def _put(area: str, *path: str, value: Any) -> Edit:
    """Set a value in an area, whether or not it stands there."""

    def edit(areas: Areas) -> None:
        inner = areas.setdefault(area, {})
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = value

    return edit


def _change(area: str, kind: str, *path: str, value: Any) -> Edit:
    """Set a value of the first entry of a kind."""

    def edit(areas: Areas) -> None:
        _put("entry", *path, value=value)({"entry": _first(areas, area, kind)})

    return edit


def _turn(area: str, kind: str, key: str, *, default: bool) -> Edit:
    """Turn a switch of the first entry of a kind the other way."""

    def edit(areas: Areas) -> None:
        entry = _first(areas, area, kind)
        entry[key] = not entry.get(key, default)

    return edit


def _only_with(area: str, key: str, edit: Edit) -> Edit:
    def guarded(areas: Areas) -> None:
        if key not in areas.get(area, {}):
            raise _HasNoneError
        edit(areas)

    return guarded


def _nat(areas: Areas) -> None:
    networking = areas["networking"]
    networking["nat"] = "single" if networking["nat"] == "per-zone" else "per-zone"


def _image(areas: Areas) -> None:
    service = _first(areas, "compute", "services")
    if "tag" in service:
        service["tag"] = "0123abc"
    else:
        service["image"] = service["image"].rpartition(":")[0] + ":9.9"


def _size(areas: Areas) -> None:
    _first(areas, "compute", "services").update(cpu=2048, memory=8192)


def _strategy(areas: Areas) -> None:
    deploy = _first(areas, "compute", "services").setdefault("deploy", {})
    shifted = deploy.pop("strategy", "rolling") != "rolling"
    deploy.pop("bake_minutes", None)
    if not shifted:
        deploy |= {"strategy": "blue-green", "bake_minutes": 5}


def _redirect(areas: Areas) -> None:
    balancer = areas["edge"].get("load_balancer", {})
    if "certificate" not in balancer:
        raise _HasNoneError
    balancer["redirect_http"] = not balancer.get("redirect_http", True)


_IMAGE = {"image": "public.ecr.aws/docker/library/busybox:1.37", "architecture": "arm64", "cpu": 256, "memory": 512}
_BALANCER, _API = "load_balancer", "http_api"

EDITS: dict[str, Edit] = {
    "NAT gateways": _nat,
    "which traffic is logged": _put("networking", "flow_logs", "traffic", value="ACCEPT"),
    "days of the flow log": _put("networking", "flow_logs", "log_retention_days", value=3),
    "class of the database": _change("data", "postgres", "instance", value="db.t4g.medium"),
    "storage of the database": _change("data", "postgres", "storage_gb", value=80),
    "slow statements": _change("data", "postgres", "log_min_duration_ms", value=777),
    "a parameter": _change("data", "postgres", "parameters", value={"work_mem": "8192"}),
    "class of the cache": _change("data", "redis", "node", value="cache.t4g.medium"),
    "a secret": _put("data", "secrets", "one-more", value={"description": "One more key"}),
    "a description": _change("data", "secrets", "description", value="Another description"),
    "a bucket": _put("data", "buckets", "more", value={"access_logs": False}),
    "lifecycle of the bucket": _change("data", "buckets", "lifecycle", "noncurrent_days", value=45),
    "a queue": _put("data", "queues", "jobs", value={}),
    "size of the task": _size,
    "most tasks": _change("compute", "services", "replicas", "max", value=9),
    "a variable": _change("compute", "services", "environment", "ONE_MORE", value="yes"),
    "health check": _change("compute", "services", "route", "health", value="/ready"),
    "another image": _image,
    "a shell in tasks": _turn("compute", "services", "exec", default=False),
    "time of a request": _change("compute", "services", "request_timeout_s", value=25),
    "strategy": _strategy,
    "port": _change("compute", "services", "port", value=8181),
    "a task": _put("compute", "tasks", "one-more", value=_IMAGE),
    "insights": _put("compute", "insights", value="enhanced"),
    "days of logs": _put("observability", "log_retention_days", value=60),
    "an address": _put("observability", "emails", value=["one-more@example.com"]),
    "a budget": _put("observability", "budget", value={"monthly_usd": 77}),
    "a threshold": _put("observability", "alarms", "database_cpu_percent", value=55),
    "no dashboards": _put("observability", "dashboards", value="none"),
    "throttling": _only_with("edge", _API, _put("edge", _API, "throttle", value={"rate": 7, "burst": 9})),
    "days of the API's log": _only_with("edge", _API, _put("edge", _API, "log_retention_days", value=60)),
    "redirection to HTTPS": _redirect,
}
"""By what they change."""


def apply(edit: str, areas: Areas) -> bool:
    """Change the areas in place; whether the stack has what the edit changes."""
    try:
        EDITS[edit](areas)
    except _HasNoneError:
        return False
    return True
