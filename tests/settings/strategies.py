"""Settings made at random: sound ones of every shape, and sound ones with something broken."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from settings.fargate import SIZES
from settings.tracing import COLLECTOR_PORTS

__all__ = ["as_values", "broken", "sound"]

_NAMES = st.sampled_from(["a", "api", "web-front", "x1", "worker-of-18-chars"])
_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 100_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
_HIDDEN_S = 600


@st.composite
def _replicas(draw: st.DrawFn) -> dict[str, Any]:
    least = draw(st.integers(1, 3))
    if draw(st.booleans()):
        most = max(1, least)
        return {"min": most, "max": most}
    targets = draw(st.sets(st.sampled_from(["cpu_percent", "memory_percent", "requests_per_target"]), min_size=1))
    return {"min": least, "max": least + draw(st.integers(1, 4)), **dict.fromkeys(targets, 60)}


@st.composite
def _service(draw: st.DrawFn, name: str, databases: list[str], slow: bool) -> dict[str, Any]:
    cpu = draw(st.sampled_from(sorted(SIZES)[:4]))
    service: dict[str, Any] = {
        "architecture": draw(st.sampled_from(["arm64", "x86_64"])),
        "port": draw(st.integers(1, 65535)),
        "cpu": cpu,
        "memory": draw(st.sampled_from(SIZES[cpu])),
        "spot": draw(st.booleans()),
        "exec": draw(st.booleans()),
        "writable": draw(st.lists(st.sampled_from(["/tmp", "/run", "/var/cache/x"]), unique=True, max_size=3)),
        "request_timeout_s": draw(st.integers(1, 3600 if slow else 30)),
        "connects_to": draw(st.lists(st.sampled_from(databases), unique=True, max_size=1)) if databases else [],
        "environment": draw(st.dictionaries(st.sampled_from(["A", "B_C"]), st.text("ab /=", max_size=8), max_size=2)),
        "secrets": draw(
            st.dictionaries(st.sampled_from(["S1", "S2"]), st.sampled_from(["one", "two:key"]), max_size=2)
        ),
        "replicas": draw(_replicas()),
    }
    # The collector leaves room, and its ports are its own.
    service["tracing"] = draw(st.booleans()) and service["memory"] >= 1024 and service["port"] not in COLLECTOR_PORTS
    service |= draw(
        st.sampled_from(
            [
                {"image": "example/image:1"},
                {"image": "pending"},
                {"tag": "3f2c1ab"},
                {"image": "pending", "repository": {}},
                {
                    "tag": "3f2c1ab",
                    "repository": {"existing": "123456789012.dkr.ecr.us-east-1.amazonaws.com/shared/api"},
                },
            ]
        )
    )
    if draw(st.booleans()):
        service["route"] = {"paths": [f"/{name}/*"], "health": f"/{name}/health"}
        service["deploy"] = {
            "strategy": draw(st.sampled_from(["rolling", "blue-green", "linear", "canary"])),
            "owner": draw(st.sampled_from(["pulumi", "delivery"])),
        }
    else:
        service["replicas"].pop("requests_per_target", None)
        if service["replicas"]["max"] > service["replicas"]["min"]:
            service["replicas"].setdefault("cpu_percent", 50)
    return service


@st.composite
def _queues(draw: st.DrawFn, service: dict[str, Any]) -> None:
    """The service sends, and where its work is short enough, consumes."""
    service["sends_to"] = draw(st.lists(st.sampled_from(["jobs", "letters"]), unique=True, max_size=2))
    if service["request_timeout_s"] <= _HIDDEN_S:
        service["consumes"] = draw(st.lists(st.just("jobs"), max_size=1))


@st.composite
def _networking(draw: st.DrawFn) -> dict[str, Any]:
    zones = [f"us-east-1{zone}" for zone in "abcdef"[: draw(st.integers(2, 4))]]
    found = {"zones": zones, "endpoints": draw(st.lists(st.sampled_from(["ecr.api", "logs", "sts"]), unique=True))}
    if draw(st.integers(0, 3)) == 0:
        tiers = {tier: [f"subnet-{tier}{i:07x}" for i in range(len(zones))] for tier in "abc"}
        existing = {"vpc_id": "vpc-0a1b2c3d", "public_subnet_ids": tiers["a"], "private_subnet_ids": tiers["b"]}
        if draw(st.booleans()):
            existing["isolated_subnet_ids"] = tiers["c"]
        return {**found, "egress": "internet", "existing": existing}
    return {
        **found,
        "cidr": draw(st.sampled_from(["10.0.0.0/16", "172.16.0.0/20", "192.168.4.0/22"])),
        "nat": draw(st.sampled_from(["single", "per-zone", "instance"])),
    }


@st.composite
def _distribution(draw: st.DrawFn) -> dict[str, Any]:
    certificate: dict[str, Any] = {"domain": "app.example.com", "zone": "Z0EXAMPLE1"}
    if draw(st.booleans()):
        certificate["names"] = ["*.app.example.com", "www.example.com"]
    return {
        "certificate": certificate,
        "paths": {"/*.js": {"cache": "optimized"}} if draw(st.booleans()) else {},
        "origin": draw(st.sampled_from(["vpc", "public"])),
        **draw(st.sampled_from([{}, {"web_acl": {}}, {"price_class": "all"}, {"security_headers": {"hsts_days": 0}}])),
    }


@st.composite
def _redis(draw: st.DrawFn, prod: bool) -> dict[str, Any]:
    first = draw(st.integers(1, 9))
    nodes = {"replicas": draw(st.integers(1 if prod else 0, 5)), "auth": draw(st.sampled_from(["token", "rbac"]))}
    limits = {"max_gb": draw(st.integers(1, 5000)), "max_ecpu_per_second": draw(st.integers(1000, 15_000_000))}
    return {
        **draw(st.sampled_from([{}, {"engine": "redis"}, {"version": "7.2"}])),
        **draw(st.sampled_from([nodes, {"serverless": {}}, {"serverless": limits, "auth": "rbac"}])),
        "snapshot_days": draw(st.integers(1 if prod else 0, 35)),
        "tokens": [first, first + 1] if draw(st.booleans()) else [first],
    }


@st.composite
def _bucket(draw: st.DrawFn) -> dict[str, Any]:
    infrequent = draw(st.sampled_from([None, 30, 60]))
    archive = draw(st.sampled_from([None, 90, 400]))
    expire = draw(st.sampled_from([None, 490, 3650]))
    return {
        "versioned": draw(st.booleans()),
        "access_logs": draw(st.booleans()),
        "lifecycle": {"infrequent_days": infrequent, "archive_days": archive, "expire_days": expire},
        **draw(st.sampled_from([{}, {"cors": {"origins": ["https://app.example.com", "http://localhost:3000"]}}])),
    }


@st.composite
def sound(draw: st.DrawFn) -> dict[str, Any]:
    """The areas of a sound stack."""
    databases = draw(st.lists(st.sampled_from(["main", "other"]), unique=True, max_size=2))
    caches = draw(st.lists(st.sampled_from(["cache", "queue"]), unique=True, max_size=2))
    buckets = draw(st.lists(st.sampled_from(["documents", "raw-pages"]), unique=True, max_size=2))
    access = st.sampled_from(["read", "write", "read-write"])
    api = draw(st.booleans())
    names = draw(st.lists(_NAMES, unique=True, max_size=3))
    services = {name: draw(_service(name, databases, not api)) for name in names}
    for service in services.values():
        service["buckets"] = draw(st.dictionaries(st.sampled_from(buckets), access, max_size=2)) if buckets else {}
        service["connects_to"] += draw(st.lists(st.sampled_from(caches), max_size=1)) if caches else []
    for service in services.values():
        draw(_queues(service))
    prod = draw(st.booleans())
    for service in services.values():
        # Spot for the only task is refused in prod.
        service["spot"] = service["spot"] and not (prod and service["replicas"]["max"] == 1)
    routed = any("route" in service for service in services.values())
    edge: dict[str, Any] = {}
    if prod or draw(st.booleans()):
        edge["load_balancer"] = {"certificate": {"domain": "origin.example.com", "zone": "Z0EXAMPLE1"}}
    if api and routed:
        edge["http_api"] = {"cors": {"origins": ["*"]}} if draw(st.booleans()) else {}
    if edge.get("load_balancer") and routed and not api and draw(st.booleans()):
        edge["distribution"] = draw(_distribution())
        for service in services.values():
            service["request_timeout_s"] = min(120, service["request_timeout_s"])
    areas: dict[str, Any] = {
        "environment": "prod" if prod else "dev",
        "networking": draw(_networking()),
        "data": {
            "postgres": {
                name: {
                    "credentials": draw(st.sampled_from(["managed", "generated", "iam"])),
                    "multi_az": prod or draw(st.booleans()),
                    "backup_days": draw(st.integers(7 if prod else 0, 35)),
                    "version": draw(st.sampled_from(["15", "16", "17"])),
                }
                for name in databases
            },
            "redis": {name: draw(_redis(prod)) for name in caches},
            "buckets": {name: draw(_bucket()) for name in buckets},
            "queues": {"jobs": {"visibility_timeout_s": _HIDDEN_S}, "letters": {"fifo": True, "retention_days": 14}},
            "secrets": draw(st.sampled_from([{}, {"one": {"store": "parameter"}}])),
        },
        "compute": {"services": services, "insights": draw(st.sampled_from(["enabled", "enhanced", "disabled"]))},
        "edge": edge,
        "observability": draw(
            st.sampled_from(
                [
                    {},
                    {
                        "slack": {"workspace_id": "T0EXAMPLE1", "channel_id": "C0EXAMPLE1"},
                        "budget": {"monthly_usd": 5},
                        "events": False,
                    },
                    {"alarms": None},
                    {"dashboards": "none", "emails": ["a@example.com"]},
                    {"dashboards": "areas"},
                ]
            )
        ),
    }
    if draw(st.booleans()):
        areas["protect"] = draw(st.booleans())
    return areas


def as_values(areas: dict[str, Any]) -> dict[str, str]:
    """The areas as the CLI hands them to the program."""
    texts = {f"agent-platform:{name}": _text(value) for name, value in areas.items()}
    return {"aws:region": "us-east-1", **texts}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """The areas of a stack in which one place holds something else."""
    areas = draw(sound())
    at: Any = areas
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and at[key] and draw(st.integers(0, 3)):
            at = at[key]
            continue
        action = draw(st.sampled_from(["replace", "remove", "add"]))
        if action == "replace" or isinstance(at, list):
            at[key] = draw(_JUNK)
        elif action == "remove":
            del at[key]
        else:
            at[draw(st.text(max_size=12))] = draw(_JUNK)
        break
    return areas
