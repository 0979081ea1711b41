"""Settings of notifications: a Slack channel, and a budget."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from settings.ids import SlackChannelId, SlackWorkspaceId
from settings.model import Model

__all__ = ["Budget", "Slack"]


class Slack(Model):
    """A channel in Slack that shows the stack's alarms and events; free of charge. Its workspace is authorised once,
    by hand (docs/alerts.md)."""

    workspace_id: SlackWorkspaceId
    """The workspace: begins with T, and is in the address of Slack in a browser, app.slack.com/client/T…/C…"""
    channel_id: SlackChannelId
    """The channel: begins with C or G, and is at the end of the channel's details, or of a link to it. One channel
    serves one stack of an account."""


class Budget(Model):
    """A monthly cost budget, which notifies the stack's topic at 80 % and 100 % of actual costs, and when the
    month's forecast exceeds it; free of charge."""

    monthly_usd: Annotated[int, Field(ge=1, le=10_000_000)]
    """What a month may cost, in USD, before credits and refunds."""
    counts: Literal["account", "stack"] = "account"
    """`account` counts the whole account; `stack` what has the tag Stack, once the payer has activated it as a cost
    allocation tag: until then it counts nothing."""
