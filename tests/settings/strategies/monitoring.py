"""Random alarms, dashboards, and who is told."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.settings.strategies.frame import ACCOUNT, Frame, maybe, some

__all__ = ["observability"]

_METRICS = {
    "Answers": {"statistic": "p95", "chart": "Answers", "alarm": {"threshold": 3.5, "minutes": 15}},
    "answer.errors": {"dimensions": {"Service": "api"}, "alarm": {"threshold": 1, "missing": "bad"}},
}


@st.composite
def observability(draw: st.DrawFn, frame: Frame, data: dict[str, Any], services: dict[str, Any]) -> dict[str, Any]:
    """What is watched, and how it is told."""
    return {
        "custom_metrics": {"MyApp/Production": draw(st.sampled_from([{}, {"metrics": _METRICS}]))},
        **draw(maybe("alarms", st.one_of(st.none(), _alarms(data, services)))),
        **draw(
            some(
                {
                    "slack": st.just({"workspace_id": "T0EXAMPLE1", "channel_id": "C0EXAMPLE1"}),
                    "budget": st.sampled_from([{"monthly_usd": 5}, {"monthly_usd": 40, "counts": "stack"}]),
                    "events": st.just(False),
                    "emails": st.just(["a@example.com", "b@example.com"]),
                    "dashboards": st.sampled_from(["areas", "none"]),
                    "queries": st.just(True),
                    "log_retention_days": st.just(90),
                    "alarm_actions": st.just([f"arn:aws:sns:{frame.region}:{ACCOUNT}:pager"]),
                }
            )
        ),
    }


@st.composite
def _alarms(draw: st.DrawFn, data: dict[str, Any], services: dict[str, Any]) -> dict[str, Any]:
    found = {"service_cpu_percent": st.just(70), "queue_age_s": st.just(3600), "redis_evictions": st.just(5)}
    if any("route" in service for service in services.values()):
        found |= {"error_rate_percent": st.sampled_from([0.5, 5]), "page": st.just("composite")}
    if data["postgres"]:
        found |= {"database_connections": st.just(80), "slow_query_ms": st.just(1000)}
    return draw(some(found))
