"""PostgreSQL: its children, and its guarantees in both phases."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest

from preview.plan import Plan
from preview.run import ProgramError
from settings.compute.connects_to import Connect
from tests.components.data.postgres_plans import (
    ACCOUNT,
    ASYNC,
    INSTANCE,
    KEY,
    PASSWORD,
    ROTATION,
    SECRET,
    VERSION,
    postgres_plan,
)
from tests.recording import children, every_phase, one

SUBNETS = "aws:rds/subnetGroup:SubnetGroup"
PARAMETERS = "aws:rds/parameterGroup:ParameterGroup"
SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"


@pytest.fixture(scope="module")
def managed() -> Plan:
    return postgres_plan()


@pytest.fixture(scope="module")
def protected() -> Plan:
    return postgres_plan(protect=True, multi_az=True)


@pytest.fixture(scope="module")
def generated() -> Plan:
    return postgres_plan(credentials="generated", connections=[ASYNC, Connect(to="main")], connect=ASYNC)


@pytest.fixture(scope="module")
def iam() -> Plan:
    return postgres_plan(credentials="iam")


COMMON = [
    (LOG_GROUP, "main-log-postgresql"),
    (LOG_GROUP, "main-log-upgrade"),
    (SECURITY_GROUP, "main-access"),
    (KEY, "data-key"),
    (INSTANCE, "main"),
    (PARAMETERS, "main-parameters"),
    (SUBNETS, "main-subnets"),
]
MAIN_ROTATION = (ROTATION, "main-rotation")


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize(
    ("plan", "own"),
    [
        ("managed", [MAIN_ROTATION]),
        ("protected", [MAIN_ROTATION, ("random:index/randomId:RandomId", "main-final-snapshot")]),
        ("iam", [MAIN_ROTATION]),
        (
            "generated",
            [
                (SECRET, "main-url"),
                (VERSION, "main-url-value"),
                (PASSWORD, "main-password"),
            ],
        ),
    ],
)
def test_children(
    plan: str, own: list[tuple[str, str]], phase: Literal["preview", "deployed"], request: pytest.FixtureRequest
) -> None:
    assert children(request.getfixturevalue(plan).phases[phase]) == sorted([*COMMON, *own])


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_instance_is_encrypted_private_and_bounded(managed: Plan, phase: Literal["preview", "deployed"]) -> None:
    instance = one(managed.phases[phase], INSTANCE)
    expected = {
        "identifier": "test-main",
        "engine": "postgres",
        "engineVersion": "16",
        "autoMinorVersionUpgrade": True,
        "storageType": "gp3",
        "storageEncrypted": True,
        "allocatedStorage": 20,
        "maxAllocatedStorage": 100,
        "publiclyAccessible": False,
        "multiAz": False,
        "copyTagsToSnapshot": True,
        "backupRetentionPeriod": 7,
        "performanceInsightsEnabled": True,
        "performanceInsightsRetentionPeriod": 7,
        "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "iamDatabaseAuthenticationEnabled": False,
    }
    assert {key: instance.inputs.get(key) for key in expected} == expected
    assert "availabilityZone" not in instance.inputs
    assert instance.delete_before_replace


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize(
    ("type_", "property_"),
    [
        (INSTANCE, "kmsKeyId"),
        (INSTANCE, "performanceInsightsKmsKeyId"),
        (INSTANCE, "masterUserSecretKmsKeyId"),
        (LOG_GROUP, "kmsKeyId"),
    ],
)
def test_everything_is_encrypted_with_the_key(
    managed: Plan, phase: Literal["preview", "deployed"], type_: str, property_: str
) -> None:
    key = one(managed.phases[phase], KEY)
    for resource in managed.phases[phase].of_type(type_):
        assert resource.property_dependencies[property_] == (key.urn,)


def test_settings_reach_the_instance() -> None:
    plan = postgres_plan(version="15", instance="db.m7g.large", storage_gb=50, max_storage_gb=60, backup_days=30,
                    performance_insights=False, database="shop", username="owner")  # fmt: skip
    inputs = one(plan.phases["deployed"], INSTANCE).inputs
    assert (inputs["instanceClass"], inputs["allocatedStorage"], inputs["maxAllocatedStorage"]) == (
        "db.m7g.large",
        50,
        60,
    )
    assert (inputs["engineVersion"], inputs["backupRetentionPeriod"]) == ("15", 30)
    assert (inputs["dbName"], inputs["username"]) == ("shop", "owner")
    assert inputs["performanceInsightsEnabled"] is False
    assert "performanceInsightsKmsKeyId" not in inputs
    assert one(plan.phases["deployed"], PARAMETERS).inputs["family"] == "postgres15"


@pytest.mark.parametrize(
    ("storage_gb", "volume"),
    [(20, (None, None)), (399, (None, None)), (400, (12000, 500)), (4000, (12000, 500))],
)
def test_a_striped_volume_states_its_baseline(storage_gb: int, volume: tuple[int | None, int | None]) -> None:
    """Left out, the provider sends the IOPS of the smaller volume along, and RDS refuses (TFP#28382); below 400 GiB,
    RDS refuses any."""
    for phase in postgres_plan(storage_gb=storage_gb).phases.values():
        inputs = one(phase, INSTANCE).inputs
        assert (inputs.get("iops"), inputs.get("storageThroughput")) == volume


def test_logs_exist_before_the_instance(managed: Plan) -> None:
    for phase in managed.phases.values():
        groups = phase.of_type(LOG_GROUP)
        assert {group.inputs["name"] for group in groups} == {
            "/aws/rds/instance/test-main/postgresql",
            "/aws/rds/instance/test-main/upgrade",
        }
        assert {group.inputs["retentionInDays"] for group in groups} == {14}
        assert {group.urn for group in groups} <= set(one(phase, INSTANCE).dependencies)


def test_tls_is_forced_and_slow_statements_are_logged(managed: Plan) -> None:
    for phase in managed.phases.values():
        group = one(phase, PARAMETERS)
        assert group.inputs["parameters"] == [
            {"name": "log_min_duration_statement", "value": "1000", "applyMethod": "immediate"},
            {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
        ]
        assert "name" not in group.inputs, "auto-named, so that a major upgrade can create the new group first"
        assert one(phase, INSTANCE).property_dependencies["parameterGroupName"] == (group.urn,)


def test_parameters_of_the_settings_override_and_static_ones_wait_for_a_reboot() -> None:
    plan = postgres_plan(parameters={"shared_preload_libraries": "pg_cron", "log_min_duration_statement": "5"})
    rendered = one(plan.phases["preview"], PARAMETERS).inputs["parameters"]
    assert [(p["name"], p["value"], p["applyMethod"]) for p in rendered] == [
        ("log_min_duration_statement", "5", "immediate"),
        ("rds.force_ssl", "1", "pending-reboot"),
        ("shared_preload_libraries", "pg_cron", "pending-reboot"),
    ]


@pytest.mark.parametrize(
    "name",
    # Those of pg_cron with the context `postmaster`, others of extensions, the server and RDS, and one not known here.
    [
        *("cron.database_name", "cron.host", "cron.log_run", "cron.log_statement", "cron.max_running_jobs"),
        *("cron.use_background_workers", "pg_stat_statements.max", "pg_prewarm.autoprewarm", "timescaledb.max_x"),
        *("max_connections", "shared_buffers", "max_wal_senders", "wal_level", "reserved_connections", "io_method"),
        *("autovacuum_max_workers", "autovacuum_worker_slots", "rds.logical_replication", "rds.something_new"),
    ],
)
def test_a_static_parameter_or_an_unknown_one_waits_for_a_reboot(name: str) -> None:
    rendered = one(postgres_plan(parameters={name: "1"}).phases["preview"], PARAMETERS).inputs["parameters"]
    assert {p["name"]: p["applyMethod"] for p in rendered}[name] == "pending-reboot"


@pytest.mark.parametrize(
    "name", ["work_mem", "DateStyle", "log_connections", "max_wal_size", "auto_explain.log_analyze", "pgaudit.log"]
)
def test_a_dynamic_parameter_takes_effect_at_once(name: str) -> None:
    rendered = one(postgres_plan(parameters={name: "1"}).phases["preview"], PARAMETERS).inputs["parameters"]
    assert {p["name"]: p["applyMethod"] for p in rendered}[name] == "immediate"


@pytest.mark.parametrize(
    ("settings", "lifecycle"),
    [
        ({}, "open-source-rds-extended-support-disabled"),
        ({"version": "13"}, "open-source-rds-extended-support-disabled"),
        ({"version": "13", "extended_support": True}, "open-source-rds-extended-support"),
        ({"restore_from": {"snapshot": "old"}}, "open-source-rds-extended-support-disabled"),
        ({"restore_from": {"point_in_time": {"source": "old"}}}, "open-source-rds-extended-support-disabled"),
    ],
)
def test_nobody_pays_for_extended_support_unasked(settings: dict[str, Any], lifecycle: str) -> None:
    """RDS itself refuses a new database past its support; a later change of the setting would be sent in vain."""
    for phase in postgres_plan(**settings).phases.values():
        assert one(phase, INSTANCE).inputs["engineLifecycleSupport"] == lifecycle
        assert "engineLifecycleSupport" in one(phase, INSTANCE).ignore_changes


def test_no_rules_of_its_own(managed: Plan) -> None:
    for phase in managed.phases.values():
        group = one(phase, SECURITY_GROUP)
        assert not {"ingress", "egress", "name"} & group.inputs.keys()
        assert not [record for record in phase.records if "Rule" in record.type]
    deployed = managed.phases["deployed"]
    assert deployed.outputs["group"] == one(deployed, SECURITY_GROUP).id
    assert deployed.outputs["port"] == 5432


def test_two_subnets_even_for_one_zone(managed: Plan) -> None:
    assert one(managed.phases["preview"], SUBNETS).inputs["subnetIds"] == [
        "subnet-a",
        "subnet-b",
    ]
    with pytest.raises(ProgramError, match="main has 1 subnet; RDS needs two, in two zones"):
        every_phase(postgres_plan(subnets=["subnet-a"]))


class TestProtection:
    def test_protected(self, protected: Plan) -> None:
        for phase in protected.phases.values():
            instance = one(phase, INSTANCE)
            assert instance.protect
            assert instance.inputs["deletionProtection"] is True
            assert instance.inputs["skipFinalSnapshot"] is False
            assert instance.inputs["deleteAutomatedBackups"] is False
            assert instance.inputs["applyImmediately"] is False
            assert instance.inputs["multiAz"] is True

    def test_final_snapshot_is_unique(self, protected: Plan) -> None:
        for phase in protected.phases.values():
            suffix = one(phase, "random:index/randomId:RandomId")
            snapshot = one(phase, INSTANCE)
            assert snapshot.property_dependencies["finalSnapshotIdentifier"] == (suffix.urn,)
            # Each input that replaces the instance must change the suffix, or the second snapshot's name is taken.
            assert set(suffix.inputs["keepers"]) == {"identifier", "database", "username", "key"}
        name = one(protected.phases["deployed"], INSTANCE).inputs["finalSnapshotIdentifier"]
        assert name.startswith("test-main-final-")

    def test_the_group_of_an_old_major_version_stays_until_the_maintenance_window(
        self, protected: Plan, managed: Plan
    ) -> None:
        parameter_groups = [one(plan.phases["preview"], PARAMETERS) for plan in (protected, managed)]
        assert [group.retain_on_delete for group in parameter_groups] == [True, False]

    def test_unprotected_can_be_destroyed(self, managed: Plan) -> None:
        for phase in managed.phases.values():
            instance = one(phase, INSTANCE)
            assert not instance.protect
            assert instance.inputs["deletionProtection"] is False
            assert instance.inputs["skipFinalSnapshot"] is True
            assert instance.inputs["deleteAutomatedBackups"] is True
            assert instance.inputs["applyImmediately"] is True
            assert "finalSnapshotIdentifier" not in instance.inputs


@pytest.mark.parametrize(("protect", "apply", "now"), [(True, "now", True), (False, "window", False)])
def test_changes_wait_for_the_window_or_not(protect: bool, apply: str, now: bool) -> None:
    for phase in postgres_plan(protect=protect, apply=apply).phases.values():
        assert one(phase, INSTANCE).inputs["applyImmediately"] is now
        # The parameter group of an old major version stays as long as the instance may still use it.
        assert one(phase, PARAMETERS).retain_on_delete


def test_the_key_policy_allows_its_log_groups_only(managed: Plan) -> None:
    policy = json.loads(one(managed.phases["deployed"], KEY).inputs["policy"])
    logs = next(s for s in policy["Statement"] if s["Sid"] == "LogGroups")
    assert logs["Principal"] == {"Service": ["logs.us-east-1.amazonaws.com"]}
    assert logs["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:*"}
    }
