"""A whole stack that tells a Slack channel, of events too, and has a budget; and one that tells nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from preview.plan import Plan
from tests.stacks import SMALL, planned, varied
from tests.systems.lines import document, of

FILE = SMALL
RULE = "aws:cloudwatch/eventRule:EventRule"
NOTICES = {"database-trouble", "failed-deployments", "stopped-tasks"}


@cache
def told() -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["observability"] |= {
            "slack": {"workspace_id": "T0EXAMPLE1", "channel_id": "C0EXAMPLE1"},
            "budget": {"monthly_usd": 100, "counts": "stack"},
        }

    return varied(FILE, change)


def rules(change: Callable[[dict[str, Any]], None]) -> set[str]:
    return {record.name for record in varied(FILE, change).phases["deployed"].of_type(RULE)} & NOTICES


def test_everything_tells_the_one_topic_and_waits_for_its_policy() -> None:
    phase = told().phases["deployed"]
    topic, policy = of(told(), ":Topic").id, of(told(), ":TopicPolicy").urn
    channel, budget = of(told(), ":SlackChannelConfiguration"), of(told(), ":Budget")
    targets = [record for record in phase.records if record.name in {f"{name}-target" for name in NOTICES}]
    assert len(targets) == 3
    assert channel.inputs["snsTopicArns"] == [topic]
    assert {told["subscriberSnsTopicArns"][0] for told in budget.inputs["notifications"]} == {topic}
    assert {target.inputs["arn"] for target in targets} == {topic}
    for record in (channel, budget, *targets):
        assert policy in record.dependencies, record.name


def test_an_e_mail_says_whose_alarm_it_is() -> None:
    """The names of alarms do not, and an account may have several stacks."""
    assert of(told(), ":Topic").inputs["displayName"] == "prod-alarms"
    assert of(planned("systems/h2o-allegiant.prod.yaml"), ":Topic").inputs["displayName"] == "h2o-allegiant-prod-alarms"


def admitted(plan: Plan) -> set[str]:
    """The services that the topic and its key admit, which are the same."""
    both = []
    for record in (of(plan, ":TopicPolicy"), of(plan, "kms/key:Key", "alarms-key")):
        statements = document(record, "policy")["Statement"]
        principals = [statement["Principal"] for statement in statements if isinstance(statement["Principal"], dict)]
        both.append({service for principal in principals for service in principal.get("Service", [])})
    assert both[0] == both[1]
    return {service.removesuffix(".amazonaws.com") for service in both[0]}


def test_whoever_tells_is_admitted_by_topic_and_key() -> None:
    assert admitted(told()) == {"cloudwatch", "events", "budgets"}


def test_whoever_does_not_tell_is_not_admitted() -> None:
    """AWS Budgets and cost anomalies are admitted by no default stack: nothing of either publishes there."""
    assert admitted(planned(FILE)) == {"cloudwatch", "events"}

    def only(change: dict[str, Any]) -> set[str]:
        return admitted(varied(FILE, lambda areas: areas["observability"].update(change)))

    metrics = {"jobs": {"dimensions": {}, "alarm": {"comparison": ">", "threshold": 1}}}
    assert only({"events": False}) == {"cloudwatch"}
    assert only({"alarms": None}) == {"events"}
    assert only({"alarms": None, "events": False}) == set()
    assert only({"alarms": None, "events": False, "budget": {"monthly_usd": 1}}) == {"budgets"}
    assert only({"alarms": None, "events": False, "custom_metrics": {"App": {"metrics": metrics}}}) == {"cloudwatch"}


def test_names_that_are_unique_in_the_account() -> None:
    assert of(told(), ":SlackChannelConfiguration").inputs["configurationName"] == "prod-alarms"
    assert of(told(), ":Budget").inputs["name"] == "prod-monthly"


def test_the_budget_counts_the_tag_that_the_resources_bear() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["observability"]["budget"] = {"monthly_usd": 5, "counts": "stack"}
        areas["tags"] = {"Stack": "shop"}

    (counted,) = of(varied(FILE, change), ":Budget").inputs["costFilters"]
    assert counted == {"name": "TagKeyValue", "values": ["user:Stack$shop"]}


def test_events_of_this_cluster_and_these_databases_only() -> None:
    cluster = of(told(), "ecs/cluster:Cluster").outputs["arn"]
    deployments = document(of(told(), ":EventRule", "failed-deployments"), "eventPattern")
    tasks = document(of(told(), ":EventRule", "stopped-tasks"), "eventPattern")
    databases = document(of(told(), ":EventRule", "database-trouble"), "eventPattern")
    assert deployments["resources"] == [{"prefix": cluster.replace(":cluster/", ":service/") + "/"}]
    assert tasks["detail"]["clusterArn"] == [cluster]
    identifiers = {r.inputs["identifier"] for r in told().phases["deployed"].of_type("aws:rds/instance:Instance")}
    assert set(databases["detail"]["SourceIdentifier"]) == identifiers


def test_notices_are_on_where_there_is_something_to_tell_of() -> None:
    assert {record.name for record in planned(FILE).phases["deployed"].of_type(RULE)} >= NOTICES

    def off(areas: dict[str, Any]) -> None:
        areas["observability"]["events"] = False

    def no_database(areas: dict[str, Any]) -> None:
        areas["data"]["postgres"] = {}
        areas["compute"]["services"]["api"]["connects_to"] = []
        areas["outputs"] = {}

    def nothing_runs(areas: dict[str, Any]) -> None:
        areas["compute"], areas["outputs"] = {}, {}

    def one_task(areas: dict[str, Any]) -> None:
        areas["compute"] = {"tasks": {"once": {"image": "example/once:1", "architecture": "arm64"}}}
        areas["outputs"] = {}

    assert rules(off) == set()
    assert rules(no_database) == {"failed-deployments", "stopped-tasks"}
    assert rules(nothing_runs) == {"database-trouble"}
    assert rules(one_task) == {"database-trouble", "stopped-tasks"}


def test_neither_channel_nor_budget_by_default() -> None:
    types = {record.type for record in planned(FILE).phases["deployed"].records}
    assert not [type_ for type_ in types if "chatbot" in type_ or "budgets" in type_]


def backed_up(**backup: Any) -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["data"]["backup"] = backup
        areas["data"]["postgres"]["main"]["backup_plan"] = True

    return varied(FILE, change)


def test_a_backup_that_fails_or_is_never_made_is_reported() -> None:
    plan = backed_up(at="06:30", copy_to={"region": "us-west-2"})
    vaults = {record.name: record for record in plan.phases["deployed"].of_type("aws:backup/vault:Vault")}
    backups = document(of(plan, ":EventRule", "failed-backups"), "eventPattern")
    copies = document(of(plan, ":EventRule", "failed-copies"), "eventPattern")
    assert backups["detail"]["backupVaultArn"] == [vaults["backup-vault"].outputs["arn"]]
    assert copies["detail"]["destinationBackupVaultArn"] == [vaults["backup-copy-vault"].outputs["arn"]]
    alarm = of(plan, ":MetricAlarm", "backup-alarms-none-completed")
    assert alarm.inputs["dimensions"] == {"BackupVaultName": vaults["backup-vault"].outputs["name"]}
    assert alarm.inputs["alarmActions"][0] == of(plan, ":Topic").id


def test_copies_are_reported_where_there_are_any_and_nothing_is_without_a_plan() -> None:
    def names(plan: Plan) -> set[str]:
        return {record.name for record in plan.phases["deployed"].of_type(RULE)}

    assert "failed-backups" in names(backed_up())
    assert "failed-copies" not in names(backed_up())
    assert not {"failed-backups", "failed-copies"} & names(planned(FILE))


def test_a_rotation_that_failed_is_reported_also_where_no_service_reads_the_password() -> None:
    """With readers, the alarm on their redeployment tells of it; with tokens, through a proxy or not, nothing would."""

    def with_(**database: Any) -> Plan:
        return varied(FILE, lambda areas: areas["data"]["postgres"]["main"].update(database))

    def failed(plan: Plan) -> list[str]:
        rules = [record for record in plan.phases["deployed"].of_type(RULE) if record.name == "failed-rotations"]
        return [secret for rule in rules for secret in _secrets(document(rule, "eventPattern"))]

    redeploying = with_(credentials="managed")
    assert failed(redeploying) == []
    assert (
        "RotationFailed"
        in document(of(redeploying, ":EventRule", "main-rotated-rule"), "eventPattern")["detail"]["eventName"]
    )
    for plan in (with_(credentials="iam"), with_(credentials="managed", proxy={"auth": "iam"})):
        (database,) = plan.phases["deployed"].of_type("aws:rds/instance:Instance")
        assert failed(plan) == [database.outputs["masterUserSecrets"][0]["secretArn"]]
    assert failed(with_(credentials="generated")) == []


def _secrets(pattern: dict[str, Any]) -> list[str]:
    assert pattern["detail"]["eventName"] == ["RotationFailed", "RotationAbandoned"]
    return pattern["detail"]["additionalEventData"]["SecretId"]
