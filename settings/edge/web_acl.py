"""Settings of the web application firewall."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.types import RetentionDays

__all__ = ["RuleGroup", "WebAcl"]

RuleGroup = Literal["common", "bad-inputs", "reputation", "sql"]
RuleName = Annotated[
    str,
    matches(
        r"[A-Za-z0-9_-]{1,128}",
        "is not a name of a rule; write one of the group, such as SizeRestrictions_BODY",
        in_schema=True,
    ),
]


class WebAcl(Model):
    """AWS WAF in front of the load balancer: about 9 USD a month (10 with `sql`), and 0.60 USD a million requests."""

    sql: bool = False
    """Also look for SQL injection, about 1 USD a month; not needed where all statements are parametrised."""
    requests_per_5_minutes: Annotated[int, Field(ge=10, le=2_000_000_000)] | None = 2000
    """Requests of one address in five minutes, above which it is blocked; `null` sets no limit."""
    observe: dict[RuleGroup, tuple[RuleName, ...]] = {"common": ("SizeRestrictions_BODY",)}
    """Rules of a group that only count what they match. By default the one on bodies over 8 KB, which would refuse
    long prompts and files; `{}` blocks those, too."""
    log: Literal["blocked", "all"] = "blocked"
    """Which requests are logged: those that a rule blocked or counted, or all."""
    log_retention_days: RetentionDays = 30
    """Days that the log is kept."""

    @property
    def groups(self) -> tuple[RuleGroup, ...]:
        """The managed rule groups, in the order in which they look at a request."""
        always: tuple[RuleGroup, ...] = ("reputation", "common", "bad-inputs")
        return (*always, "sql") if self.sql else always

    @model_validator(mode="after")
    def _check(self) -> Self:
        refuse(
            Fault(f"observe.{group}", "is a group that is not in use; set sql: true, or remove it")
            for group in self.observe
            if group not in self.groups
        )
        return self
