"""Access logs of a distribution: from CloudFront's region into a private bucket."""

from __future__ import annotations

import pytest

from components.edge.distribution_logs import DistributionLogs, DistributionLogsArgs
from preview.plan import PhaseName, Plan
from tests.accounts import account
from tests.recording import children, one, record

SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource"
DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery"
DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/E1"


@pytest.fixture(scope="module")
def plan() -> Plan:
    args = DistributionLogsArgs(delivery_name="prod-site", distribution_arn=DISTRIBUTION, account=account(), days=30)
    return record(lambda: DistributionLogs("logs", args), region="eu-west-1")


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plan: Plan, phase: PhaseName) -> None:
    resources = children(plan.phases[phase])
    assert [name for type_, name in resources if type_.startswith("aws:cloudwatch")] == [
        "logs-delivery",
        "logs-destination",
        "logs-source",
    ]
    assert all(name.startswith("logs-bucket") for type_, name in resources if type_.startswith("aws:s3"))


def test_delivery_is_in_cloudfronts_region(plan: Plan) -> None:
    deployed = plan.phases["deployed"]
    assert {one(deployed, kind).inputs["region"] for kind in (SOURCE, DESTINATION, DELIVERY)} == {"us-east-1"}
    # The bucket is in the stack's region.
    assert "region" not in one(deployed, "aws:s3/bucket:Bucket").inputs


def test_from_the_distribution_to_the_bucket(plan: Plan) -> None:
    deployed = plan.phases["deployed"]
    source, destination, delivery = (one(deployed, kind) for kind in (SOURCE, DESTINATION, DELIVERY))
    assert (source.inputs["resourceArn"], source.inputs["logType"]) == (DISTRIBUTION, "ACCESS_LOGS")
    bucket = one(deployed, "aws:s3/bucket:Bucket").outputs["arn"]
    assert destination.inputs["deliveryDestinationConfiguration"] == {"destinationResourceArn": bucket}
    assert destination.inputs["outputFormat"] == "json"
    assert delivery.inputs["deliverySourceName"] == "prod-site"
    assert delivery.inputs["deliveryDestinationArn"] == destination.outputs["arn"]


def test_nothing_is_delivered_before_the_policy_exists(plan: Plan) -> None:
    phase = plan.phases["preview"]
    policy = one(phase, "aws:s3/bucketPolicy:BucketPolicy").urn
    assert policy in one(phase, DESTINATION).property_dependencies["deliveryDestinationConfiguration"]


@pytest.mark.parametrize("kind", [SOURCE, DESTINATION, DELIVERY])
def test_a_replaced_one_is_deleted_first(plan: Plan, kind: str) -> None:
    """PutDeliverySource refuses an existing name with another distribution; deleting it would delete the new one."""
    assert one(plan.phases["preview"], kind).delete_before_replace is True


def test_no_cookies_in_the_logs(plan: Plan) -> None:
    fields = one(plan.phases["deployed"], DELIVERY).inputs["recordFields"]
    assert "cs(Cookie)" not in fields
    assert {"c-ip", "cs-uri-stem", "sc-status", "time-taken"} <= set(fields)


def test_bucket_has_acls_disabled(plan: Plan) -> None:
    """CloudFront's legacy logging needs them."""
    ownership = one(plan.phases["deployed"], "aws:s3/bucketOwnershipControls:BucketOwnershipControls")
    assert ownership.inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
