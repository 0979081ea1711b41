"""Random standalone tasks, and when they run."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.frame import Frame, some, some_of
from tests.settings.strategies.services import workload

__all__ = ["tasks_and_schedules"]

_TIMES: list[dict[str, Any]] = [
    {"cron": "0 3 * * ? *", "timezone": "Europe/Berlin"},
    {"cron": "0/15 * * * ? *", "window_minutes": 5},
    {"every": {"minutes": 30}},
    {"every": {"days": 1}, "enabled": False},
]


@st.composite
def tasks_and_schedules(
    draw: st.DrawFn, frame: Frame, data: dict[str, Any], services: dict[str, Any]
) -> dict[str, Any]:
    """Tasks with an image of their own or a service's, and schedules of those that can run."""
    found = {name: service for name, service in services.items() if service.get("discovery") or service.get("dns_name")}
    tasks, running = {}, []
    for name in draw(some_of(["migration", "clean-up"], 2)):
        task = draw(workload(frame, data, found))
        source = draw(st.sampled_from([None, *services]))
        if source is None:
            task["image"] = draw(st.sampled_from([*frame.images, "pending"]))
        else:
            task |= {"image_from": source, "architecture": services[source]["architecture"]}
        tasks[name] = task
        if (task if source is None else services[source]).get("image") != "pending":
            running.append(name)
    schedules = {
        f"{name}-{i}": {"task": name, **when, **draw(some({"command": st.just(["now"]), "retries": st.just(0)}))}
        for name in running
        for i, when in enumerate(draw(some_of(_TIMES, 2)))
    }
    return {"tasks": tasks, "schedules": schedules}
