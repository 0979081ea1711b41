"""Queues: encryption, TLS, dead letters, and permissions for the named senders and consumers only."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.data.queue import Queue, QueueArgs, Sender
from components.values import Injection
from preview.plan import Plan
from settings.data import queues
from settings.data.queues import url_variable
from tests.accounts import account
from tests.recording import children, one, record

QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"
REDRIVE = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"
DEAD, FIFO = "jobs-dead-letter-queue", "jobs-first-in-first-out"
ACCOUNT = "123456789012"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
BUCKET = Sender(service="s3.amazonaws.com", source_arn="arn:aws:s3:::uploads", account=account())


def queue_plan(*, protect: bool = False, senders: tuple[Sender, ...] = (), **settings: Any) -> Plan:
    def program() -> None:
        jobs = Queue(
            "jobs",
            QueueArgs(settings=queues.Queue.model_validate(settings), key_arn=KEY, protect=protect, senders=senders),
        )
        for name in ("send", "consume"):
            injection = jobs.injection("JOBS_QUEUE_URL", name)
            export(name, injection)
        pulumi.export("arn", jobs.arn)
        pulumi.export("url", jobs.url)
        pulumi.export("dead_letter_url", jobs.dead_letter_url)
        metrics = jobs.metrics
        for metric in (metrics.visible, metrics.in_flight, metrics.oldest_s, metrics.dead_letters):
            pulumi.export(metric.label, [metric.name, metric.dimensions, metric.statistic])

    return record(program)


def export(name: str, injection: Injection) -> None:
    assert not injection.secrets
    assert not injection.execution_permissions
    pulumi.export(f"{name}_environment", injection.environment)
    pulumi.export(
        f"{name}_permissions",
        [[list(p.actions), list(p.resources), p.conditions] for p in injection.task_permissions],
    )


def statements(plan: Plan, name: str = "jobs-policy") -> list[dict[str, Any]]:
    return json.loads(one(plan.phases["deployed"], POLICY, name).inputs["policy"])["Statement"]


def test_children() -> None:
    for phase in queue_plan().phases.values():
        assert children(phase) == [
            (QUEUE, "jobs"),
            (QUEUE, DEAD),
            (POLICY, f"{DEAD}-policy"),
            (POLICY, "jobs-policy"),
            (REDRIVE, "jobs-redrive"),
        ]


def test_defaults() -> None:
    phase = queue_plan().phases["deployed"]
    shared = {
        "visibilityTimeoutSeconds": 120,
        "maxMessageSize": 256 * 1024,
        "receiveWaitTimeSeconds": 20,
        "kmsMasterKeyId": KEY,
        "delaySeconds": 0,
    }
    dead = one(phase, QUEUE, DEAD)
    assert dead.inputs == {**shared, "messageRetentionSeconds": 14 * 86400}
    main = dict(one(phase, QUEUE, "jobs").inputs)
    redrive = json.loads(main.pop("redrivePolicy"))
    assert main == {**shared, "messageRetentionSeconds": 4 * 86400}
    # The provider wants a number; AWS would take text as well.
    assert redrive == {"deadLetterTargetArn": dead.outputs["arn"], "maxReceiveCount": 5}


def test_settings() -> None:
    phase = queue_plan(
        visibility_timeout_s=900, retention_days=13, max_receives=2, delay_s=30, max_message_kb=1024
    ).phases["deployed"]
    inputs = one(phase, QUEUE, "jobs").inputs
    assert inputs["visibilityTimeoutSeconds"] == 900
    assert inputs["messageRetentionSeconds"] == 13 * 86400
    assert inputs["delaySeconds"] == 30
    assert inputs["maxMessageSize"] == 1048576
    assert json.loads(inputs["redrivePolicy"])["maxReceiveCount"] == 2
    # Dead letters are as large as messages, and the dead-letter queue has no delay.
    dead = one(phase, QUEUE, DEAD).inputs
    assert (dead["maxMessageSize"], dead["delaySeconds"]) == (1048576, 0)


def test_only_this_queue_may_leave_dead_letters() -> None:
    phase = queue_plan().phases["deployed"]
    redrive = one(phase, REDRIVE).inputs
    assert redrive["queueUrl"] == one(phase, QUEUE, DEAD).outputs["url"]
    assert json.loads(redrive["redriveAllowPolicy"]) == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [one(phase, QUEUE, "jobs").outputs["arn"]],
    }


def test_fifo() -> None:
    """A fifo queue's dead letters go to a fifo queue, or AWS refuses the redrive policy."""
    phase = queue_plan(fifo=True, content_deduplication=True).phases["deployed"]
    for name in (FIFO, f"{DEAD}-first-in-first-out"):
        record = one(phase, QUEUE, name)
        assert record.inputs["fifoQueue"] is record.inputs["contentBasedDeduplication"] is True
        # Named automatically, where the provider appends the ending that AWS demands.
        assert "name" not in record.inputs
        assert record.outputs["name"].endswith(".fifo")
        assert len(record.outputs["name"]) <= 80
    assert {record.inputs["queueUrl"] for record in phase.of_type(POLICY)} == {
        record.outputs["url"] for record in phase.of_type(QUEUE)
    }


def test_a_standard_queue_has_no_fifo_inputs() -> None:
    for jobs in queue_plan().phases["preview"].of_type(QUEUE):
        assert not {"fifoQueue", "contentBasedDeduplication"} & jobs.inputs.keys()


def test_a_change_to_fifo_is_another_resource() -> None:
    """Renamed in place it would keep its automatic name, which does not end in .fifo."""
    before, after = (
        {record.urn for record in queue_plan(fifo=fifo).phases["preview"].of_type(QUEUE)} for fifo in (False, True)
    )
    assert not before & after


def test_only_over_tls() -> None:
    plan = queue_plan()
    for policy, queue in (("jobs-policy", "jobs"), (f"{DEAD}-policy", DEAD)):
        record = one(plan.phases["deployed"], QUEUE, queue)
        assert one(plan.phases["deployed"], POLICY, policy).inputs["queueUrl"] == record.outputs["url"]
        assert statements(plan, policy) == [
            {
                "Sid": "OnlyTls",
                "Effect": "Deny",
                "Principal": "*",
                "Action": ["sqs:*"],
                "Resource": [record.outputs["arn"]],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ]


def test_only_a_bucket_with_notifications_may_send() -> None:
    plan = queue_plan(senders=(BUCKET,))
    tls_only, sender = statements(plan)
    assert tls_only["Sid"] == "OnlyTls"
    assert sender == {
        "Sid": "Sender0",
        "Effect": "Allow",
        "Principal": {"Service": ["s3.amazonaws.com"]},
        "Action": ["sqs:SendMessage"],
        "Resource": [one(plan.phases["deployed"], QUEUE, "jobs").outputs["arn"]],
        "Condition": {
            "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::uploads"},
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
        },
    }
    assert [statement["Sid"] for statement in statements(plan, f"{DEAD}-policy")] == ["OnlyTls"]


def test_s3_sends_to_no_fifo_queue() -> None:
    args = QueueArgs(settings=queues.Queue(fifo=True), key_arn=KEY, protect=False, senders=[BUCKET])
    with pytest.raises(ValueError, match=r"jobs is a fifo queue, to which s3\.amazonaws\.com cannot send"):
        Queue("jobs", args)


VIA_SQS = {"StringEquals": {"kms:ViaService": "sqs.us-east-1.amazonaws.com"}}


@pytest.mark.parametrize(
    ("use", "actions", "key_actions"),
    [
        (
            "send",
            ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
            ["kms:GenerateDataKey", "kms:Decrypt"],
        ),
        (
            "consume",
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
            ["kms:Decrypt"],
        ),
    ],
)
def test_what_a_container_gets(use: str, actions: list[str], key_actions: list[str]) -> None:
    phase = queue_plan().phases["deployed"]
    jobs = one(phase, QUEUE, "jobs").outputs
    assert phase.outputs[f"{use}_environment"] == {"JOBS_QUEUE_URL": jobs["url"]}
    assert phase.outputs[f"{use}_permissions"] == [[actions, [jobs["arn"]], {}], [key_actions, [KEY], VIA_SQS]]


@pytest.mark.parametrize(("name", "variable"), [("jobs", "JOBS_QUEUE_URL"), ("to-do-2", "TO_DO_2_QUEUE_URL")])
def test_variable(name: str, variable: str) -> None:
    assert url_variable(name) == variable


def test_metrics() -> None:
    phase = queue_plan().phases["deployed"]
    jobs, dead = ({"QueueName": one(phase, QUEUE, name).outputs["name"]} for name in ("jobs", DEAD))
    assert {key: value for key, value in phase.outputs.items() if key.startswith("jobs ")} == {
        "jobs waiting": ["ApproximateNumberOfMessagesVisible", jobs, "Maximum"],
        "jobs in flight": ["ApproximateNumberOfMessagesNotVisible", jobs, "Maximum"],
        "jobs age of the oldest message (s)": ["ApproximateAgeOfOldestMessage", jobs, "Maximum"],
        "jobs dead letters": ["ApproximateNumberOfMessagesVisible", dead, "Maximum"],
    }


def test_outputs() -> None:
    phase = queue_plan().phases["deployed"]
    jobs, dead = (one(phase, QUEUE, name).outputs for name in ("jobs", DEAD))
    assert phase.outputs["arn"] == jobs["arn"]
    assert phase.outputs["url"] == jobs["url"]
    assert phase.outputs["dead_letter_url"] == dead["url"]


@pytest.mark.parametrize("protect", [True, False])
def test_protection(protect: bool) -> None:
    assert [record.protect for record in queue_plan(protect=protect).phases["preview"].of_type(QUEUE)] == [protect] * 2
