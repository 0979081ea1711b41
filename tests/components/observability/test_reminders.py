"""Reminders: which secrets are looked at, how old is old, who is told, and with which permissions."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.observability.reminders import Reminders, RemindersArgs, WatchedSecret
from preview.plan import Plan
from tests.accounts import account
from tests.recording import children, one, record

ACCOUNT = "123456789012"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1a2b"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:test/openai-api-key-AbCdEf"
PARAMETER = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/test/SUPABASE_KEY"
MACHINE = "aws:sfn/stateMachine:StateMachine"
SCHEDULE = "aws:scheduler/schedule:Schedule"
ROLE, POLICY = "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"


def args(*secrets: WatchedSecret) -> RemindersArgs:
    return RemindersArgs(secrets=secrets, topic_arn=TOPIC, topic_key_arn=KEY, account=account())


@pytest.fixture(scope="module")
def plan() -> Plan:
    def program() -> None:
        Reminders(
            "reminders",
            args(
                WatchedSecret(
                    name="test/openai-api-key",
                    arn=pulumi.Output.from_input(SECRET),
                    store="secrets-manager",
                    days=90,
                    description='Key of "OpenAI"',
                ),
                WatchedSecret(name="/test/SUPABASE_KEY", arn=PARAMETER, store="parameter", days=30),
            ),
        )

    return record(program)


def branches(plan: Plan) -> list[dict[str, Any]]:
    machine = json.loads(one(plan.phases["deployed"], MACHINE).inputs["definition"])
    assert machine["QueryLanguage"] == "JSONata"
    assert machine["States"]["Secrets"]["End"] is True
    return machine["States"]["Secrets"]["Branches"]


def statements(plan: Plan, name: str) -> list[dict[str, Any]]:
    return json.loads(one(plan.phases["deployed"], POLICY, name).inputs["policy"])["Statement"]


def test_children_without_a_function(plan: Plan) -> None:
    for phase in plan.phases.values():
        assert children(phase) == [
            (ROLE, "reminders-reader"),
            (ROLE, "reminders-starter"),
            (POLICY, "reminders-reader-policy"),
            (POLICY, "reminders-starter-policy"),
            (SCHEDULE, "reminders-weekly"),
            (MACHINE, "reminders"),
        ]


def test_every_monday(plan: Plan) -> None:
    inputs = one(plan.phases["deployed"], SCHEDULE).inputs
    assert (inputs["scheduleExpression"], inputs["scheduleExpressionTimezone"]) == ("cron(0 8 ? * MON *)", "UTC")
    assert inputs["flexibleTimeWindow"] == {"mode": "OFF"}
    assert inputs["target"]["arn"] == one(plan.phases["deployed"], MACHINE).outputs["arn"]
    assert inputs["target"]["roleArn"] == one(plan.phases["deployed"], ROLE, "reminders-starter").outputs["arn"]


def test_the_age_is_that_of_the_value_and_not_of_the_secret(plan: Plan) -> None:
    secret, parameter = (branch["States"] for branch in branches(plan))
    assert secret["Read 1"]["Resource"] == "arn:aws:states:::aws-sdk:secretsmanager:listSecretVersionIds"
    assert secret["Read 1"]["Arguments"] == {"SecretId": SECRET}
    assert '"AWSCURRENT" in VersionStages' in secret["Read 1"]["Output"]
    assert parameter["Read 2"]["Resource"] == "arn:aws:states:::aws-sdk:ssm:describeParameters"
    wanted = {"Key": "Name", "Option": "Equals", "Values": ["/test/SUPABASE_KEY"]}
    assert parameter["Read 2"]["Arguments"] == {"ParameterFilters": [wanted]}


def test_so_many_days_and_a_secret_without_a_value_is_old(plan: Plan) -> None:
    for number, (branch, days) in enumerate(zip(branches(plan), (90, 30), strict=True), start=1):
        compare = branch["States"][f"Compare {number}"]
        (choice,) = compare["Choices"]
        assert f" > {days * 24 * 60 * 60 * 1000} : true" in choice["Condition"]
        assert choice["Condition"].startswith("{% $exists($states.input.changed) ? ")
        assert (choice["Next"], compare["Default"]) == (f"Notify {number}", f"Fine {number}")
        assert branch["States"][f"Fine {number}"] == {"Type": "Succeed"}


def test_the_states_lead_to_each_other(plan: Plan) -> None:
    names = [name for branch in branches(plan) for name in branch["States"]]
    assert len(set(names)) == len(names), "Step Functions wants names once in the whole machine"
    assert all(len(name) <= 80 for name in names)
    for branch in branches(plan):
        states = branch["States"]
        led = {state.get("Next") for state in states.values()} | {state.get("Default") for state in states.values()}
        led |= {choice["Next"] for state in states.values() for choice in state.get("Choices", ())}
        assert led - {None} == set(states) - {branch["StartAt"]}


def test_the_message_says_how(plan: Plan) -> None:
    told = [branch["States"][f"Notify {i}"]["Arguments"] for i, branch in enumerate(branches(plan), start=1)]
    assert {one["TopicArn"] for one in told} == {TOPIC}
    assert [one["Subject"] for one in told] == ["Renew test/openai-api-key", "Renew /test/SUPABASE_KEY"]
    secret, parameter = (json.loads(one["Message"]) for one in told)
    assert (secret["version"], secret["source"]) == ("1.0", "custom")
    assert 'test/openai-api-key (Key of "OpenAI")' in secret["content"]["description"]
    assert "more than 90 days" in secret["content"]["description"]
    assert "put-secret-value --secret-id test/openai-api-key" in secret["content"]["nextSteps"][1]
    line = 'put-parameter --overwrite --type SecureString --key-id "$KEY_ARN" --name /test/SUPABASE_KEY'
    assert line in parameter["content"]["nextSteps"][1]


def test_nobody_may_read_a_value_or_tell_another_topic(plan: Plan) -> None:
    assert [(s["Action"], s["Resource"]) for s in statements(plan, "reminders-reader-policy")] == [
        (["sns:Publish"], [TOPIC]),
        (["kms:Decrypt", "kms:GenerateDataKey*"], [KEY]),
        (["secretsmanager:ListSecretVersionIds"], [SECRET]),
        (["ssm:DescribeParameters"], ["*"]),
    ]
    machine = one(plan.phases["deployed"], MACHINE).outputs["arn"]
    assert [(s["Action"], s["Resource"]) for s in statements(plan, "reminders-starter-policy")] == [
        (["states:StartExecution"], [machine])
    ]
    for name, service in (("reader", "states.amazonaws.com"), ("starter", "scheduler.amazonaws.com")):
        role = one(plan.phases["deployed"], ROLE, f"reminders-{name}").inputs
        (trust,) = json.loads(role["assumeRolePolicy"])["Statement"]
        assert trust["Principal"] == {"Service": [service]}
        assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_without_parameters_there_is_no_star() -> None:
    secret = WatchedSecret(name="test/one", arn=SECRET, store="secrets-manager", days=1)
    plan = record(lambda: Reminders("reminders", args(secret)))
    assert "*" not in [arn for s in statements(plan, "reminders-reader-policy") for arn in s["Resource"]]


def test_nothing_to_remind_of() -> None:
    with pytest.raises(ValueError, match="there is no secret to remind of"):
        args()
