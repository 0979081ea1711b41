"""Broken stack files: who is told of what."""

from __future__ import annotations

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_SLACK = "observability.slack"
_BUDGET = "observability.budget"


BROKEN = [
    Broken(
        "a workspace by its name",
        _SLACK,
        {"workspace_id": "example", "channel_id": "C0EXAMPLE1"},
        f"{_SLACK}.workspace_id",
        "is not an id of a Slack workspace",
        "app.slack.com/client/T",
    ),
    Broken(
        "a channel by its name",
        _SLACK,
        {"workspace_id": "T0EXAMPLE1", "channel_id": "#alarms"},
        f"{_SLACK}.channel_id",
        "is not an id of a Slack channel (nor its name)",
        "at the end of the channel's details",
    ),
    Broken(
        "ids the wrong way round",
        _SLACK,
        {"workspace_id": "C0EXAMPLE1", "channel_id": "T0EXAMPLE1"},
        f"{_SLACK}.workspace_id",
        "begins with T",
        "app.slack.com/client/T",
    ),
    Broken(
        "a channel of no workspace",
        _SLACK,
        {"channel_id": "C0EXAMPLE1"},
        f"{_SLACK}.workspace_id",
        "is missing",
        "add it (the workspace: begins with T",
    ),
    Broken(
        "a budget of nothing",
        _BUDGET,
        {"monthly_usd": 0},
        f"{_BUDGET}.monthly_usd",
        "0 is too small",
        "write 1 or more",
    ),
    Broken(
        "a budget below nothing",
        _BUDGET,
        {"monthly_usd": -5},
        f"{_BUDGET}.monthly_usd",
        "-5 is too small",
        "write 1 or more",
    ),
    Broken(
        "a budget with cents", _BUDGET, {"monthly_usd": 9.5}, f"{_BUDGET}.monthly_usd", "9.5", "is not a whole number"
    ),
    Broken("a budget as a number", _BUDGET, 100, _BUDGET, "100 is not a mapping", "write {monthly_usd: 100}"),
    Broken(
        "a budget of a service",
        _BUDGET,
        {"monthly_usd": 100, "counts": "service"},
        f"{_BUDGET}.counts",
        "'service' is neither account nor stack",
        "write one of them (`account` counts the whole account)",
    ),
    Broken("events by name", "observability.events", ["ecs"], "observability.events", "neither true", "nor false"),
]
