"""Enhanced Monitoring: its role, and where it is on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from preview.plan import Plan
from tests.components.data.postgres_plans import INSTANCE, postgres_plan
from tests.recording import one
from tests.stacks import SMALL, SMALL_DEV, planned, varied

ROLE, ATTACHMENT = "aws:iam/role:Role", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
NAME = "main-monitoring"


def test_a_role_that_rds_assumes_for_this_account_and_that_writes_these_logs_only() -> None:
    phase = postgres_plan(monitoring_interval_s=30).phases["deployed"]
    role, instance = one(phase, ROLE, NAME), one(phase, INSTANCE)
    (trust,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["monitoring.rds.amazonaws.com"]}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    assert one(phase, ATTACHMENT).inputs["policyArn"] == (
        "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    )
    assert (instance.inputs["monitoringInterval"], instance.inputs["monitoringRoleArn"]) == (30, role.outputs["arn"])
    # RDS tries the role when it is named.
    assert one(phase, ATTACHMENT).urn in instance.dependencies


def test_off_is_said_since_what_is_left_out_stays() -> None:
    phase = postgres_plan().phases["deployed"]
    assert one(phase, INSTANCE).inputs["monitoringInterval"] == 0
    assert "monitoringRoleArn" not in one(phase, INSTANCE).inputs
    assert phase.of_type(ROLE) == []


def interval(plan: Plan) -> int:
    return plan.phases["deployed"].of_type(INSTANCE)[0].inputs["monitoringInterval"]


@pytest.mark.parametrize(
    ("file", "settings", "expected"),
    [(SMALL, {}, 60), (SMALL, 0, 0), (SMALL, 5, 5), (SMALL_DEV, {}, 0), (SMALL_DEV, 15, 15)],
)
def test_on_in_prod_unless_the_setting_says_otherwise(file: str, settings: Any, expected: int) -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"]["main"]["enhanced_monitoring_s"] = settings

    assert interval(planned(file) if settings == {} else varied(file, change)) == expected
