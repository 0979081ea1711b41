"""The topic: who may publish, with which key, and who receives."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from typing import Any

import pulumi
import pytest

from components.observability.topic import Publisher, Topic, TopicArgs
from preview.plan import Plan
from preview.run import ProgramError
from tests.accounts import account
from tests.recording import children, every_phase, one, record

ACCOUNT = "123456789012"
TOPIC = "aws:sns/topic:Topic"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def topic(emails: Sequence[str] = (), publishers: Set[Publisher] = frozenset({"cloudwatch", "events"})) -> Plan:
    def program() -> None:
        args = TopicArgs(account=account(), publishers=publishers, emails=emails)
        pulumi.export("arn", Topic("alarms", args).arn)

    return record(program)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return topic()


def statements(plan: Plan, type_: str) -> dict[str, dict[str, Any]]:
    found = json.loads(one(plan.phases["deployed"], type_).inputs["policy"])["Statement"]
    return {statement["Sid"]: statement for statement in found}


def test_children(plain: Plan) -> None:
    for phase in plain.phases.values():
        assert children(phase) == [
            ("aws:kms/key:Key", "alarms-key"),
            (TOPIC, "alarms"),
            ("aws:sns/topicPolicy:TopicPolicy", "alarms-policy"),
        ]


def test_encrypted_with_a_key_of_its_own(plain: Plan) -> None:
    for phase in plain.phases.values():
        key = one(phase, "aws:kms/key:Key")
        assert key.inputs["enableKeyRotation"] is True
        assert one(phase, TOPIC).property_dependencies["kmsMasterKeyId"] == (key.urn,)


def test_the_key_admits_cloudwatch_or_alarms_would_be_dropped(plain: Plan) -> None:
    own = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    found = statements(plain, "aws:kms/key:Key")
    account, events = found["AccountEncrypts"], found["EventsEncrypts"]
    assert account["Principal"]["Service"] == ["cloudwatch.amazonaws.com"]
    assert account["Condition"] == own
    assert events["Principal"]["Service"] == ["events.amazonaws.com"]
    assert "Condition" not in events
    for statement in (account, events):
        assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*"]


@pytest.mark.parametrize(
    ("publishers", "expected"),
    [
        (set(), {}),
        ({"budgets"}, {"Account": ["budgets.amazonaws.com"]}),
        ({"events"}, {"Events": ["events.amazonaws.com"]}),
        ({"cloudwatch", "budgets"}, {"Account": ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]}),
    ],
)
def test_only_what_publishes_is_admitted(publishers: Set[Publisher], expected: dict[str, list[str]]) -> None:
    plan = topic(publishers=publishers)
    for type_, verb in (("aws:kms/key:Key", "Encrypts"), ("aws:sns/topicPolicy:TopicPolicy", "Publishes")):
        admitted = {
            sid.removesuffix(verb): statement["Principal"]["Service"]
            for sid, statement in statements(plan, type_).items()
            if sid.endswith(verb)
        }
        assert admitted == expected


def test_publishers_and_tls(plain: Plan) -> None:
    found = statements(plain, "aws:sns/topicPolicy:TopicPolicy")
    arn = plain.phases["deployed"].outputs["arn"]
    assert found.keys() == {"AccountPublishes", "EventsPublishes", "OnlyTls"}
    for statement in found.values():
        assert (statement["Action"], statement["Resource"]) == (["sns:Publish"], [arn])
    assert found["AccountPublishes"]["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    tls = found["OnlyTls"]
    assert (tls["Effect"], tls["Principal"]) == ("Deny", "*")
    assert tls["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [s["Effect"] for sid, s in found.items() if s["Principal"] == "*"] == ["Deny"]


def test_removing_an_address_leaves_the_others_alone() -> None:
    def subscriptions(*emails: str) -> dict[str, str]:
        found = topic(emails).phases["deployed"].of_type(SUBSCRIPTION)
        assert {s.inputs["protocol"] for s in found} == {"email"}
        return {s.name: s.inputs["endpoint"] for s in found}

    both, second = subscriptions("a@example.com", "b@example.com"), subscriptions("b@example.com")
    assert sorted(both.values()) == ["a@example.com", "b@example.com"]
    assert second.items() <= both.items()


def test_an_address_given_twice() -> None:
    with pytest.raises(ProgramError, match="names an e-mail address twice"):
        every_phase(topic(["a@example.com", "a@example.com"]))
