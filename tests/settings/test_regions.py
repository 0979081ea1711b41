"""The regions that the settings know are those that the provider knows."""

from __future__ import annotations

import pulumi_aws as aws

from components.naming import partition
from settings.regions import REGIONS, partition_of


def test_no_region_is_missing_but_those_of_partitions_of_their_own() -> None:
    missing = {region.value for region in aws.Region} - set(REGIONS)
    assert {region for region in missing if "-iso" not in region and not region.startswith("eusc-")} == set()


def test_each_has_its_partition() -> None:
    assert all(partition(region) == found for region, found in REGIONS.items())
    assert partition_of("mars-east-1") is None
