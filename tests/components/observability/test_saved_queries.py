"""Saved queries: which there are, over which logs."""

from __future__ import annotations

from typing import Any

from components.observability.saved_queries import SavedQueries, SavedQueriesArgs
from preview.plan import Record
from tests.recording import children, record

QUERY = "aws:cloudwatch/queryDefinition:QueryDefinition"


def queries(**others: Any) -> dict[str, Record]:
    plan = record(lambda: SavedQueries("queries", SavedQueriesArgs(folder="test", **others)))
    phase = plan.phases["deployed"]
    assert all(type_ == QUERY for type_, _ in children(phase))
    assert children(phase) == children(plan.phases["preview"])
    return {made.name.removeprefix("queries-"): made for made in phase.of_type(QUERY)}


def test_each_kind_of_log_has_its_own() -> None:
    made = queries(
        containers=["/test/service/api", "/test/task/migrate"],
        databases={"main": "/aws/rds/instance/test-main/postgresql"},
        flow_logs="network-flow-logs-1a2b",
        web_acl="aws-waf-logs-test",
    )
    found = {one.inputs["name"]: one.inputs["logGroupNames"] for one in made.values()}
    everything = ["/test/service/api", "/test/task/migrate"]
    assert found == {
        "test/errors": everything,
        "test/slowest requests": everything,
        "test/one request": everything,
        "test/slow statements of main": ["/aws/rds/instance/test-main/postgresql"],
        "test/rejected flows": ["network-flow-logs-1a2b"],
        "test/blocked requests": ["aws-waf-logs-test"],
    }
    words = {name: one.inputs["queryString"] for name, one in made.items()}
    assert "error" in words["errors"]
    assert "trace id" in words["one-request"]
    assert "duration:" in words["slow-statements-of-main"]
    assert 'action = "REJECT"' in words["rejected-flows"]
    assert 'action = "BLOCK"' in words["blocked-requests"]
    for text in words.values():
        assert "limit" in text


def test_a_query_stands_where_its_log_is() -> None:
    made = queries(flow_logs="network-flow-logs-1a2b", web_acl="aws-waf-logs-test", web_acl_region="us-east-1")
    assert made["blocked-requests"].inputs["region"] == "us-east-1"
    assert "region" not in made["rejected-flows"].inputs


def test_a_query_looks_at_fifty_logs() -> None:
    groups = [f"/test/service/s{i:03}" for i in range(120)]
    made = queries(containers=groups)
    assert sorted(made) == sorted(
        f"{what}-{part}" for what in ("errors", "slowest-requests", "one-request") for part in (1, 2, 3)
    )
    assert [len(made[f"errors-{part}"].inputs["logGroupNames"]) for part in (1, 2, 3)] == [50, 50, 20]


def test_without_logs_there_are_none() -> None:
    assert queries() == {}
