"""Slow statements: which lines of PostgreSQL's log count, and with which duration."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pulumi
import pytest

from components.data.slow_statements import PATTERN, SlowStatements, SlowStatementsArgs
from preview.plan import Plan
from preview.run import ROOT
from tests.recording import children, one, record

FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
PREFIX = "2026-11-21 10:00:00 UTC:10.0.1.5(41234):app@app:[123]:"


def matched(pattern: str, event: str) -> dict[str, str] | None:
    """The fields that a space-delimited pattern of CloudWatch Logs finds, as far as this one goes.

    Blanks in a row delimit once, and `...` at the end stands for any further fields.
    """
    fields = re.findall(r"(\.\.\.|[a-z]+)((?: (?:\|\| )?(?:[a-z]+ )?= \"[^\"]*\")*)", pattern.strip("[]"))
    names = [name for name, _ in fields]
    words = event.split()
    assert names.pop() == "..."
    if len(words) < len(names):
        return None
    found = dict(zip(names, words, strict=False))
    for name, conditions in fields:
        wanted = re.findall(r'"([^"]*)"', conditions)
        if wanted and not any(fnmatchcase(found[name], value) for value in wanted):
            return None
    return found


def duration(event: str) -> float | None:
    found = matched(PATTERN, event)
    return None if found is None else float(found["duration"])


@pytest.mark.parametrize(
    ("line", "milliseconds"),
    [
        ("LOG:  duration: 1523.123 ms  statement: select * from runs", 1523.123),
        ("LOG:  duration: 1523.123 ms  execute <unnamed>: select * from runs where id = $1", 1523.123),
        ("LOG:  duration: 1523.123 ms  execute asyncpg_stmt_1/C_2: select 1", 1523.123),
        ("LOG:  duration: 7.5 ms  parse <unnamed>: select 1", 7.5),
        ("LOG:  duration: 7.5 ms  bind s1: select 1", 7.5),
        ('LOG:  duration: 7.5 ms  fastpath function call: "f" (OID 1)', 7.5),
        ("LOG:  duration: 1523.123 ms  statement: select *\n\tfrom runs\n\twhere duration: 5 ms", 1523.123),
        ("LOG:  duration: 0.042 ms", None),
        ("LOG:  duration: 1523.123 ms  plan:", None),
        ("LOG:  statement: select 'duration: 1 ms  statement: x'", None),
        ("ERROR:  canceling statement due to statement timeout", None),
        ("STATEMENT:  duration: 12 ms  statement: select 1", None),
        ("LOG:  checkpoint complete: wrote 12 buffers (0.1%); write=1.2 s", None),
        ("LOG:  duration: 5 s  statement: select 1", None),
    ],
)
def test_lines(line: str, milliseconds: float | None) -> None:
    assert duration(PREFIX + line) == milliseconds


@pytest.mark.parametrize("who", ["[local]:app@app:[1]:", "::1(5432):app@app:[99999]:", ":[unknown]@[unknown]:[7]:"])
def test_whoever_asks(who: str) -> None:
    assert duration(f"2026-11-21 10:00:00 UTC:{who}LOG:  duration: 12.5 ms  statement: select 1") == 12.5


def test_further_lines_of_a_statement_do_not_count() -> None:
    assert duration("\twhere note = 'duration: 12 ms statement: x'") is None


@pytest.fixture(scope="module")
def plan() -> Plan:
    def program() -> None:
        args = SlowStatementsArgs(
            database="main", log_group_name="/aws/rds/instance/test-main/postgresql", namespace="AgentPlatform/test"
        )
        metric = SlowStatements("main-slow-statements", args).metric
        pulumi.export("metric", [metric.namespace, metric.name, dict(metric.dimensions)])

    return record(program)


def test_one_filter_on_the_databases_log(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert children(phase) == [(FILTER, "main-slow-statements")]
        inputs = one(phase, FILTER).inputs
        assert inputs["logGroupName"] == "/aws/rds/instance/test-main/postgresql"
        assert inputs["pattern"] == PATTERN


def test_no_statements_are_no_data_and_not_fast_ones(plan: Plan) -> None:
    made = one(plan.phases["deployed"], FILTER).inputs["metricTransformation"]
    assert made == {
        "namespace": "AgentPlatform/test",
        "name": "StatementDuration-main",
        "value": "$duration",
        "unit": "Milliseconds",
    }
    assert plan.phases["deployed"].outputs["metric"] == ["AgentPlatform/test", "StatementDuration-main", {}]


def test_the_docs_say_how_to_check_this_very_pattern() -> None:
    assert f"--filter-pattern '{PATTERN}'" in (ROOT / "docs/quality.md").read_text(encoding="utf-8")
