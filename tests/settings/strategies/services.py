"""Random services."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from settings.compute.fargate import SIZES
from settings.compute.tracing import COLLECTOR_PORTS
from tests.settings.strategies.frame import ACCOUNT, LONGEST_WORK_S, Frame, maybe, some, some_of

__all__ = ["NAMES", "connections", "service", "workload"]

NAMES = ["a", "api", "web-front", "x1", "worker-of-18-chars"]
_NIGHT = [
    {"cron": "0 20 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 1, "max": 1},
    {"cron": "0 6 ? * MON-FRI *", "timezone": "Europe/Berlin", "min": 1, "max": 2},
]


@st.composite
def _replicas(draw: st.DrawFn, frame: Frame, *, reached: bool, consumes: bool, routed: bool) -> dict[str, Any]:
    least = draw(st.integers(1, 3))
    if consumes and frame.insights != "disabled" and draw(st.booleans()):
        least = 0 if not reached and draw(st.booleans()) else least
        return {"min": least, "max": least + 3, "backlog_per_task": 10}
    if draw(st.booleans()):
        return {"min": least, "max": least}
    wanted = ["cpu_percent", "memory_percent", *(["requests_per_target"] if routed else [])]
    targets = draw(st.lists(st.sampled_from(wanted), unique=True, min_size=1))
    ranged = {"min": least, "max": least + draw(st.integers(1, 4)), **dict.fromkeys(targets, 60)}
    return {**ranged, **draw(maybe("schedule", st.just(_NIGHT)))}


@st.composite
def connections(draw: st.DrawFn, data: dict[str, Any], peers: dict[str, Any]) -> list[Any]:
    """At most one database, one Redis store and the services that can be found, by name or with variables."""
    found: list[Any] = []
    for kind, variable in (("postgres", "MAIN_URL"), ("redis", "STORE_URL")):
        for name in draw(some_of(list(data[kind]), 1)):
            driver = {"driver": "postgresql+asyncpg"} if kind == "postgres" else {}
            found.append(draw(st.sampled_from([name, {"to": name, "env": {variable: driver}}])))
    for name in draw(some_of(list(peers), 2)):
        env = {
            f"{name.replace('-', '_').upper()}_PEER": draw(st.sampled_from([{"part": "address"}, {"driver": "http"}]))
        }
        found.append(draw(st.sampled_from([name, {"to": name, "env": env}])))
    return found


@st.composite
def workload(draw: st.DrawFn, frame: Frame, data: dict[str, Any], peers: dict[str, Any]) -> dict[str, Any]:
    """What services and tasks have in common."""
    cpu = draw(st.sampled_from([512, 1024, 2048]))
    secrets = st.sampled_from(["one", "two:key", "other"])
    access = st.sampled_from(["read", "write", "read-write"])
    buckets, tables = list(data["buckets"]), list(data["tables"])
    return {
        "architecture": draw(st.sampled_from(["arm64", "x86_64"])),
        "cpu": cpu,
        "memory": draw(st.sampled_from(SIZES[cpu])),
        "exec": draw(st.booleans()),
        "writable": draw(some_of(["/tmp", "/run", "/var/cache/x"], 3)),
        "environment": draw(st.dictionaries(st.sampled_from(["A", "B_C"]), st.text("ab /=", max_size=8), max_size=2)),
        "secrets": draw(st.dictionaries(st.sampled_from(["S1", "S2"]), secrets, max_size=2)),
        "connects_to": draw(connections(data, peers)),
        "sends_to": draw(some_of(list(data["queues"]), 2)),
        "buckets": draw(st.dictionaries(st.sampled_from(buckets), access, max_size=2)) if buckets else {},
        "tables": draw(st.dictionaries(st.sampled_from(tables), access, max_size=2)) if tables else {},
        **draw(
            some(
                {
                    "files": st.just({"/etc/app/a.yml": "a: 1", "/etc/app/sub/b": "b"}),
                    "user": st.sampled_from(["1000:1000", "nobody"]),
                    "command": st.just(["serve", "--all"]),
                    "publishes": st.just("MyApp/Production"),
                }
            )
        ),
    }


@st.composite
def service(draw: st.DrawFn, frame: Frame, name: str, data: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """A service beside `others`: behind the load balancer, found by others, gRPC, a worker."""
    kind = draw(st.sampled_from(["routed", "routed", "routed", "found", "grpc", "worker", "alone"]))
    peers = {peer: s for peer, s in others.items() if s.get("discovery") or s.get("protocol") == "grpc"}
    found: dict[str, Any] = draw(workload(frame, data, peers))
    found["request_timeout_s"] = draw(st.integers(1, frame.longest_request_s))
    if kind != "worker":
        found["port"] = draw(st.integers(1, 65535))
    if found["request_timeout_s"] <= LONGEST_WORK_S:
        found["consumes"] = draw(some_of(list(data["queues"]), 2))
    found |= draw(_image(frame))
    found |= draw(some({"health_command": st.just(["curl", "-f", "http://localhost/"]), "start_period_s": st.just(5)}))
    calls = [peers.get(target if isinstance(target, str) else target["to"], {}) for target in found["connects_to"]]
    proxied = kind == "grpc" or any(peer.get("protocol") == "grpc" for peer in calls)
    if found["memory"] >= 1024 + 64 * proxied and found.get("port") not in COLLECTOR_PORTS:
        found["tracing"] = draw(st.booleans())
    written = any("volumes" in other for other in others.values())
    if data["file_systems"] and not written and draw(st.booleans()):
        volume = {"file_system": next(iter(data["file_systems"])), "access_point": "state", "path": "/var/lib/state"}
        found["volumes"] = [volume]
    else:
        found |= draw(_tasks(frame, kind, consumes=bool(found.get("consumes"))))
    return {**found, **draw(_reached(name, kind, found))}


@st.composite
def _tasks(draw: st.DrawFn, frame: Frame, kind: str, *, consumes: bool) -> dict[str, Any]:
    """How many tasks, and whether on Spot: that is no place for the only one in prod."""
    reached = kind in ("routed", "found", "grpc")
    replicas = draw(_replicas(frame, reached=reached, consumes=consumes, routed=kind == "routed"))
    kinds: list[Any] = [{}] if frame.prod and replicas["max"] == 1 else [{}, {"spot": True}]
    if replicas["max"] > 1:
        kinds.append({"spot": {"base": 1, "percent": 80}})
    return {"replicas": replicas, **draw(st.sampled_from(kinds))}


@st.composite
def _reached(draw: st.DrawFn, name: str, kind: str, found: dict[str, Any]) -> dict[str, Any]:
    """How it is reached, and who deploys it in which way."""
    deploy = draw(some({"owner": st.just("delivery"), "rollback_on_alarms": st.just(False)}))
    if found.get("image") == "pending" and kind == "grpc":
        deploy["owner"] = "delivery"
    if found.get("build"):
        deploy.pop("owner", None)
    shifting = draw(st.sampled_from([{}, {"strategy": "blue-green"}, {"strategy": "linear"}, {"strategy": "canary"}]))
    named = draw(maybe("discovery_name", st.just(f"{name}-found")))
    ways: dict[str, Any] = {
        "routed": {"route": {"paths": [f"/{name}/*"], "health": f"/{name}/health"}},
        "found": {"discovery": True, **named},
        "grpc": {"protocol": "grpc", **named, **draw(maybe("timeouts", st.just({"idle_timeout_s": 60})))},
    }
    dns = draw(maybe("dns_name", st.just(f"{name}-direct"))) if kind == "grpc" else {}
    if kind in ("routed", "grpc") and "volumes" not in found and not dns:
        deploy |= shifting
    return {**ways.get(kind, {}), **dns, "deploy": deploy}


@st.composite
def _image(draw: st.DrawFn, frame: Frame) -> dict[str, Any]:
    existing = f"{ACCOUNT}.dkr.ecr.{frame.region}.amazonaws.com/shared/api"
    repository = draw(st.sampled_from([{}, {"keep_images": 5}, {"existing": existing}]))
    return draw(
        st.sampled_from(
            [
                *({"image": image} for image in frame.images),
                {"image": "pending", **draw(maybe("repository", st.just({})))},
                {"tag": "3f2c1ab", "repository": repository},
                {"build": {"context": "."}},
            ]
        )
    )
