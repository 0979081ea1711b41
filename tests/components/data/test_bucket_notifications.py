"""Event notifications of a bucket to queues and the event bus."""

from __future__ import annotations

from typing import Any

import pulumi_aws as aws
import pytest

from components.data.bucket_notifications import BucketNotifications, BucketNotificationsArgs
from preview.plan import Plan
from settings.data.buckets import Bucket
from tests.recording import children, one, record

NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
JOBS, OTHER = (f"arn:aws:sqs:us-east-1:123456789012:{name}" for name in ("jobs-1", "other-1"))


def notifications(notifications: Any, *, event_bus: bool = False) -> Plan:
    def program() -> None:
        policy = aws.sqs.QueuePolicy("jobs-policy", queue_url="https://sqs.us-east-1.amazonaws.com/1/jobs", policy="{}")
        BucketNotifications(
            "documents-notifications",
            BucketNotificationsArgs(
                bucket="documents-1",
                notifications=Bucket.model_validate({"notifications": notifications}).notifications,
                queue_arns={"jobs": JOBS, "other": OTHER},
                dependencies=[policy],
                event_bus=event_bus,
            ),
        )

    return record(program)


def test_one_configuration_that_depends_on_the_queue_s_policy() -> None:
    assert Bucket.model_validate({"notifications": "jobs"}) == Bucket.model_validate(
        {"notifications": [{"queue": "jobs"}]}
    )
    plan = notifications("jobs")
    for phase in plan.phases.values():
        assert children(phase) == [
            (NOTIFICATION, "documents-notifications"),
            ("aws:sqs/queuePolicy:QueuePolicy", "jobs-policy"),
        ]
        configuration = one(phase, NOTIFICATION)
        assert one(phase, "aws:sqs/queuePolicy:QueuePolicy").urn in configuration.dependencies
        assert configuration.inputs == {
            "bucket": "documents-1",
            "queues": [{"id": "jobs-0", "queueArn": JOBS, "events": ["s3:ObjectCreated:*"]}],
        }


def test_several_in_one_configuration() -> None:
    entries = [
        {"queue": "jobs", "prefix": "uploads/", "suffix": ".pdf"},
        {"queue": "other", "prefix": "uploads/", "suffix": ".png", "events": ["removed", "created"]},
    ]
    queues = one(notifications(entries).phases["deployed"], NOTIFICATION).inputs["queues"]
    assert queues == [
        {
            "id": "jobs-0",
            "queueArn": JOBS,
            "events": ["s3:ObjectCreated:*"],
            "filterPrefix": "uploads/",
            "filterSuffix": ".pdf",
        },
        {
            "id": "other-1",
            "queueArn": OTHER,
            "events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
            "filterPrefix": "uploads/",
            "filterSuffix": ".png",
        },
    ]


def test_the_event_bus_with_queues_and_alone() -> None:
    """A configuration without it would disable what AWS Backup has enabled."""
    with_queue = one(notifications({"queue": "jobs"}, event_bus=True).phases["deployed"], NOTIFICATION).inputs
    assert (with_queue["eventbridge"], len(with_queue["queues"])) == (True, 1)
    alone = one(notifications([], event_bus=True).phases["deployed"], NOTIFICATION).inputs
    assert alone == {"bucket": "documents-1", "eventbridge": True}


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, {}, True),
        ({}, {"prefix": "a/"}, True),
        ({"prefix": "a/"}, {"prefix": "b/"}, False),
        ({"prefix": "a/"}, {"prefix": "a/b/"}, True),
        ({"suffix": ".pdf"}, {"suffix": ".png"}, False),
        ({"suffix": "f"}, {"suffix": ".pdf"}, True),
        ({"prefix": "a/", "suffix": ".pdf"}, {"prefix": "a/b/", "suffix": ".png"}, False),
        ({"prefix": "a/", "suffix": ".pdf"}, {"prefix": "b/", "suffix": ".pdf"}, False),
        ({}, {"events": ["removed"]}, False),
        ({"events": ["created", "removed"]}, {"events": ["removed"]}, True),
    ],
)
def test_s3_refuses_two_notifications_for_the_same_object(first: Any, second: Any, overlap: bool) -> None:
    settings = {"notifications": [{"queue": "jobs", **first}, {"queue": "other", **second}]}
    if overlap:
        with pytest.raises(ValueError, match="faults"):
            Bucket.model_validate(settings)
    else:
        assert len(Bucket.model_validate(settings).notifications) == 2
