"""What a bucket tells its queues, and when that is set up."""

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


def test_one_configuration_which_waits_for_the_queue_s_policy() -> None:
    assert Bucket.model_validate({"notifications": "jobs"}) == Bucket.model_validate(
        {"notifications": [{"queue": "jobs"}]}
    )
    plan = notifications("jobs")
    for phase in plan.phases.values():
        assert children(phase) == [
            (NOTIFICATION, "documents-notifications"),
            ("aws:sqs/queuePolicy:QueuePolicy", "jobs-policy"),
        ]
        made = one(phase, NOTIFICATION)
        assert one(phase, "aws:sqs/queuePolicy:QueuePolicy").urn in made.dependencies
        assert made.inputs == {
            "bucket": "documents-1",
            "queues": [{"id": "jobs-0", "queueArn": JOBS, "events": ["s3:ObjectCreated:*"]}],
        }


def test_several_in_one_configuration() -> None:
    entries = [
        {"queue": "jobs", "prefix": "uploads/", "suffix": ".pdf"},
        {"queue": "other", "prefix": "uploads/", "suffix": ".png", "events": ["removed", "created"]},
    ]
    made = one(notifications(entries).phases["deployed"], NOTIFICATION).inputs["queues"]
    assert made == [
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


def test_the_event_bus_beside_queues_and_alone() -> None:
    """A configuration without it would switch off what AWS Backup has switched on."""
    beside = one(notifications({"queue": "jobs"}, event_bus=True).phases["deployed"], NOTIFICATION).inputs
    assert (beside["eventbridge"], len(beside["queues"])) == (True, 1)
    alone = one(notifications([], event_bus=True).phases["deployed"], NOTIFICATION).inputs
    assert alone == {"bucket": "documents-1", "eventbridge": True}


@pytest.mark.parametrize(
    ("one_", "other", "overlap"),
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
def test_s3_refuses_two_that_could_tell_of_one_object(one_: Any, other: Any, overlap: bool) -> None:
    wanted = {"notifications": [{"queue": "jobs", **one_}, {"queue": "other", **other}]}
    if overlap:
        with pytest.raises(ValueError, match="faults"):
            Bucket.model_validate(wanted)
    else:
        assert len(Bucket.model_validate(wanted).notifications) == 2
