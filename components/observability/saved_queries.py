"""Saved queries of CloudWatch Logs Insights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.naming import logical_name

__all__ = ["SavedQueries", "SavedQueriesArgs"]

# The log groups of one query at most.
_MOST_GROUPS = 50

_ERRORS = r"""fields @timestamp, @log, @message
| filter @message like /(?i)\b(error|exception|critical|fatal|panic|traceback)\b/ or level in ["error", "ERROR"]
| sort @timestamp desc
| limit 200"""

_SLOWEST = """fields @timestamp, @log, coalesce(duration_ms, latency_ms, elapsed_ms, response_time_ms) as ms, @message
| filter ms >= 0
| sort ms desc
| limit 50"""

_ONE_REQUEST = """fields @timestamp, @log, @message
| filter @message like "paste the trace id here"
| sort @timestamp asc
| limit 1000"""

_SLOW_STATEMENTS = r"""fields @timestamp, @message
| filter @message like /LOG:\s+duration:/
| parse @message /duration: (?<ms>[0-9.]+) ms\s+(?<statement>[\s\S]+)/
| filter ispresent(statement)
| sort ms desc
| limit 50
| display @timestamp, ms, statement"""

_REJECTED = """filter action = "REJECT"
| stats count(*) as flows, sum(packets) as packets_in_all by srcAddr, dstAddr, dstPort, protocol
| sort flows desc
| limit 50"""

_BLOCKED = """filter action = "BLOCK"
| stats count(*) as requests by terminatingRuleId, httpRequest.clientIp, httpRequest.country, httpRequest.uri
| sort requests desc
| limit 50"""


class _Query(NamedTuple):
    title: str
    text: str
    log_groups: Sequence[pulumi.Input[str]]
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQueriesArgs:
    """Arguments of `SavedQueries`; each names log groups of the plan, and what is empty is left out."""

    folder: str
    """What the queries' names begin with, so that the console shows them together."""
    containers: Sequence[pulumi.Input[str]] = ()
    """Logs of services and tasks."""
    databases: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """PostgreSQL logs by the database's name."""
    flow_logs: pulumi.Input[str] | None = None
    """The VPC's flow logs, in AWS's default format."""
    web_acl: pulumi.Input[str] | None = None
    """The web ACL's log."""
    web_acl_region: str | None = None
    """Where that log is, if not in the stack's region: a distribution's is in us-east-1."""


class SavedQueries(Component):
    """Queries for an incident, ready to run; free of charge (running one costs 0.005 USD for each GB).

    Creates: a query definition each for errors, the slowest requests and one request by its trace id, over all
    services and tasks (one more for each 50 of them, the most that a query may read); for each database the
    slow statements; the flows that were rejected most; the requests that the web ACL blocked.
    """

    def __init__(self, name: str, args: SavedQueriesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("observability", name, opts)
        for query in _queries(args):
            aws.cloudwatch.QueryDefinition(
                self.child_name(logical_name(query.title)),
                name=f"{args.folder}/{query.title}",
                query_string=query.text,
                log_group_names=list(query.log_groups),
                region=query.region,
                opts=self.child_opts(),
            )
        self.done()


def _queries(args: SavedQueriesArgs) -> Iterator[_Query]:
    for title, text in (("errors", _ERRORS), ("slowest requests", _SLOWEST), ("one request", _ONE_REQUEST)):
        for number, first in enumerate(range(0, len(args.containers), _MOST_GROUPS), start=1):
            part = f" {number}" if len(args.containers) > _MOST_GROUPS else ""
            yield _Query(title + part, text, args.containers[first : first + _MOST_GROUPS])
    for name, log_group in args.databases.items():
        yield _Query(f"slow statements of {name}", _SLOW_STATEMENTS, [log_group])
    if args.flow_logs is not None:
        yield _Query("rejected flows", _REJECTED, [args.flow_logs])
    if args.web_acl is not None:
        yield _Query("blocked requests", _BLOCKED, [args.web_acl], args.web_acl_region)
