"""Broken stack files: dashboards, alarms, saved queries and reminders."""

from __future__ import annotations

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN"]

_WATCH = "observability"
_ALARMS = "observability.alarms"
_MAIN = "data.postgres.main"
_ALONE = {"compute.services.api.route": DELETED, "outputs": {}}

BROKEN = [
    Broken(
        "the old switch of the dashboard",
        f"{_WATCH}.dashboard",
        False,
        f"{_WATCH}.dashboard",
        "unknown key",
        "did you mean dashboards?",
    ),
    Broken(
        "no such dashboards",
        f"{_WATCH}.dashboards",
        "one",
        f"{_WATCH}.dashboards",
        "'one' is not one of stack, areas or none",
        "write one of them (`stack`: one CloudWatch dashboard)",
    ),
    Broken(
        "a share of nothing",
        _ALARMS,
        {"error_rate_percent": 0},
        f"{_ALARMS}.error_rate_percent",
        "0 is too small",
        "write more than 0",
    ),
    Broken(
        "a minimum without a rate",
        _ALARMS,
        {"error_rate_min_requests": 50},
        f"{_ALARMS}.error_rate_min_requests",
        "has no effect without error_rate_percent",
        "set that, too",
    ),
    Broken(
        "an error rate of nobody's requests",
        "",
        {**_ALONE, _ALARMS: {"error_rate_percent": 1}},
        f"{_ALARMS}.error_rate_percent",
        "no service has a route",
        "remove it",
    ),
    Broken(
        "nobody to be hurt",
        "",
        {**_ALONE, _ALARMS: {"page": "composite"}},
        f"{_ALARMS}.page",
        "no service has a route",
        "write each",
    ),
    Broken(
        "no such page",
        _ALARMS,
        {"page": "all"},
        f"{_ALARMS}.page",
        "'all' is neither each nor composite",
        "write one of them (who is notified of what)",
    ),
    Broken(
        "connections of no database",
        "",
        {"data": {}, "compute.services.api.connects_to": [], _ALARMS: {"database_connections": 80}},
        f"{_ALARMS}.database_connections",
        "there is none",
        "remove it",
    ),
    Broken(
        "slow statements that nobody logs",
        "",
        {f"{_MAIN}.log_min_duration_ms": -1, _ALARMS: {"slow_query_ms": 1000}},
        f"{_MAIN}.log_min_duration_ms",
        "is -1, so that no slow statement is logged for",
        "write at most 1000, better 250",
    ),
    Broken(
        "slow statements that are half logged",
        "",
        {f"{_MAIN}.log_min_duration_ms": 2000, _ALARMS: {"slow_query_ms": 1000}},
        f"{_MAIN}.log_min_duration_ms",
        "is 2000, so that some slow statements are not logged for",
        "write at most 1000, better 250",
    ),
    Broken(
        "a log of another form",
        "",
        {f"{_MAIN}.parameters": {"log_line_prefix": "%m "}, _ALARMS: {"slow_query_ms": 1000}},
        f"{_MAIN}.parameters.log_line_prefix",
        "changes the format of the log, which",
        "remove it, or observability.alarms.slow_query_ms",
    ),
    Broken(
        "a second knob for slow statements",
        "",
        {f"{_MAIN}.parameters": {"log_min_duration_statement": "50"}, _ALARMS: {"slow_query_ms": 1000}},
        f"{_MAIN}.parameters.log_min_duration_statement",
        "overrides log_min_duration_ms, which",
        "remove it, and set that",
    ),
    Broken(
        "a reminder of every moment",
        "data.secrets",
        {"openai-api-key": {"remind_days": 0}},
        "data.secrets.openai-api-key.remind_days",
        "0 is too small",
        "write 1 or more",
    ),
    Broken("some queries", f"{_WATCH}.queries", "some", f"{_WATCH}.queries", "is neither true nor false", "true nor"),
    Broken(
        "more queues and metrics than one dashboard shows",
        "",
        {
            "data.queues": {f"q{i}": {} for i in range(60)},
            "observability.custom_metrics": {
                f"App/N{i}": {"metrics": {f"M{j}": {} for j in range(9)}} for i in range(30)
            },
        },
        "observability.dashboards",
        "is stack, and a dashboard with 605 widgets or more is over CloudWatch's limit of 500",
        "write areas",
    ),
    Broken(
        "more queues than any dashboard shows",
        "data.queues",
        {f"q{i}": {} for i in range(120)},
        "observability.dashboards",
        "is stack, and a dashboard with 605 widgets or more",
        "write none",
    ),
]
