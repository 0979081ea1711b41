"""The table of what replaces a resource knows every type that the program makes, and names what exists."""

from __future__ import annotations

import re

import pulumi
import pulumi_aws as aws
import pytest

from preview.run import ROOT
from preview.schema import declared
from preview.transition.changes import forces_replacement
from preview.transition.facts.replacing import REPLACING, REVISIONS

MADE = re.compile(r"\baws\.(\w+)\.([A-Z]\w*)\(")


def made() -> set[str]:
    """The types that the source of the components constructs."""
    found = (
        getattr(getattr(aws, module), name)
        for folder in ("components", "bootstrap", "wiring")
        for path in (ROOT / folder).rglob("*.py")
        for module, name in MADE.findall(path.read_text())
    )
    return {str(getattr(cls, "pulumi_type", cls)) for cls in found if issubclass(cls, pulumi.CustomResource)}


def test_every_type_that_the_program_makes_is_known() -> None:
    types = made()
    assert len(types) > 100
    assert sorted(types - {*REPLACING, *REVISIONS}) == []


@pytest.mark.parametrize("token", REPLACING)
def test_every_property_exists(token: str) -> None:
    assert sorted({path.partition(".")[0] for path in REPLACING[token]} - declared(token).keys()) == []


@pytest.mark.parametrize(
    ("token", "path", "replaces"),
    [
        ("aws:sqs/queue:Queue", "fifoQueue", True),
        ("aws:sqs/queue:Queue", "visibilityTimeoutSeconds", False),
        ("aws:sqs/queuePolicy:QueuePolicy", "policy", False),
        ("aws:s3/bucketPolicy:BucketPolicy", "bucket", True),
        ("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules[0].transitions[1].days", False),
        ("aws:scheduler/schedule:Schedule", "groupName", True),
        ("aws:scheduler/schedule:Schedule", "target.retryPolicy.maximumRetryAttempts", False),
        ("aws:backup/selection:Selection", "resources[2]", True),
        ("aws:backup/plan:Plan", "rules[0].copyActions[0].destinationVaultArn", False),
        ("aws:appautoscaling/policy:Policy", "resourceId", True),
        ("aws:rds/instance:Instance", "snapshotIdentifier", True),
        ("aws:rds/instance:Instance", "dbSubnetGroupName", False),
        ("aws:servicediscovery/service:Service", "dnsConfig.namespaceId", True),
        ("aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[0].type", True),
        ("aws:servicediscovery/service:Service", "dnsConfig.dnsRecords[0].ttl", False),
        ("aws:kms/alias:Alias", "name", True),
        ("aws:kms/alias:Alias", "targetKeyId", False),
    ],
)
def test_what_replaces(token: str, path: str, *, replaces: bool) -> None:
    assert forces_replacement(token, path) is replaces
