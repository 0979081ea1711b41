"""Values of the settings of `data`."""

from __future__ import annotations

from tests.matrix.values import Case, Patch, of

__all__ = ["ROWS"]

_POINT = {"restore_from": {"point_in_time": {"source": "main-old"}}}
_ORIGINS = ["https://a.example.com", "https://b.example.com"]
_CORS = {"cors": {"origins": _ORIGINS[:1]}}
_NOTIFIED = {"notifications": [{"queue": "jobs"}]}
_USER = {"uid": 1000, "gid": 1000}
_PLANNED = {"data": {"postgres": {"main": {"backup_plan": True}}}}
_COPIED = {"data": {**_PLANNED["data"], "backup": {"copy_to": {"region": "us-west-2"}}}}
_COLD = {"keep_days": 200}

_POSTGRES: dict[str, Case | tuple[Case, ...]] = {
    "version": of("17", "18", raises=True),
    "instance": of("db.t4g.small", "db.m7g.large"),
    "storage_gb": (
        of(400, 500, raises=True),
        of(100, 399, note="below 400", raises=True),
        of(500, 600, note="above 400", absent=400, raises=True),
    ),
    "max_storage_gb": of(200, 300),
    # In a protected stack, the login changes in the window unless `apply` says otherwise.
    "credentials": of("generated", "iam", {"apply": "now"}),
    "database": of("shop", "other"),
    "username": of("owner", "other_owner"),
    "backup_days": (of(8, 9), of(0, 14, note="off")),
    "backup_window": of("01:00-02:00", "02:00-03:00"),
    "maintenance_window": of("mon:08:00-mon:09:00", "tue:08:00-tue:09:00"),
    "parameters": of({"work_mem": "8192"}, {"work_mem": "16384", "max_connections": "200"}),
    "log_min_duration_ms": of(500, -1),
    "proxy": of({}, {"auth": "iam"}),
    "restore_from": of({"snapshot": "before"}, _POINT["restore_from"]),
    "restore_from.snapshot": of("second", "third", absent="first"),
    "restore_from.point_in_time": of({"source": "second-old"}, {"source": "third-old"}, absent={"source": "main-old"}),
    "restore_from.point_in_time.source": of("second-old", "third-old", _POINT, absent="main-old"),
    "restore_from.point_in_time.at": of("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z", _POINT),
}

_REDIS: dict[str, Case | tuple[Case, ...]] = {
    "engine": (of("redis", "valkey"), of("redis", "valkey", {"serverless": {}}, note="serverless")),
    "version": (of("8.1", "8.2"), of("9.0", "8.0", {"serverless": {}}, note="serverless")),
    "serverless": of({}, {"max_gb": 2}),
    "auth": of("rbac", "token", {"apply": "now"}),
    "node": of("cache.t4g.small", "cache.m7g.large"),
    "snapshot_days": (of(8, 9), of(0, 9, note="off"), of(0, 9, {"serverless": {}}, note="serverless")),
    "snapshot_window": (
        of("01:00-02:00", "02:00-03:00"),
        of("01:00-02:00", "02:00-03:00", {"serverless": {}}, note="serverless"),
    ),
    "maintenance_window": of("mon:08:00-mon:09:00", "tue:08:00-tue:09:00"),
    "parameters": of({"maxmemory-policy": "noeviction"}, {"maxmemory-policy": "allkeys-lru", "timeout": "60"}),
    "tokens": (
        of([1, 2], [2]),
        of([1, 2], [2], {"auth": "rbac"}, note="rbac"),
        of([1, 2], [2], {"serverless": {}}, note="serverless"),
    ),
}

_FILES: dict[str, Case | tuple[Case, ...]] = {
    "throughput": of(20, 30),
    "ia_after_days": of(7, None),
    "access_points": of(
        {"state": _USER, "more": _USER}, {"state": _USER, "more": _USER, "other": _USER}, absent={"state": _USER}
    ),
    "access_points.*.uid": of(1001, 1002, absent=1000),
    "access_points.*.gid": of(1001, 1002, absent=1000),
    "access_points.*.permissions": of("0700", "0755"),
    "access_points.*.path": of("/a", "/b"),
}

_BUCKETS: dict[str, Case | tuple[Case, ...]] = {
    "lifecycle.ia_after_days": of(30, 60),
    "lifecycle.archive_after_days": of(90, 180),
    "lifecycle.archive": of("flexible", "instant", {"lifecycle": {"archive_after_days": 90}}),
    "lifecycle.expire_after_days": of(365, 730),
    "cors": of({"origins": _ORIGINS[:1]}, {"origins": _ORIGINS}),
    "cors.origins": of(_ORIGINS[1:], _ORIGINS, _CORS, absent=_ORIGINS[:1]),
    "cors.methods": of(["GET"], ["GET", "HEAD"], _CORS),
    "cors.headers": of(["content-type"], ["x-first"], _CORS),
    "cors.expose": of(["ETag", "x-first"], ["x-first"], _CORS),
    "cors.max_age_s": of(60, 0, _CORS),
    "notifications": of("jobs", [{"queue": "jobs", "prefix": "a/"}, {"queue": "letters", "prefix": "b/"}]),
    "notifications[].queue": of("letters", "orders", _NOTIFIED, absent="jobs"),
    "notifications[].events": of(["removed"], ["created", "removed"], _NOTIFIED),
    "notifications[].prefix": of("a/", "b/", _NOTIFIED),
    "notifications[].suffix": of(".pdf", ".png", _NOTIFIED),
}

_QUEUES: dict[str, Case | tuple[Case, ...]] = {
    "visibility_timeout_s": of(180, 240),
    "content_deduplication": of(True, False, {"fifo": True}),
    "delay_s": of(5, 0),
}

_SECRETS: dict[str, Case | tuple[Case, ...]] = {
    "store": (of("parameter", "secrets-manager"), of("parameter", "secrets-manager", {"generate": 20}, note="made")),
    "description": (of("a", "b"), of("a", "b", {"store": "parameter"}, note="parameter")),
    "from_config": (of("keys:one", "keys:two"), of("keys:one", "keys:two", {"store": "parameter"}, note="parameter")),
    "generate": (of(20, 40), of(20, 40, {"store": "parameter"}, note="parameter")),
    "remind_days": of(90, 30),
}

_INDEXED = {
    "attributes": {"second": "string", "third": "string"},
    "indexes": {f"by_{name}": {"partition_key": name} for name in ("id", "second", "third")},
}
_SORTED = {
    "attributes": {"second": "string"},
    "sort_key": "second",
    "indexes": {"by_id": {"partition_key": "id"}},
}
_SCALED = {"capacity": {"read": {"min": 5, "max": 10}, "write": {"min": 5, "max": 10}}}
_FIXED = {"capacity": {"read": 5, "write": 5}}
_TTL = {"ttl": {"attribute": "expires_at"}}

_TABLES: dict[str, Case | tuple[Case, ...]] = {
    "attributes": of(
        Patch({"attributes": {"plan": "string"}, "indexes": {"by_plan": {"partition_key": "plan"}}}),
        Patch(
            {
                "attributes": {"plan": "string", "at": "number"},
                "indexes": {"by_plan": {"partition_key": "plan", "sort_key": "at"}},
            }
        ),
    ),
    "partition_key": of("second", "third", _INDEXED, absent="id"),
    "sort_key": of("second", "third", _INDEXED),
    "indexes": of(
        {"by_id": {"partition_key": "id"}}, {"by_id": {"partition_key": "id"}, "other": {"partition_key": "id"}}
    ),
    "indexes.*.partition_key": of("second", "id", _SORTED, absent="id"),
    "indexes.*.sort_key": of("second", None, _SORTED),
    "indexes.*.projection": of("keys", ["status"], _SORTED),
    "ttl": of("expires_at", {"attribute": "expires_at", "enabled": False}),
    "ttl.attribute": of("second_at", "third_at", {"ttl": {"enabled": False}}, absent="expires_at"),
    "ttl.enabled": of(False, True, _TTL),
    "capacity": of(_FIXED["capacity"], _SCALED["capacity"]),
    "capacity.read": of(6, {"min": 5, "max": 10}, _FIXED, absent=5),
    "capacity.write": of(6, {"min": 5, "max": 10}, _FIXED, absent=5),
    "capacity.read.min": of(6, 7, _SCALED, absent=5),
    "capacity.read.max": of(11, 12, _SCALED, absent=10),
    "capacity.write.min": of(6, 7, _SCALED, absent=5),
    "capacity.write.max": of(11, 12, _SCALED, absent=10),
    "capacity.target_percent": of(60, 80, _SCALED),
}

_STACK: dict[str, Case | tuple[Case, ...]] = {
    "data.backup": of(
        Patch({"data": {"backup": {}, "postgres": {"main": {"backup_plan": True}}}}),
        Patch({"data": {"backup": {"at": "08:00"}, "postgres": {"main": {"backup_plan": True}}}}),
    ),
    "data.backup.at": of("08:00", "09:00", _PLANNED),
    "data.backup.cold_after_days": of(30, 60, {"data": {**_PLANNED["data"], "backup": _COLD}}),
    "data.backup.keep_days": of(40, 50, _PLANNED),
    "data.backup.copy_to": of({"region": "us-west-2"}, {"region": "us-west-2", "keep_days": 40}, _PLANNED),
    "data.backup.copy_to.region": of("us-east-2", "eu-west-1", _COPIED, absent="us-west-2"),
    "data.backup.copy_to.keep_days": of(40, 50, _COPIED),
    "data.backup.copy_to.cold_after_days": of(
        30, 60, {"data": {**_PLANNED["data"], "backup": {"copy_to": {"region": "us-west-2", **_COLD}}}}
    ),
}

ROWS = {
    **{f"data.postgres.*.{key}": row for key, row in _POSTGRES.items()},
    **{f"data.redis.*.{key}": row for key, row in _REDIS.items()},
    **{f"data.file_systems.*.{key}": row for key, row in _FILES.items()},
    **{f"data.buckets.*.{key}": row for key, row in _BUCKETS.items()},
    **{f"data.queues.*.{key}": row for key, row in _QUEUES.items()},
    **{f"data.secrets.*.{key}": row for key, row in _SECRETS.items()},
    **{f"data.tables.*.{key}": row for key, row in _TABLES.items()},
    **_STACK,
}
"""By knob: its case, or cases."""
