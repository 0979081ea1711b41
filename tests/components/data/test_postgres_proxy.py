"""RDS Proxy: TLS, its one secret, its connection to the database, and how clients sign in."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from components.data.postgres_proxy import PostgresProxy, PostgresProxyArgs
from components.values import Peer
from preview.network_paths import network_paths
from preview.plan import Plan
from preview.run import ProgramError
from settings.compute.connects_to import Connect, Url
from settings.data import Postgres
from settings.data.proxy import Proxy
from tests.accounts import account
from tests.recording import children, every_phase, one, record

ACCOUNT = "123456789012"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:rds!db-1a2b-AbCdEf"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
PROXY = "aws:rds/proxy:Proxy"
POOL = "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup"
TARGET = "aws:rds/proxyTarget:ProxyTarget"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
LOG = "aws:cloudwatch/logGroup:LogGroup"
POLICY = "aws:iam/rolePolicy:RolePolicy"
ASYNC = Connect(to="main", env={"DATABASE_URL_PROD": Url(driver="postgresql+asyncpg")})


def args(settings: dict[str, Any] | None = None, **overrides: Any) -> PostgresProxyArgs:
    values: dict[str, Any] = {
        "settings": Proxy(**(settings or {})),
        "database": Postgres(database="agent", username="agent"),
        "server": Peer(name="main", security_group_id="sg-main", port=5432),
        "instance": "test-main",
        "proxy_name": "test-main",
        "secret_arn": pulumi.Output.from_input(SECRET),
        "key_arn": KEY,
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "account": account(),
        "log_retention_days": 14,
        **overrides,
    }
    return PostgresProxyArgs(**values)


def proxy(**settings: Any) -> Plan:
    def program() -> None:
        main_proxy = PostgresProxy("main-proxy", args(settings))
        injection = main_proxy.injection(ASYNC)
        pulumi.export("environment", dict(injection.environment))
        pulumi.export("secrets", dict(injection.secrets))
        pulumi.export("execution", [[list(p.actions), list(p.resources)] for p in injection.execution_permissions])
        pulumi.export("task", [[list(p.actions), list(p.resources)] for p in injection.task_permissions])
        pulumi.export("host_port", main_proxy.host_port)

    return record(program)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return proxy()


@pytest.fixture(scope="module")
def token() -> Plan:
    return proxy(auth="iam")


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert children(phase) == [
            (LOG, "main-proxy-log"),
            (GROUP, "main-proxy-access"),
            ("aws:iam/role:Role", "main-proxy-role"),
            (POLICY, "main-proxy-role-policy"),
            (PROXY, "main-proxy"),
            (POOL, "main-proxy-pool"),
            (TARGET, "main-proxy-target"),
            ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "main-proxy-to-database-egress-5432"),
            ("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "main-proxy-to-database-ingress-5432"),
        ]


def test_tls_and_the_managed_secret(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    inputs = one(phase, PROXY).inputs
    assert inputs["requireTls"] is True
    assert inputs["engineFamily"] == "POSTGRESQL"
    assert inputs["vpcSubnetIds"] == ["subnet-a", "subnet-b"]
    assert inputs["vpcSecurityGroupIds"] == [one(phase, GROUP).id]
    assert inputs["auths"] == [
        {
            "authScheme": "SECRETS",
            "secretArn": SECRET,
            "iamAuth": "DISABLED",
            "clientPasswordAuthType": "POSTGRES_SCRAM_SHA_256",
        }
    ]


def test_the_log_holds_no_statements_and_exists_first(plain: Plan) -> None:
    """RDS would create the group itself, without retention and key; the debug log contains SQL statements."""
    phase = plain.phases["deployed"]
    log, main_proxy = one(phase, LOG), one(phase, PROXY)
    assert log.inputs["name"] == f"/aws/rds/proxy/{main_proxy.inputs['name']}"
    assert (log.inputs["retentionInDays"], log.inputs["kmsKeyId"]) == (14, KEY)
    assert log.urn in main_proxy.dependencies
    assert main_proxy.inputs["debugLogging"] is False


def test_its_role_reads_exactly_this_secret_with_exactly_this_key(plain: Plan) -> None:
    statements = json.loads(one(plain.phases["deployed"], POLICY).inputs["policy"])["Statement"]
    assert [(s["Action"], s["Resource"]) for s in statements] == [
        (["secretsmanager:GetSecretValue"], [SECRET]),
        (["kms:Decrypt"], [KEY]),
    ]
    via = {"StringEquals": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}}
    assert statements[1]["Condition"] == via


def test_its_one_egress_rule_leads_to_the_database(plain: Plan) -> None:
    for phase in plain.phases.values():
        egress = one(phase, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").inputs
        assert (egress["referencedSecurityGroupId"], egress["fromPort"], egress["toPort"]) == ("sg-main", 5432, 5432)
        assert "main-proxy" in {path.client for path in network_paths(phase)}


def test_pool_and_target() -> None:
    plan = proxy(max_connections_percent=80, max_idle_percent=20, borrow_timeout_s=10)
    phase = plan.phases["deployed"]
    assert one(phase, POOL).inputs["connectionPoolConfig"] == {
        "maxConnectionsPercent": 80,
        "maxIdleConnectionsPercent": 20,
        "connectionBorrowTimeout": 10,
    }
    target = one(phase, TARGET).inputs
    assert target["dbInstanceIdentifier"] == "test-main"
    assert target["targetGroupName"] == one(phase, POOL).outputs["name"]


def test_the_old_proxy_is_deleted_before_its_replacement_takes_its_name(plain: Plan) -> None:
    assert one(plain.phases["preview"], PROXY).delete_before_replace is True


def test_clients_connect_to_the_proxy_with_the_password(plain: Plan) -> None:
    phase = plain.phases["deployed"]
    host = one(phase, PROXY).outputs["endpoint"]
    assert phase.outputs["host_port"] == f"{host}:5432"
    environment = phase.outputs["environment"]
    assert environment["PGHOST"] == host
    assert environment["DATABASE_URL_PROD"] == f"postgresql+asyncpg://{host}:5432/agent?ssl=require"
    assert phase.outputs["secrets"] == {"PGUSER": f"{SECRET}:username::", "PGPASSWORD": f"{SECRET}:password::"}
    assert phase.outputs["execution"] == [[["secretsmanager:GetSecretValue"], [SECRET]], [["kms:Decrypt"], [KEY]]]
    assert phase.outputs["task"] == []


def test_clients_depend_on_the_target() -> None:
    """A proxy without target refuses them, and a first deployment, which cannot be rolled back, would fail."""

    def program() -> None:
        parameter = pulumi.Output.concat("host=", PostgresProxy("main-proxy", args()).address)

        aws.ssm.Parameter("after", type="String", value=parameter)

    phase = record(program).phases["preview"]
    after = one(phase, "aws:ssm/parameter:Parameter")
    assert one(phase, TARGET).urn in after.dependencies


def test_tokens_instead_of_the_password(token: Plan) -> None:
    phase = token.phases["deployed"]
    main_proxy = one(phase, PROXY)
    assert main_proxy.inputs["auths"] == [{"authScheme": "SECRETS", "secretArn": SECRET, "iamAuth": "REQUIRED"}]
    resource = main_proxy.outputs["arn"].rpartition(":")[2]
    assert resource.startswith("prx-")
    user = f"arn:aws:rds-db:us-east-1:{ACCOUNT}:dbuser:{resource}/agent"
    assert phase.outputs["task"] == [[["rds-db:connect"], [user]]]
    assert phase.outputs["execution"] == []
    assert phase.outputs["secrets"] == {}
    assert phase.outputs["environment"]["PGUSER"] == "agent"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"subnet_ids": ["subnet-a"]}, "has 1 subnet; RDS Proxy needs two"),
        ({"database": Postgres(credentials="generated")}, "signs in with the secret that RDS manages"),
    ],
)
def test_refuses(overrides: dict[str, Any], message: str) -> None:
    with pytest.raises(ProgramError, match=message):
        every_phase(record(lambda: args(**overrides)))
