"""PostgreSQL: its children, its guarantees in both phases, what a container gets, and what must be absent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pulumi
import pytest

from components.data.key import Key, KeyArgs
from components.data.key_statements import logs_may_use
from components.data.postgres import Postgres, PostgresArgs
from components.data.postgres_arguments import master_secret_arn
from components.values import Injection
from preview.plan import Phase, Plan
from preview.run import ProgramError, run_phase
from preview.stackfile import StackFile
from preview.wire import UNKNOWN
from settings import data
from settings.compute.connects_to import Connect, Url
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"
INSTANCE = "aws:rds/instance:Instance"
SECRET = "aws:secretsmanager/secret:Secret"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
ASYNC = Connect(
    to="main",
    env={
        "DATABASE_URL_PROD": Url(driver="postgresql+asyncpg"),
        "DATABASE_URL_CHECKPOINTER_PROD": Url(query={"sslmode": "require"}),
    },
)


def shown(injection: Injection) -> dict[str, Any]:
    def plain(permissions: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {"actions": list(p.actions), "resources": list(p.resources), "conditions": p.conditions}
            for p in permissions
        ]

    return {
        "environment": dict(injection.environment),
        "secrets": dict(injection.secrets),
        "execution": plain(injection.execution_permissions),
        "task": plain(injection.task_permissions),
    }


def postgres(
    *,
    protect: bool = False,
    connect: Connect | None = None,
    connections: Sequence[Connect] = (),
    subnets: Sequence[str] = ("subnet-a", "subnet-b"),
    **settings: Any,
) -> Plan:
    def program() -> None:
        key = Key(
            "data-key",
            KeyArgs(
                description="Data",
                account=account(),
                statements=[logs_may_use(account())],
                retain=protect,
            ),
        )
        database = Postgres(
            "main",
            PostgresArgs(
                settings=data.Postgres(**settings),
                identifier="test-main",
                vpc_id="vpc-1",
                subnet_ids=subnets,
                key_arn=key.arn,
                protect=protect,
                log_retention_days=14,
                connections=connections,
            ),
        )
        pulumi.export("key", key.arn)
        pulumi.export("injection", shown(database.injection(connect or Connect(to="main"))))
        pulumi.export("host_port", database.host_port)
        pulumi.export("secret", database.secret_arn if database.secret_arn is not None else "no secret")
        pulumi.export("group", database.peer.security_group_id)
        pulumi.export("port", database.peer.port)

    return record(program)


@pytest.fixture(scope="module")
def managed() -> Plan:
    return postgres()


@pytest.fixture(scope="module")
def protected() -> Plan:
    return postgres(protect=True, multi_az=True)


@pytest.fixture(scope="module")
def generated() -> Plan:
    return postgres(credentials="generated", connections=[ASYNC, Connect(to="main")], connect=ASYNC)


@pytest.fixture(scope="module")
def iam() -> Plan:
    return postgres(credentials="iam")


COMMON = [
    ("aws:cloudwatch/logGroup:LogGroup", "main-log-postgresql"),
    ("aws:cloudwatch/logGroup:LogGroup", "main-log-upgrade"),
    ("aws:ec2/securityGroup:SecurityGroup", "main-access"),
    ("aws:kms/alias:Alias", "data-key-alias"),
    ("aws:kms/key:Key", "data-key"),
    (INSTANCE, "main"),
    ("aws:rds/parameterGroup:ParameterGroup", "main-parameters"),
    ("aws:rds/subnetGroup:SubnetGroup", "main-subnets"),
]
ROTATION = ("aws:secretsmanager/secretRotation:SecretRotation", "main-rotation")


@pytest.mark.parametrize("phase", ["preview", "deployed"])
@pytest.mark.parametrize(
    ("plan", "own"),
    [
        ("managed", [ROTATION]),
        ("protected", [ROTATION, ("random:index/randomId:RandomId", "main-final-snapshot")]),
        ("iam", [ROTATION]),
        (
            "generated",
            [
                (SECRET, "main-url"),
                (VERSION, "main-url-value"),
                ("random:index/randomPassword:RandomPassword", "main-password"),
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
        ("aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"),
    ],
)
def test_one_key_encrypts_everything(
    managed: Plan, phase: Literal["preview", "deployed"], type_: str, property_: str
) -> None:
    key = one(managed.phases[phase], "aws:kms/key:Key")
    for resource in managed.phases[phase].of_type(type_):
        assert resource.property_dependencies[property_] == (key.urn,)


def test_settings_reach_the_instance() -> None:
    plan = postgres(version="15", instance="db.m7g.large", storage_gb=50, max_storage_gb=60, backup_days=30,
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
    assert one(plan.phases["deployed"], "aws:rds/parameterGroup:ParameterGroup").inputs["family"] == "postgres15"


def test_logs_exist_before_the_instance(managed: Plan) -> None:
    for phase in managed.phases.values():
        groups = phase.of_type("aws:cloudwatch/logGroup:LogGroup")
        assert {group.inputs["name"] for group in groups} == {
            "/aws/rds/instance/test-main/postgresql",
            "/aws/rds/instance/test-main/upgrade",
        }
        assert {group.inputs["retentionInDays"] for group in groups} == {14}
        assert {group.urn for group in groups} <= set(one(phase, INSTANCE).dependencies)


def test_tls_is_forced_and_slow_statements_are_logged(managed: Plan) -> None:
    for phase in managed.phases.values():
        group = one(phase, "aws:rds/parameterGroup:ParameterGroup")
        assert group.inputs["parameters"] == [
            {"name": "log_min_duration_statement", "value": "1000", "applyMethod": "immediate"},
            {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
        ]
        assert "name" not in group.inputs, "auto-named, so that a major upgrade can make the new group first"
        assert one(phase, INSTANCE).property_dependencies["parameterGroupName"] == (group.urn,)


def test_parameters_of_the_settings_win_once_and_static_ones_wait_for_a_restart() -> None:
    plan = postgres(parameters={"shared_preload_libraries": "pg_cron", "log_min_duration_statement": "5"})
    made = one(plan.phases["preview"], "aws:rds/parameterGroup:ParameterGroup").inputs["parameters"]
    assert [(p["name"], p["value"], p["applyMethod"]) for p in made] == [
        ("log_min_duration_statement", "5", "immediate"),
        ("rds.force_ssl", "1", "pending-reboot"),
        ("shared_preload_libraries", "pg_cron", "pending-reboot"),
    ]


def test_nothing_reaches_it_by_itself(managed: Plan) -> None:
    for phase in managed.phases.values():
        group = one(phase, "aws:ec2/securityGroup:SecurityGroup")
        assert not {"ingress", "egress", "name"} & group.inputs.keys()
        assert not [record for record in phase.records if "Rule" in record.type]
    deployed = managed.phases["deployed"]
    assert deployed.outputs["group"] == one(deployed, "aws:ec2/securityGroup:SecurityGroup").id
    assert deployed.outputs["port"] == 5432


def test_two_subnets_even_for_one_zone(managed: Plan) -> None:
    assert one(managed.phases["preview"], "aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"] == [
        "subnet-a",
        "subnet-b",
    ]
    with pytest.raises(ProgramError, match="main has 1 subnet; RDS wants two, in two zones"):
        postgres(subnets=["subnet-a"])


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
            # Whatever replaces the instance must change the suffix, or the second snapshot's name is taken.
            assert set(suffix.inputs["keepers"]) == {"identifier", "database", "username", "key"}
        name = one(protected.phases["deployed"], INSTANCE).inputs["finalSnapshotIdentifier"]
        assert name.startswith("test-main-final-")

    def test_the_group_of_an_old_major_version_stays_until_the_maintenance_window(
        self, protected: Plan, managed: Plan
    ) -> None:
        kept = [one(plan.phases["preview"], "aws:rds/parameterGroup:ParameterGroup") for plan in (protected, managed)]
        assert [group.retain_on_delete for group in kept] == [True, False]

    def test_unprotected_can_be_torn_down(self, managed: Plan) -> None:
        for phase in managed.phases.values():
            instance = one(phase, INSTANCE)
            assert not instance.protect
            assert instance.inputs["deletionProtection"] is False
            assert instance.inputs["skipFinalSnapshot"] is True
            assert instance.inputs["deleteAutomatedBackups"] is True
            assert instance.inputs["applyImmediately"] is True
            assert "finalSnapshotIdentifier" not in instance.inputs


def reading(phase: Phase, arn: str) -> list[dict[str, Any]]:
    via = {"StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}
    return [
        {"actions": ["secretsmanager:GetSecretValue"], "resources": [arn], "conditions": {}},
        {"actions": ["kms:Decrypt"], "resources": [phase.outputs["key"]], "conditions": via},
    ]


class TestManaged:
    def test_password_never_passes_through_the_program(self, managed: Plan) -> None:
        for phase in managed.phases.values():
            inputs = one(phase, INSTANCE).inputs
            assert inputs["manageMasterUserPassword"] is True
            assert "password" not in inputs
            assert not phase.of_type("random:index/randomPassword:RandomPassword")

    def test_rotation_has_a_schedule_and_does_not_start_at_once(self, managed: Plan) -> None:
        for phase in managed.phases.values():
            rotation = one(phase, ROTATION[0])
            assert rotation.inputs["rotateImmediately"] is False
            assert rotation.inputs["rotationRules"] == {"automaticallyAfterDays": 30}
            assert "rotationLambdaArn" not in rotation.inputs
            assert rotation.property_dependencies["secretId"] == (one(phase, INSTANCE).urn,)

    def test_injection(self, managed: Plan) -> None:
        phase = managed.phases["deployed"]
        host, arn = one(phase, INSTANCE).outputs["address"], phase.outputs["secret"]
        assert phase.outputs["injection"] == {
            "environment": {
                "PGHOST": host,
                "PGPORT": "5432",
                "PGDATABASE": "app",
                "PGSSLMODE": "require",
                "DATABASE_URL": f"postgresql://{host}:5432/app?sslmode=require",
            },
            "secrets": {"PGUSER": f"{arn}:username::", "PGPASSWORD": f"{arn}:password::"},
            "execution": reading(phase, arn),
            "task": [],
        }
        assert phase.outputs["host_port"] == f"{host}:5432"

    def test_urls_by_name(self) -> None:
        phase = postgres(connect=ASYNC).phases["deployed"]
        host = one(phase, INSTANCE).outputs["address"]
        environment = phase.outputs["injection"]["environment"]
        assert environment["DATABASE_URL_PROD"] == f"postgresql+asyncpg://{host}:5432/app?ssl=require"
        assert environment["DATABASE_URL_CHECKPOINTER_PROD"] == f"postgresql://{host}:5432/app?sslmode=require"
        assert "DATABASE_URL" not in environment

    def test_switching_to_it_waits_for_the_secret(self) -> None:
        def program() -> None:
            pulumi.export("arn", pulumi.Output.from_input([]).apply(master_secret_arn))

        file = StackFile(stack="test", path=Path("test.yaml"), values={}, secret_keys=())
        preview = run_phase("preview", file, project="agent-platform", program=program)
        assert preview.outputs["arn"] is UNKNOWN
        with pytest.raises(ProgramError, match="run `pulumi up` again"):
            run_phase("deployed", file, project="agent-platform", program=program)


class TestGenerated:
    def test_whole_urls_in_one_secret(self, generated: Plan) -> None:
        phase = generated.phases["deployed"]
        value = json.loads(one(phase, VERSION).inputs["secretString"])
        host, password = one(phase, INSTANCE).outputs["address"], value["password"]
        assert value["url"] == f"postgresql://app:{password}@{host}:5432/app?sslmode=require"
        assert value["url_postgresql_asyncpg"] == (f"postgresql+asyncpg://app:{password}@{host}:5432/app?ssl=require")
        assert one(phase, INSTANCE).inputs["password"] == password

    def test_injection_names_keys_of_the_secret(self, generated: Plan) -> None:
        phase = generated.phases["deployed"]
        arn = phase.outputs["secret"]
        value = json.loads(one(phase, VERSION).inputs["secretString"])
        injection = phase.outputs["injection"]
        assert injection["secrets"]["DATABASE_URL_PROD"] == f"{arn}:url_postgresql_asyncpg::"
        assert injection["secrets"].keys() == set(ASYNC.env)
        assert {ref.removeprefix(f"{arn}:").removesuffix("::") for ref in injection["secrets"].values()} <= value.keys()
        assert (injection["environment"], injection["task"]) == ({}, [])
        assert injection["execution"] == reading(phase, one(phase, SECRET).outputs["arn"])

    def test_password_is_never_in_the_clear(self, generated: Plan) -> None:
        phase = generated.phases["deployed"]
        password = one(phase, INSTANCE).inputs["password"]
        assert len(password) > 8
        assert password not in json.dumps(generated.to_json())
        for found in generated.phases.values():
            assert one(found, INSTANCE).secret == ("password",)
            assert one(found, VERSION).secret == ("secretString",)

    def test_password_needs_no_encoding(self, generated: Plan) -> None:
        inputs = one(generated.phases["preview"], "random:index/randomPassword:RandomPassword").inputs
        assert (inputs["length"], inputs["special"]) == (40, False)

    def test_no_managed_password_beside_it(self, generated: Plan) -> None:
        for phase in generated.phases.values():
            inputs = one(phase, INSTANCE).inputs
            assert not {"manageMasterUserPassword", "masterUserSecretKmsKeyId"} & inputs.keys()

    @pytest.mark.parametrize(("protect", "days"), [(True, 30), (False, 0)])
    def test_secret(self, protect: bool, days: int) -> None:
        for phase in postgres(credentials="generated", protect=protect).phases.values():
            secret = one(phase, SECRET)
            assert secret.inputs["recoveryWindowInDays"] == days
            assert "name" not in secret.inputs, "auto-named, since a deleted secret's name stays taken"
            assert secret.property_dependencies["kmsKeyId"] == (one(phase, "aws:kms/key:Key").urn,)

    def test_url_that_was_not_prepared(self) -> None:
        with pytest.raises(ProgramError, match=r"no URL for DATABASE_URL_PROD; name it in PostgresArgs\.connections"):
            postgres(credentials="generated", connect=ASYNC)


class TestIam:
    def test_tokens_are_admitted_and_the_master_stays_with_rds(self, iam: Plan) -> None:
        for phase in iam.phases.values():
            inputs = one(phase, INSTANCE).inputs
            assert inputs["iamDatabaseAuthenticationEnabled"] is True
            assert inputs["manageMasterUserPassword"] is True

    def test_injection(self, iam: Plan) -> None:
        phase = iam.phases["deployed"]
        instance, injection = one(phase, INSTANCE), phase.outputs["injection"]
        host = instance.outputs["address"]
        assert injection["environment"]["DATABASE_URL"] == f"postgresql://app_iam@{host}:5432/app?sslmode=require"
        assert injection["environment"]["PGUSER"] == "app_iam"
        assert (injection["secrets"], injection["execution"]) == ({}, [])
        resource = f"arn:aws:rds-db:us-east-1:{ACCOUNT}:dbuser:{instance.outputs['resourceId']}/app_iam"
        assert injection["task"] == [{"actions": ["rds-db:connect"], "resources": [resource], "conditions": {}}]
        assert phase.outputs["secret"] == "no secret"


def test_the_key_admits_its_log_groups_only(managed: Plan) -> None:
    policy = json.loads(one(managed.phases["deployed"], "aws:kms/key:Key").inputs["policy"])
    logs = next(s for s in policy["Statement"] if s["Sid"] == "LogGroups")
    assert logs["Principal"] == {"Service": ["logs.us-east-1.amazonaws.com"]}
    assert logs["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:*"}
    }
