"""Records a PostgreSQL database with its key and one client, for its tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi

from components.data.key import Key, KeyArgs
from components.data.key_statements import cloudwatch_logs_statement
from components.data.postgres import Postgres, PostgresArgs
from components.values import Injection
from preview.plan import Plan
from settings import data
from settings.compute.connects_to import Connect, Url
from tests.accounts import account
from tests.recording import record

__all__ = ["ACCOUNT", "ASYNC", "INSTANCE", "KEY", "PASSWORD", "ROTATION", "SECRET", "VERSION", "postgres_plan"]

ACCOUNT = "123456789012"
INSTANCE = "aws:rds/instance:Instance"
KEY = "aws:kms/key:Key"
PASSWORD = "random:index/randomPassword:RandomPassword"
ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"
SECRET = "aws:secretsmanager/secret:Secret"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
ASYNC = Connect(
    to="main",
    env={
        "DATABASE_URL_PROD": Url(driver="postgresql+asyncpg"),
        "DATABASE_URL_CHECKPOINTER_PROD": Url(query={"sslmode": "require"}),
    },
)


def _injection_json(injection: Injection) -> dict[str, Any]:
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


def postgres_plan(
    *,
    protect: bool = False,
    connect: Connect | None = None,
    connections: Sequence[Connect] = (),
    subnets: Sequence[str] = ("subnet-a", "subnet-b"),
    monitoring_interval_s: int = 0,
    **settings: Any,
) -> Plan:
    """The plan of a program with this database and one client; its exports are what the client is given."""

    def program() -> None:
        key = Key(
            "data-key",
            KeyArgs(
                description="Data",
                account=account(),
                statements=[cloudwatch_logs_statement(account())],
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
                account=account(),
                monitoring_interval_s=monitoring_interval_s,
                connections=connections,
            ),
        )
        pulumi.export("key", key.arn)
        pulumi.export("injection", _injection_json(database.injection(connect or Connect(to="main"))))
        pulumi.export("host_port", database.host_port)
        pulumi.export("secret", database.secret_arn if database.secret_arn is not None else "no secret")
        pulumi.export("group", database.peer.security_group_id)
        pulumi.export("port", database.peer.port)

    return record(program)
