"""What every varied stack must pass, whatever its settings: policies, AWS's own models, the engine's demands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from policy.guardrails import load_config
from preview import check, policies, run
from preview.network_paths import network_paths
from preview.plan import STACK_TYPE, Plan
from tests.aws_models.checker import check_all
from tests.aws_models.table import UNCOVERED
from tests.program import (
    test_aws_only,
    test_buckets,
    test_distribution,
    test_event_notifications,
    test_existing,
    test_extended_files,
    test_guarded_stack,
    test_queues,
    test_restores,
    test_saved_queries,
    test_schedules,
    test_serverless,
    test_stores,
    test_tables,
    test_tracing,
    test_web_app,
)
from tests.program.test_policies import UNDECIDED_AT_PREVIEW

STRICT: dict[str, Callable[[], Plan]] = {
    "aws-only": test_aws_only.closed,
    "buckets": test_buckets.extended,
    "distribution": test_distribution.stack,
    "distribution-public": partial(test_distribution.stack, "public"),
    "distribution-web-app": test_distribution.with_web_app,
    "event-notifications": test_event_notifications.told,
    "files": test_extended_files.extended,
    "guarded": test_guarded_stack.planned,
    "queues": test_queues.extended,
    "restores": test_restores.restored,
    "saved-queries": test_saved_queries.reminded,
    "schedules": test_schedules.extended,
    "serverless": test_serverless.extended,
    "stores": test_stores.extended,
    "tables": test_tables.extended,
    "tables-closed": test_tables.closed_with_a_table,
    "tracing": test_tracing.traced,
    "tracing-closed": test_tracing.closed,
    "web-app": test_web_app.with_app,
}
"""Stacks that are judged by their own configuration, without violation."""

VARIANTS = {
    **STRICT,
    "existing": test_existing.stack,
    "existing-closed": partial(test_existing.stack, closed=True),
    "existing-tables": test_tables.existing_with_a_table,
}
"""Every stack, by name; a stack in an existing network is judged in test_existing, since its subnets are unknown."""

UNDECIDED = UNDECIDED_AT_PREVIEW | {"iam-trust-narrow"}
"""Rules that read a document, such as the trust in a schedule group, whose ARN is unknown at preview."""


def _in_process_of(plans: dict[str, Callable[[], Plan]]) -> Any:
    """Each stack is planned by the process that runs the other tests of it."""
    groups = {name: f"{getattr(plan, 'func', plan).__module__.replace('.', '/')}.py" for name, plan in plans.items()}
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=pytest.mark.xdist_group(group)) for name, group in groups.items()]
    )


each = _in_process_of(VARIANTS)


@_in_process_of(STRICT)
def test_no_policy_is_violated_and_only_documents_are_undecided(name: str) -> None:
    plan = STRICT[name]()
    judged = policies.judge(plan, load_config(policies.config_for(run.ROOT, plan.stack)))
    preview, deployed = (judged.phases[phase].report for phase in ("preview", "deployed"))
    assert preview is not None
    assert deployed is not None
    assert [(found.policy, found.urn) for report in (preview, deployed) for found in report.violations] == []
    assert {found.policy for found in preview.undecided} <= UNDECIDED
    assert not deployed.undecided


@each
def test_aws_takes_every_value(name: str) -> None:
    verdicts = check_all(VARIANTS[name]().phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []
    assert {verdict.record.type for verdict in verdicts if not verdict.checked} <= set(UNCOVERED)


@each
def test_the_engine_finds_nothing_amiss(name: str) -> None:
    for phase in VARIANTS[name]().phases.values():
        assert check.unregistered(phase) == []
        assert [record.urn for record in phase.records if record.type != STACK_TYPE and not record.parent] == []
        assert [str(path) for path in network_paths(phase) if path.half] == []
