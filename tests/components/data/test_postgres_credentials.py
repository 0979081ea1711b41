"""PostgreSQL: how services sign in with each kind of credentials, and what a container is given for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest

from components.data.postgres_master_secret import master_secret_arn
from preview.plan import Phase, Plan
from preview.run import ProgramError, run_phase
from preview.stackfile import StackFile
from preview.wire import UNKNOWN
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
from tests.recording import every_phase, one


@pytest.fixture(scope="module")
def managed() -> Plan:
    return postgres_plan()


@pytest.fixture(scope="module")
def generated() -> Plan:
    return postgres_plan(credentials="generated", connections=[ASYNC, Connect(to="main")], connect=ASYNC)


@pytest.fixture(scope="module")
def iam() -> Plan:
    return postgres_plan(credentials="iam")


def read_permissions(phase: Phase, arn: str) -> list[dict[str, Any]]:
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
            assert not phase.of_type(PASSWORD)

    def test_rotation_has_a_schedule_and_does_not_start_at_once(self, managed: Plan) -> None:
        for phase in managed.phases.values():
            rotation = one(phase, ROTATION)
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
            "execution": read_permissions(phase, arn),
            "task": [],
        }
        assert phase.outputs["host_port"] == f"{host}:5432"

    def test_urls_by_name(self) -> None:
        phase = postgres_plan(connect=ASYNC).phases["deployed"]
        host = one(phase, INSTANCE).outputs["address"]
        environment = phase.outputs["injection"]["environment"]
        assert environment["DATABASE_URL_PROD"] == f"postgresql+asyncpg://{host}:5432/app?ssl=require"
        assert environment["DATABASE_URL_CHECKPOINTER_PROD"] == f"postgresql://{host}:5432/app?sslmode=require"
        assert "DATABASE_URL" not in environment

    def test_a_change_to_it_needs_the_secret(self) -> None:
        def program() -> None:
            pulumi.export("arn", pulumi.Output.from_input([]).apply(master_secret_arn))

        file = StackFile(stack="test", path=Path("test.yaml"), values={}, secret_keys=())
        preview = run_phase("preview", file, project="agent-platform", program=program)
        assert preview.outputs["arn"] is UNKNOWN
        with pytest.raises(ProgramError, match="run `pulumi up` again"):
            run_phase("deployed", file, project="agent-platform", program=program)


class TestGenerated:
    def test_complete_urls_in_one_secret(self, generated: Plan) -> None:
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
        assert injection["execution"] == read_permissions(phase, one(phase, SECRET).outputs["arn"])

    def test_password_is_never_in_plain_text(self, generated: Plan) -> None:
        phase = generated.phases["deployed"]
        password = one(phase, INSTANCE).inputs["password"]
        assert len(password) > 8
        assert password not in json.dumps(generated.to_json())
        for each in generated.phases.values():
            assert one(each, INSTANCE).secret == ("password",)
            assert one(each, VERSION).secret == ("secretString",)

    def test_password_needs_no_encoding(self, generated: Plan) -> None:
        inputs = one(generated.phases["preview"], PASSWORD).inputs
        assert (inputs["length"], inputs["special"]) == (40, False)

    def test_no_managed_password(self, generated: Plan) -> None:
        for phase in generated.phases.values():
            inputs = one(phase, INSTANCE).inputs
            assert not {"manageMasterUserPassword", "masterUserSecretKmsKeyId"} & inputs.keys()

    @pytest.mark.parametrize(("protect", "days"), [(True, 30), (False, 0)])
    def test_secret(self, protect: bool, days: int) -> None:
        for phase in postgres_plan(credentials="generated", protect=protect).phases.values():
            secret = one(phase, SECRET)
            assert secret.inputs["recoveryWindowInDays"] == days
            assert "name" not in secret.inputs, "auto-named, since a deleted secret's name stays reserved"
            assert secret.property_dependencies["kmsKeyId"] == (one(phase, KEY).urn,)

    def test_url_that_the_secret_does_not_have(self) -> None:
        with pytest.raises(ProgramError, match=r"no URL for DATABASE_URL_PROD; name it in PostgresArgs\.connections"):
            every_phase(postgres_plan(credentials="generated", connect=ASYNC))


class TestIam:
    def test_tokens_are_accepted_and_rds_keeps_the_master_password(self, iam: Plan) -> None:
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
