"""The regions that the settings know are those that the provider knows, and every other partition is told apart."""

from __future__ import annotations

import pulumi_aws as aws

from settings.regions import PARTITION, REGIONS, partition_of


def test_no_region_of_the_partition_is_missing() -> None:
    known = {region.value for region in aws.Region}
    assert {region for region in known if partition_of(region) == PARTITION} == set(REGIONS)


def test_other_partitions_are_told_by_their_regions() -> None:
    assert partition_of("cn-north-1") == "aws-cn"
    assert partition_of("us-gov-east-1") == "aws-us-gov"
    assert partition_of("us-isob-east-1") == "aws-iso-b"
