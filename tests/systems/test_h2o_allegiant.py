"""System 3, h2o-allegiant, dev and prod: every line of its table, and the exact network paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from policy.guardrails import load_config
from preview import run
from preview.network_paths import network_paths
from preview.plan import Plan
from preview.policies import judge
from tests.stacks import planned, varied
from tests.systems.every_system import COMMON
from tests.systems.h2o import compute, data, edge, monitoring
from tests.systems.h2o.expected import DEV, PROD, Expected
from tests.systems.lines import Line, check, of, taken_out

TABLE = [
    "CloudFront -> load-balancer:443",
    "backend -> cache:6379",
    "backend -> main:5432",
    "load-balancer -> backend:8000",
]
# Beside the table's: images, AWS's APIs and the model's are reached over NAT; migrations.
BESIDE = ["backend -> 0.0.0.0/0:443", "migration -> 0.0.0.0/0:443", "migration -> main:5432"]
PATHS = sorted([*TABLE, *BESIDE])


def lines(expected: Expected) -> Iterator[Line]:
    """The table's lines for one stack."""

    def of_stack(assertion: Callable[[Plan, Expected], None]) -> Callable[[Plan], None]:
        return partial(_called, assertion, expected)

    yield from COMMON
    yield Line("edge: Route 53 leads to CloudFront", of_stack(edge.dns), ("edge:Distribution", ":Distribution"))
    yield Line("edge: two certificates", of_stack(edge.certificates), ("edge:Certificate", ":CertificateValidation"))
    yield Line("edge: CloudFront", edge.distribution, ("edge:Distribution", ":ResponseHeadersPolicy"))
    yield Line("edge: Amplify frontend", of_stack(edge.amplify), ("edge:AmplifyApp", "amplify/branch:Branch"))
    yield Line("edge: /api/* to the backend", edge.backend_behaviour, ("edge:Distribution",))
    yield Line("edge: VPC origin", of_stack(edge.vpc_origin), (":VpcOrigin", "edge:LoadBalancer"))
    yield Line("edge: HTTPS only, port 80 is closed", edge.https_only, ("edge:LoadBalancer", "edge:Distribution"))
    yield Line("network: zones, NAT", of_stack(compute.network), ("networking:Network", ":NatGateway"))
    yield Line("network: what is private", compute.private, ("compute:Service", "edge:LoadBalancer", "data:Redis"))
    yield Line("compute: backend", compute.backend, ("compute:Service", "edge:Route", "backend-repository"))
    yield Line("compute: autoscaling", of_stack(compute.autoscaling), ("compute:Autoscaling",))
    yield Line("compute: circuit breaker with rollback", compute.deployment, ("compute:Service",))
    yield Line("data: PostgreSQL", of_stack(data.database), ("data:Postgres", "rds/subnetGroup:SubnetGroup"))
    yield Line("data: Redis", of_stack(data.redis), ("data:Redis", ":ReplicationGroup"))
    yield Line(
        "data: bucket with lifecycle",
        of_stack(data.bucket),
        ("data:Bucket", "BucketVersioning::documents-versioning", "documents-lifecycle", "documents-policy"),
    )
    yield Line("data: repository", of_stack(data.repository), (":Repository",))
    yield Line("secrets: encrypted, in Secrets Manager", data.secrets_are_encrypted, ("data:Secret", "data:Key"))
    yield Line("secrets: rotation", data.rotation, (":SecretRotation", "data:RedeployOnRotation"))
    yield Line(
        "secrets: read by their owner only", data.own_secrets_only, ("backend-task-execution", "backend-task-task")
    )
    yield Line("observability: dashboard of services", monitoring.service_dashboard, ("observability:Dashboard",))
    yield Line("observability: dashboard of data", monitoring.database_dashboard, ("observability:Dashboard",))
    yield Line(
        "observability: dashboard of the application",
        of_stack(monitoring.application_dashboard),
        ("observability:Dashboard",),
    )
    yield Line("observability: CPU and memory alarms", monitoring.service_alarms, ("AlarmSet::backend-alarms",))
    yield Line("observability: error rate alarm", monitoring.error_rate_alarm, ("AlarmSet::load-balancer-alarms",))
    yield Line("observability: connections alarm", monitoring.connections_alarm, ("AlarmSet::main-alarms",))
    yield Line("observability: slow query alarm", monitoring.slow_query_alarm, (":LogMetricFilter", ":ParameterGroup"))
    yield Line("observability: composite alarm", monitoring.composite_alarm, (":CompositeAlarm",))
    yield Line("observability: who is told", monitoring.alarm_recipients, ("observability:Topic",))
    yield Line(
        "observability: notices",
        monitoring.event_notifications,
        tuple(f"EventNotification::{name}" for name in ("failed-deployments", "stopped-tasks", "database-trouble")),
    )
    yield Line("observability: saved queries", monitoring.queries, (":QueryDefinition",))
    yield Line(
        "observability: reminder for foreign keys",
        monitoring.foreign_key_reminder,
        ("scheduler/schedule:Schedule", "observability:Reminders"),
    )
    yield Line("delivery: migration", compute.migration, ("compute:StandaloneTask",))
    if expected is PROD:
        yield Line("edge: WAF", edge.firewall, ("edge:WebAcl",))
        yield Line(
            "observability: Slack and e-mail", monitoring.slack, (":SlackChannelConfiguration", ":TopicSubscription")
        )
        yield Line("observability: X-Ray", monitoring.tracing, ("backend-task",))
        yield Line("observability: budget", monitoring.budget, (":Budget",))


def _called(assertion: Callable[[Plan, Expected], None], expected: Expected, plan: Plan) -> None:
    assertion(plan, expected)


EACH = [pytest.param(e, line, id=f"{e.environment}: {line.text}") for e in (DEV, PROD) for line in lines(e)]
each_stack = pytest.mark.parametrize("expected", [DEV, PROD], ids=lambda e: e.environment)


@pytest.mark.parametrize(("expected", "line"), EACH)
def test_line(expected: Expected, line: Line) -> None:
    check(line, planned(expected.file))


@pytest.mark.parametrize(("expected", "line"), EACH)
def test_line_fails_without_its_component(expected: Expected, line: Line) -> None:
    assert taken_out(line, planned(expected.file)) == []


@each_stack
def test_network_paths(expected: Expected) -> None:
    for phase in planned(expected.file).phases.values():
        assert [str(path) for path in network_paths(phase)] == PATHS


@pytest.mark.parametrize(("expected", "profile"), [(DEV, "baseline"), (PROD, "strict")], ids=["dev", "prod"])
def test_the_profile_finds_nothing_and_exempts_nothing(expected: Expected, profile: str) -> None:
    config = load_config(run.ROOT / "policy" / "profiles" / f"{profile}.json")
    for name, phase in judge(planned(expected.file), config).phases.items():
        report = phase.report
        assert report is not None
        assert (report.violations, report.exempted) == ((), ())
        assert name == "preview" or report.undecided == ()


def test_what_is_optional_is_switched_on_by_settings() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["backup"] = {"keep_days": 35, "copy_to": {"region": "us-west-2", "keep_days": 35}}
        areas["data"]["postgres"]["main"]["restore_from"] = {"snapshot": "h2o-before-the-flood"}
        areas["edge"]["distribution"]["origin"] = "public"

    plan = varied(PROD.file, change)
    assert of(plan, "rds/instance:Instance").inputs["snapshotIdentifier"] == "h2o-before-the-flood"
    assert of(plan, "lb/loadBalancer:LoadBalancer").inputs["internal"] is False
    vaults = plan.phases["deployed"].of_type("aws:backup/vault:Vault")
    assert {vault.inputs.get("region") for vault in vaults} == {None, "us-west-2"}
