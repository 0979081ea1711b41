"""Stores, buckets, queues and secrets that cost money or wait for a value, and that nothing in the stack uses."""

from __future__ import annotations

from collections.abc import Iterator

from settings.hints.registry import hints_at
from settings.model import Hint
from settings.stack import Settings

_CONNECT, _GRANT = "connects_to: [{name}]", "{kind}: {{{name}: read-write}}"
_FIXES = {"postgres": _CONNECT, "redis": _CONNECT, "file_systems": "volumes: [{{file_system: {name}, …}}]"}
_OTHERWISE = ("queues", "secrets")


@hints_at
def _stores(settings: Settings) -> Iterator[Hint]:
    workloads = settings.compute.workloads.values()
    used = {(use.kind, use.name) for workload in workloads for use in workload.uses}
    used |= {(kind, connect.to) for w in workloads for connect in w.connects_to for kind in ("postgres", "redis")}
    used |= {("file_systems", volume.file_system) for workload in workloads for volume in workload.volumes}
    for kind, entries in settings.data.stores.items():
        for name in entries if kind not in _OTHERWISE else ():
            if (kind, name) not in used and not _named_by_an_output(settings, kind, name):
                fix = _FIXES.get(kind, _GRANT).format(kind=kind, name=name)
                yield Hint(
                    f"data.{kind}.{name}",
                    f"is used by no service and no task; write {fix} where it is needed, name it in outputs if others "
                    "use it, or remove it",
                )


@hints_at
def _queues(settings: Settings) -> Iterator[Hint]:
    workloads = settings.compute.workloads.values()
    received = {name for workload in workloads for name in workload.consumes}
    sent = {name for workload in workloads for name in workload.sends_to}
    sent |= {notice.queue for bucket in settings.data.buckets.values() for notice in bucket.notifications}
    for name in settings.data.queues:
        if _named_by_an_output(settings, "queues", name):
            continue
        if name not in received and name not in sent:
            what = (
                f"is used by nothing; write sends_to: [{name}] and consumes: [{name}] where it is needed, or remove it"
            )
        elif name not in received:
            what = f"gets messages that nobody receives; write consumes: [{name}] at a service"
        elif name not in sent:
            what = f"gets no messages: nothing sends to it; write sends_to: [{name}] at a service"
        else:
            continue
        yield Hint(f"data.queues.{name}", f"{what} (or name it in outputs if others use it)")


@hints_at
def _secrets(settings: Settings) -> Iterator[Hint]:
    read = {name for workload in settings.compute.workloads.values() for name, _ in workload.secret_refs.values()}
    for name in settings.data.secrets:
        if name not in read and not _named_by_an_output(settings, "secrets", name):
            variable = name.upper().replace("-", "_").replace("/", "_")
            yield Hint(
                f"data.secrets.{name}",
                f"is read by no service and no task; write secrets: {{{variable}: {name}}} where it is needed, or "
                "remove it",
            )


@hints_at
def _ports(settings: Settings) -> Iterator[Hint]:
    for name, service in settings.compute.services.items():
        if service.port is not None and not (service.route or service.discovery or service.protocol == "grpc"):
            yield Hint(
                f"compute.services.{name}.port",
                f"is {service.port}, which nothing can reach: add a route or discovery: true, or remove the port",
            )


def _named_by_an_output(settings: Settings, kind: str, name: str) -> bool:
    """Whether an output names it, so that something outside of the stack uses it."""
    one = kind if kind in ("postgres", "redis") else kind.removesuffix("s")
    prefix = f"{one}.{name}."
    return any(f"{reference}.".startswith(prefix) for reference in settings.outputs.values())
