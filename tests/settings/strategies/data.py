"""Random stores, queues, buckets and secrets."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.frame import ACCOUNT, LONGEST_WORK_S, Frame, maybe, some, some_of

__all__ = ["data"]

_DATABASES, _CACHES, _FILES = ["main", "other-of-18-chars"], ["cache", "valkey"], ["shared"]


@st.composite
def data(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    """The data area; names of queues and buckets may be those of other things."""
    queues = draw(some_of(["jobs", "letters", "api"], 3))
    plan = draw(st.booleans())
    area: dict[str, Any] = {
        "postgres": {name: draw(_postgres(frame, plan)) for name in draw(some_of(_DATABASES, 2))},
        "redis": {name: draw(_redis(frame)) for name in draw(some_of(_CACHES, 2))},
        "file_systems": {name: draw(_file_system(frame, plan)) for name in draw(some_of(_FILES, 1))},
        "queues": {name: draw(_queue(name == "letters")) for name in queues},
        "secrets": draw(some(_secrets(frame))),
    }
    told = [name for name in queues if name != "letters"]
    names = draw(some_of(["documents", "raw-pages", "api"], 2))
    area["buckets"] = {name: draw(_bucket(told, plan)) for name in names}
    area["tables"] = {name: draw(_table(plan)) for name in draw(some_of(["usage_logs", "api"], 2))}
    kinds = ("postgres", "file_systems", "buckets", "tables")
    stores = [store for kind in kinds for store in area[kind].values()]
    if any(store.get("backup_plan") for store in stores):
        area["backup"] = draw(_backup(frame))
    return area


@st.composite
def _postgres(draw: st.DrawFn, frame: Frame, plan: bool) -> dict[str, Any]:
    credentials = draw(st.sampled_from(["managed", "generated", "iam"]))
    snapshots = ["before", "rds:main-2026-11-20-03-10", f"arn:aws:rds:{frame.region}:{ACCOUNT}:snapshot:before"]
    moments: list[dict[str, str]] = [{"source": "main-old"}, {"source": "main-old", "at": "2026-11-20T12:00:00Z"}]
    sources: list[dict[str, Any]] = [{"snapshot": name} for name in snapshots]
    if credentials != "generated":
        sources += [{"point_in_time": moment} for moment in moments]
    return {
        "credentials": credentials,
        "multi_az": frame.prod or draw(st.booleans()),
        "backup_days": draw(st.integers(7 if frame.prod else 0, 35)),
        "backup_plan": plan and draw(st.booleans()),
        "version": draw(st.sampled_from(["15", "16", "17"])),
        "log_min_duration_ms": 100,
        **draw(maybe("restore_from", st.sampled_from(sources))),
        **draw(
            some(
                {
                    "performance_insights": st.just(False),
                    "max_storage_gb": st.just(200),
                    "parameters": st.just({"work_mem": "8192", "shared_preload_libraries": "pg_stat_statements"}),
                }
            )
        ),
        **(draw(maybe("proxy", st.sampled_from([{}, {"auth": "iam"}]))) if credentials == "managed" else {}),
    }


@st.composite
def _redis(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    first = draw(st.integers(1, 9))
    nodes = {
        "replicas": draw(st.integers(1 if frame.prod else 0, 5)),
        "auth": draw(st.sampled_from(["token", "rbac"])),
        **draw(maybe("parameters", st.just({"maxmemory-policy": "noeviction"}))),
    }
    limits = {"max_gb": draw(st.integers(1, 5000)), "max_ecpu_per_second": draw(st.integers(1000, 15_000_000))}
    return {
        **draw(st.sampled_from([{}, {"engine": "redis"}, {"version": "7.2"}])),
        **draw(st.sampled_from([nodes, {"serverless": {}}, {"serverless": limits, "auth": "rbac"}])),
        "snapshot_days": draw(st.integers(1 if frame.prod else 0, 35)),
        "tokens": [first, first + 1] if draw(st.booleans()) else [first],
    }


@st.composite
def _file_system(draw: st.DrawFn, frame: Frame, plan: bool) -> dict[str, Any]:
    planned = plan and draw(st.booleans())
    return {
        "backup_plan": planned,
        "access_points": {"state": {"uid": 1000, "gid": 1000}, "public": {"uid": 0, "gid": 0, "path": "/srv/public"}},
        **draw(some({"throughput": st.just(20), "ia_after_days": st.sampled_from([None, 7])})),
        **({} if frame.prod else draw(maybe("backup", st.booleans()))),
    }


@st.composite
def _queue(draw: st.DrawFn, fifo: bool) -> dict[str, Any]:
    days = st.integers(4, 14 if fifo else 13)
    return {
        "visibility_timeout_s": LONGEST_WORK_S,
        "fifo": fifo,
        **draw(some({"retention_days": days, "max_receives": st.integers(2, 9), "delay_s": st.just(5)})),
        **(draw(maybe("content_deduplication", st.booleans())) if fifo else {}),
    }


@st.composite
def _bucket(draw: st.DrawFn, queues: list[str], plan: bool) -> dict[str, Any]:
    planned, logged = plan and draw(st.booleans()), draw(st.booleans())
    archive = draw(st.sampled_from([None, 90, 400]))
    lifecycle: dict[str, Any] = {
        "ia_after_days": draw(st.sampled_from([None, 30, 60])),
        "archive_after_days": archive,
        "expire_after_days": draw(st.sampled_from([None, 490, 3650])),
    }
    if archive and not planned:
        lifecycle["archive"] = draw(st.sampled_from(["instant", "flexible"]))
    told: list[Any] = [{"queue": name, "prefix": f"{name}/", "events": ["created", "removed"]} for name in queues]
    return {
        "versioned": planned or draw(st.booleans()),
        "backup_plan": planned,
        "access_logs": logged,
        "lifecycle": lifecycle,
        "notifications": draw(st.sampled_from([[], told, *queues])),
        **draw(maybe("cors", st.just({"origins": ["https://app.example.com", "http://localhost:3000"]}))),
        **(draw(maybe("log_retention_days", st.just(30))) if logged else {}),
    }


@st.composite
def _table(draw: st.DrawFn, plan: bool) -> dict[str, Any]:
    index = {"partition_key": "kind", "sort_key": draw(st.sampled_from([None, "at"]))}
    projection = draw(st.sampled_from(["all", "keys", ["total", "status"]]))
    indexed = draw(st.booleans())
    units = st.integers(1, 100)
    reads, writes = draw(units), draw(units)
    scaled = [] if indexed else [{"read": {"min": reads, "max": reads + 50}, "write": writes, "target_percent": 50}]
    return {
        "attributes": {
            "id": "string",
            "at": "number",
            **({"kind": draw(st.sampled_from(["string", "binary"]))} if indexed else {}),
        },
        "partition_key": "id",
        "sort_key": "at",
        "indexes": {"by_kind": {**index, "projection": projection}} if indexed else {},
        "backup_plan": plan and draw(st.booleans()),
        **draw(maybe("capacity", st.sampled_from([{"read": reads, "write": writes}, *scaled]))),
        **draw(maybe("ttl", st.sampled_from(["expires_at", {"attribute": "expires_at", "enabled": False}]))),
        **draw(some({"recovery_days": st.integers(1, 35), "alarm_throttled": st.integers(1, 1000)})),
    }


def _secrets(frame: Frame) -> dict[str, st.SearchStrategy[Any]]:
    remind = maybe("remind_days", st.just(90))
    store = maybe("store", st.just("parameter"))
    value = st.sampled_from([{}, {"from_config": "keys:one"}, {"generate": 40}])
    whole = st.tuples(store, value, remind).map(lambda parts: {k: v for part in parts for k, v in part.items()})
    return {"one": whole, "api": whole, "two": remind, "api/deep-er_key": whole}


@st.composite
def _backup(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    cold = {"keep_days": 120, "cold_after_days": 30}
    other = "eu-west-1" if frame.region != "eu-west-1" else "us-west-2"
    copy = st.sampled_from([{"region": other}, {"region": other, **cold}])
    return {**draw(st.sampled_from([{"keep_days": 35}, cold])), **draw(maybe("copy_to", copy))}
