"""Redis: encrypted, TLS and token required, tokens that rotate without an outage, a failed zone survived."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.redis import Redis, RedisArgs
from preview.plan import Plan
from settings import redis
from settings.connection import Connect, Url
from tests.recording import children, one, record

GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup"
PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup"
ACCESS = "aws:ec2/securityGroup:SecurityGroup"
LOG = "aws:cloudwatch/logGroup:LogGroup"
TOKEN = "random:index/randomPassword:RandomPassword"
SUFFIX = "random:index/randomId:RandomId"
SECRET = "aws:secretsmanager/secret:Secret"
VALUE = "aws:secretsmanager/secretVersion:SecretVersion"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
PLAIN = Connect(to="cache")


def made(*, protect: bool = False, connect: Connect = PLAIN, **settings: Any) -> Plan:
    def program() -> None:
        store = Redis(
            "cache",
            RedisArgs(
                settings=redis.Redis.model_validate(settings),
                identifier="test-cache",
                vpc_id="vpc-1",
                subnet_ids=["subnet-a", "subnet-b"],
                key_arn=KEY,
                protect=protect,
                log_retention_days=7,
                connections=[connect],
            ),
        )
        injection = store.injection(connect)
        pulumi.export("environment", injection.environment)
        pulumi.export("secrets", injection.secrets)
        pulumi.export("actions", [list(p.actions) for p in injection.execution_permissions])
        pulumi.export("resources", [list(p.resources) for p in injection.execution_permissions])
        pulumi.export("endpoint", store.host_port)
        pulumi.export("cpu", [store.metrics.cpu[0].name, *(m.dimensions["CacheClusterId"] for m in store.metrics.cpu)])

    return record(program)


def group(plan: Plan, phase: str = "deployed") -> dict[str, Any]:
    return one(plan.phases[phase], GROUP).inputs  # type: ignore[index]


def urls(plan: Plan) -> dict[str, Any]:
    return json.loads(one(plan.phases["deployed"], VALUE).inputs["secretString"])


def test_children() -> None:
    for phase in made().phases.values():
        assert children(phase) == [
            (LOG, "cache-engine-log"),
            (LOG, "cache-slow-log"),
            (ACCESS, "cache-access"),
            (PARAMETERS, "cache-parameters"),
            (GROUP, "cache"),
            (SUBNETS, "cache-subnets"),
            (SECRET, "cache-url"),
            (VALUE, "cache-url-value"),
            (TOKEN, "cache-token-1"),
        ]


def test_encrypted_at_rest_and_in_transit() -> None:
    inputs = group(made(), "preview")
    assert (inputs["atRestEncryptionEnabled"], inputs["kmsKeyId"]) == (True, KEY)
    assert (inputs["transitEncryptionEnabled"], inputs["transitEncryptionMode"]) == (True, "required")


def test_in_the_given_subnets_and_reached_through_its_own_group_without_inline_rules() -> None:
    phase = made().phases["deployed"]
    assert one(phase, SUBNETS).inputs["subnetIds"] == ["subnet-a", "subnet-b"]
    assert group(made())["subnetGroupName"] == one(phase, SUBNETS).outputs["name"]
    assert group(made())["securityGroupIds"] == [one(phase, ACCESS).id]
    assert not {"ingress", "egress"} & one(phase, ACCESS).inputs.keys()


@pytest.mark.parametrize(
    ("settings", "engine"),
    [
        ({}, ("valkey", "8.0", "valkey8")),
        ({"version": "7.2"}, ("valkey", "7.2", "valkey7")),
        ({"engine": "redis"}, ("redis", "7.1", "redis7")),
    ],
)
def test_engine(settings: dict[str, Any], engine: tuple[str, str, str]) -> None:
    plan = made(**settings)
    inputs = group(plan)
    family = one(plan.phases["deployed"], PARAMETERS).inputs["family"]
    assert (inputs["engine"], inputs["engineVersion"], family) == engine
    assert inputs["autoMinorVersionUpgrade"] is True


@pytest.mark.parametrize(("replicas", "several"), [(0, False), (1, True), (3, True)])
def test_a_replica_brings_failover_to_another_zone(replicas: int, several: bool) -> None:
    """Multi-AZ needs automatic failover and two nodes at least (pitfall 44)."""
    inputs = group(made(replicas=replicas))
    assert inputs["numCacheClusters"] == 1 + replicas
    assert inputs["automaticFailoverEnabled"] is inputs["multiAzEnabled"] is several
    # Not cluster mode, which asks for clients of another kind.
    assert not {"numNodeGroups", "replicasPerNodeGroup", "clusterMode"} & inputs.keys()


def test_a_replica_wants_two_subnets() -> None:
    args = RedisArgs(
        settings=redis.Redis(replicas=1),
        identifier="x",
        vpc_id="vpc-1",
        subnet_ids=["subnet-a"],
        key_arn=KEY,
        protect=False,
        log_retention_days=7,
    )
    with pytest.raises(ValueError, match="wants two, in two zones"):
        Redis("cache", args)


@pytest.mark.parametrize(
    ("tokens", "newest", "strategy"),
    [
        ([1], "cache-token-1", "ROTATE"),
        ([1, 2], "cache-token-2", "ROTATE"),
        ([2], "cache-token-2", "SET"),
        ([2, 3], "cache-token-3", "ROTATE"),
        ([3], "cache-token-3", "SET"),
    ],
)
def test_a_token_is_rotated_first_and_then_the_only_one(tokens: list[int], newest: str, strategy: str) -> None:
    """Pitfall 44: ROTATE leaves the old token valid until SET, so one without the other is an outage or a hole."""
    plan = made(tokens=tokens)
    inputs = group(plan)
    assert inputs["authToken"] == one(plan.phases["deployed"], TOKEN, newest).outputs["result"]
    assert inputs["authTokenUpdateStrategy"] == strategy


def test_tokens_are_such_as_elasticache_takes() -> None:
    """16 to 128 characters, none of @ " / (pitfall 44)."""
    inputs = one(made().phases["preview"], TOKEN).inputs
    assert (inputs["length"], inputs["special"]) == (64, False)


def test_no_token_in_the_clear() -> None:
    plan = made()
    token = one(plan.phases["deployed"], TOKEN).outputs["result"]
    assert token in urls(plan)["url_1"]
    assert token not in json.dumps(plan.to_json())
    assert "authToken" in one(plan.phases["deployed"], GROUP).secret


def test_the_secret_holds_whole_urls_with_every_accepted_token() -> None:
    """A deployment may roll back to a revision that reads the older one."""
    plan = made(tokens=[1, 2])
    phase = plan.phases["deployed"]
    host = one(phase, GROUP).outputs["primaryEndpointAddress"]
    tokens = {n: one(phase, TOKEN, f"cache-token-{n}").outputs["result"] for n in (1, 2)}
    expected = {f"url_{n}": f"rediss://:{token}@{host}:6379/0" for n, token in tokens.items()}
    assert urls(plan) == {"host": host, "port": 6379, **expected}
    assert one(phase, SECRET).inputs["kmsKeyId"] == KEY


def test_services_get_the_newest_url_and_may_read_this_secret_only() -> None:
    plan = made(tokens=[1, 2])
    outputs = plan.phases["deployed"].outputs
    secret = one(plan.phases["deployed"], SECRET).outputs["arn"]
    assert outputs["environment"] == {}
    assert outputs["secrets"] == {"REDIS_URL": f"{secret}:url_2::"}
    assert outputs["actions"] == [["secretsmanager:GetSecretValue"], ["kms:Decrypt"]]
    assert outputs["resources"] == [[secret], [KEY]]
    assert outputs["endpoint"].endswith(":6379")


def test_urls_of_ones_own() -> None:
    connect = Connect(to="cache", env={"BROKER_URL": Url(query={"ssl_cert_reqs": "required"}), "CACHE_URL": Url()})
    plan = made(connect=connect)
    secret = one(plan.phases["deployed"], SECRET).outputs["arn"]
    found = plan.phases["deployed"].outputs["secrets"]
    assert found["CACHE_URL"] == f"{secret}:url_1::"
    key = found["BROKER_URL"].removeprefix(f"{secret}:").removesuffix("::")
    # ECS splits the reference at colons.
    assert ":" not in key
    assert urls(plan)[key].endswith("/0?ssl_cert_reqs=required")


def test_logs_are_kept_as_long_as_asked_and_encrypted() -> None:
    plan = made()
    delivered = {entry["logType"]: entry for entry in group(plan)["logDeliveryConfigurations"]}
    assert set(delivered) == {"slow-log", "engine-log"}
    for log, entry in delivered.items():
        inputs = one(plan.phases["deployed"], LOG, f"cache-{log}").inputs
        assert entry["destination"] == inputs["name"] == f"/aws/vendedlogs/elasticache/test-cache/{log}"
        assert (entry["destinationType"], entry["logFormat"]) == ("cloudwatch-logs", "json")
        assert (inputs["retentionInDays"], inputs["kmsKeyId"]) == (7, KEY)


def test_protected() -> None:
    """A fixed name of the final snapshot fails the second deletion (pitfall 37)."""
    plan = made(protect=True)
    phase = plan.phases["deployed"]
    suffix = one(phase, SUFFIX)
    assert group(plan)["finalSnapshotIdentifier"] == f"test-cache-final-{suffix.outputs['hex']}"
    assert suffix.inputs["keepers"] == {"identifier": "test-cache", "engine": "valkey", "key": KEY}
    assert group(plan)["applyImmediately"] is False
    assert one(phase, GROUP).protect
    assert one(phase, PARAMETERS).retain_on_delete
    assert one(phase, SECRET).inputs["recoveryWindowInDays"] == 30


def test_unprotected() -> None:
    plan = made()
    assert "finalSnapshotIdentifier" not in group(plan)
    assert group(plan)["applyImmediately"] is True
    assert not one(plan.phases["deployed"], GROUP).protect


def test_snapshots_and_windows() -> None:
    inputs = group(made(snapshot_days=3))
    assert inputs["snapshotRetentionLimit"] == 3
    assert (inputs["snapshotWindow"], inputs["maintenanceWindow"]) == ("03:00-04:00", "sun:04:30-sun:05:30")


def test_a_replacement_waits_for_its_name() -> None:
    assert one(made().phases["deployed"], GROUP).delete_before_replace is True


def test_parameters_in_the_order_of_their_names() -> None:
    plan = made(parameters={"timeout": "300", "maxmemory-policy": "allkeys-lru"})
    assert one(plan.phases["preview"], PARAMETERS).inputs["parameters"] == [
        {"name": "maxmemory-policy", "value": "allkeys-lru"},
        {"name": "timeout", "value": "300"},
    ]


@pytest.mark.parametrize(
    ("settings", "cpu"),
    [
        ({"replicas": 1}, ["CPUUtilization", "test-cache-001", "test-cache-002"]),
        ({"node": "cache.r7g.xlarge"}, ["EngineCPUUtilization", "test-cache-001"]),
    ],
)
def test_metrics_of_each_node(settings: dict[str, Any], cpu: list[str]) -> None:
    """Where there are more than two vCPUs, the engine's one thread is full long before the machine."""
    assert made(**settings).phases["preview"].outputs["cpu"] == cpu
