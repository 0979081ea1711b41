"""What watches h2o-allegiant: dashboards, alarms, notices."""

from __future__ import annotations

import json
from typing import Any

from preview.plan import Plan, Record
from tests.systems.dyno.parts import environment, granted
from tests.systems.h2o.expected import Expected
from tests.systems.lines import document, of

__all__ = [
    "alarm_recipients",
    "application_dashboard",
    "budget",
    "composite_alarm",
    "connections_alarm",
    "database_dashboard",
    "error_rate_alarm",
    "event_notifications",
    "foreign_key_reminder",
    "queries",
    "service_alarms",
    "service_dashboard",
    "slack",
    "slow_query_alarm",
    "tracing",
]


def board(plan: Plan, area: str) -> str:
    found = [r for r in plan.phases["deployed"].of_type("aws:cloudwatch/dashboard:Dashboard") if r.name.endswith(area)]
    assert len(found) == 1, area
    return json.dumps(document(found[0], "dashboardBody"))


def alarms(plan: Plan) -> list[Record]:
    return plan.phases["deployed"].of_type("aws:cloudwatch/metricAlarm:MetricAlarm")


def simple(plan: Plan, namespace: str, metric: str) -> Record:
    found = [r for r in alarms(plan) if (r.inputs.get("namespace"), r.inputs.get("metricName")) == (namespace, metric)]
    assert len(found) == 1, (namespace, metric, [r.name for r in found])
    return found[0]


def when(alarm: Record) -> tuple[str, float, str, int]:
    """Comparison, threshold, statistic and minutes of an alarm on one metric."""
    made = alarm.inputs
    return (
        made["comparisonOperator"],
        made["threshold"],
        made["statistic"],
        made["period"] * made["evaluationPeriods"] // 60,
    )


def service_dashboard(plan: Plan) -> None:
    text = board(plan, "services")
    name = of(plan, "ecs/service:Service", "backend").outputs["name"]
    for metric in ("CPUUtilization", "MemoryUtilization", "RunningTaskCount", "DesiredTaskCount"):
        assert f'"{metric}"' in text, metric
    assert f'"{name}"' in text
    # What autoscaling aims at is drawn as a line.
    lines = [
        line["value"]
        for widget in json.loads(text)["widgets"]
        for line in widget["properties"].get("annotations", {}).get("horizontal", [])
    ]
    assert {70, 75} <= set(lines)


def database_dashboard(plan: Plan) -> None:
    text = board(plan, "data")
    for metric in ("DatabaseConnections", "FreeStorageSpace", "ReadLatency", "WriteLatency", "DBLoad"):
        assert f'"AWS/RDS", "{metric}"' in text, metric
    assert f'"{of(plan, "rds/instance:Instance").inputs["identifier"]}"' in text
    made = of(plan, ":LogMetricFilter", "main-slow-statements").inputs["metricTransformation"]
    assert f'"{made["namespace"]}", "{made["name"]}"' in text


def application_dashboard(plan: Plan, expected: Expected) -> None:
    text = board(plan, "application")
    assert '"AWS/ApplicationELB", "TargetResponseTime"' in text
    assert '"AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"' in text
    assert '"expression"' in text
    assert f'"H2O/{expected.environment}", "AIGenerationDuration"' in text


def service_alarms(plan: Plan) -> None:
    cpu, memory = simple(plan, "AWS/ECS", "CPUUtilization"), simple(plan, "AWS/ECS", "MemoryUtilization")
    assert when(cpu) == ("GreaterThanThreshold", 80, "Average", 5)
    assert when(memory) == ("GreaterThanThreshold", 85, "Average", 5)
    name = of(plan, "ecs/service:Service", "backend").outputs["name"]
    assert cpu.inputs["dimensions"]["ServiceName"] == memory.inputs["dimensions"]["ServiceName"] == name


def error_rate(plan: Plan) -> Record:
    return of(plan, ":MetricAlarm", "load-balancer-alarms-error-rate")


def error_rate_alarm(plan: Plan) -> None:
    """5xx answers of the load balancer and its targets, by requests; above one percent over five minutes."""
    made = error_rate(plan).inputs
    assert (made["comparisonOperator"], made["threshold"]) == ("GreaterThanThreshold", 1)
    metrics = {q["metric"]["metricName"]: q for q in made["metricQueries"] if "metric" in q}
    assert set(metrics) == {"RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"}
    assert {q["metric"]["period"] * made["evaluationPeriods"] for q in metrics.values()} == {300}
    (result,) = [q for q in made["metricQueries"] if q.get("returnData")]
    assert "100" in result["expression"]
    balancer = of(plan, "lb/loadBalancer:LoadBalancer").outputs["arnSuffix"]
    assert {q["metric"]["dimensions"]["LoadBalancer"] for q in metrics.values()} == {balancer}


def connections_alarm(plan: Plan) -> None:
    alarm = simple(plan, "AWS/RDS", "DatabaseConnections")
    assert when(alarm)[:2] == ("GreaterThanThreshold", 80)
    identifier = of(plan, "rds/instance:Instance").inputs["identifier"]
    assert alarm.inputs["dimensions"] == {"DBInstanceIdentifier": identifier}


def slow_query_alarm(plan: Plan) -> None:
    """The duration that PostgreSQL logs, read off its exported log, above a second on average."""
    instance = of(plan, "rds/instance:Instance").inputs
    assert "postgresql" in instance["enabledCloudwatchLogsExports"]
    parameters = {p["name"]: p["value"] for p in of(plan, "rds/parameterGroup:ParameterGroup").inputs["parameters"]}
    assert parameters["log_min_duration_statement"] == "250"
    filtered = of(plan, ":LogMetricFilter", "main-slow-statements").inputs
    assert filtered["logGroupName"] == f"/aws/rds/instance/{instance['identifier']}/postgresql"
    assert "duration:" in filtered["pattern"]
    made = filtered["metricTransformation"]
    alarm = simple(plan, made["namespace"], made["name"])
    assert when(alarm) == ("GreaterThanThreshold", 1000, "Average", 5)


def composite_alarm(plan: Plan) -> None:
    made = of(plan, ":CompositeAlarm").inputs
    assert error_rate(plan).outputs["name"] in made["alarmRule"]
    assert topic(plan) in made["alarmActions"]


def topic(plan: Plan) -> Any:
    return of(plan, "sns/topic:Topic").outputs["arn"]


def alarm_recipients(plan: Plan) -> None:
    """Every alarm reaches the topic, by itself or through the composite one; its key admits those who publish."""
    rule = of(plan, ":CompositeAlarm").inputs["alarmRule"]
    for alarm in alarms(plan):
        if not alarm.name.endswith("-rollback"):
            assert topic(plan) in alarm.inputs["alarmActions"] or alarm.outputs["name"] in rule, alarm.name
    key = json.dumps(document(of(plan, "kms/key:Key", "alarms-key"), "policy"))
    budgets = (
        {"budgets"} if [record for record in plan.phases["deployed"].records if "budgets" in record.type] else set()
    )
    for publisher in {"cloudwatch", "events"} | budgets:
        assert f'"{publisher}.amazonaws.com"' in key, publisher


def event_notifications(plan: Plan) -> None:
    """Failed deployments, tasks that stopped and fail-overs of the database are told."""
    rules = {
        r.name: document(r, "eventPattern")
        for r in plan.phases["deployed"].of_type("aws:cloudwatch/eventRule:EventRule")
    }
    targets = {
        r.inputs["rule"]: r.inputs["arn"]
        for r in plan.phases["deployed"].of_type("aws:cloudwatch/eventTarget:EventTarget")
    }
    told = {name for name in rules if targets.get(of(plan, ":EventRule", name).outputs["name"]) == topic(plan)}
    kinds = {kind for name in told for kind in rules[name]["detail-type"]}
    assert {"ECS Deployment State Change", "ECS Task State Change", "RDS DB Instance Event"} <= kinds
    text = json.dumps([rules[name] for name in sorted(told)])
    assert "SERVICE_DEPLOYMENT_FAILED" in text
    assert of(plan, "ecs/cluster:Cluster").outputs["arn"] in text
    assert of(plan, "rds/instance:Instance").inputs["identifier"] in text


def slack(plan: Plan) -> None:
    made = of(plan, ":SlackChannelConfiguration").inputs
    assert (made["slackTeamId"], made["slackChannelId"]) == ("T0EXAMPLE1", "C0EXAMPLE1")
    assert made["snsTopicArns"] == [topic(plan)]
    assert of(plan, ":TopicSubscription").inputs["endpoint"] == "oncall@example.com"


def queries(plan: Plan) -> None:
    found = plan.phases["deployed"].of_type("aws:cloudwatch/queryDefinition:QueryDefinition")
    read = {group for r in found for group in r.inputs["logGroupNames"]}
    assert of(plan, ":LogGroup", "backend-task-logs").inputs["name"] in read
    assert f"/aws/rds/instance/{of(plan, 'rds/instance:Instance').inputs['identifier']}/postgresql" in read


def foreign_key_reminder(plan: Plan) -> None:
    """A weekly look at when the value was set; after 90 days the topic is told."""
    made = of(plan, "scheduler/schedule:Schedule", "reminders-weekly").inputs
    machine = of(plan, "sfn/stateMachine:StateMachine", "reminders")
    assert made["target"]["arn"] == machine.outputs["arn"]
    text = machine.inputs["definition"]
    assert of(plan, ":Secret", "openai-api-key").outputs["arn"] in text
    assert str(90 * 24 * 60 * 60 * 1000) in text
    assert topic(plan) in text
    assert of(plan, ":Secret", "jwt-secret").outputs["arn"] not in text


def budget(plan: Plan) -> None:
    made = of(plan, "budgets/budget:Budget").inputs
    assert (float(made["limitAmount"]), made["limitUnit"], made["timeUnit"]) == (400, "USD", "MONTHLY")
    assert all(topic(plan) in note["subscriberSnsTopicArns"] for note in made["notifications"])


def tracing(plan: Plan) -> None:
    """An ADOT collector beside the application takes its traces to X-Ray."""
    containers = document(of(plan, ":TaskDefinition", "backend-task"), "containerDefinitions")
    (collector,) = [c for c in containers if "aws-otel-collector" in c["image"]]
    assert collector["essential"] is False
    assert environment(plan, "backend")["OTEL_EXPORTER_OTLP_ENDPOINT"].startswith("http://localhost:43")
    assert granted(plan, "backend-task-task", "xray:PutTraceSegments")
