"""What CloudFormation calls create-only replaces a resource in the replacement table, too, or the row says why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from preview.required import arguments
from tests.cloudformation import schemas
from tests.cloudformation.table import REPLACING, REVISIONS, forces_replacement
from tests.cloudformation.types import MISSING, PROPERTIES, TYPES
from tests.stacks import FILES, planned

pytestmark = pytest.mark.check

_MODIFIED = "ModifySecurityGroupRules changes it in place"
IN_PLACE: dict[tuple[str, str], str] = {
    ("aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId"): "ReplaceRouteTableAssociation moves it",
    ("aws:elasticache/replicationGroup:ReplicationGroup", "preferredCacheClusterAzs"): "not ForceNew in the provider",
    ("aws:rds/instance:Instance", "dbSubnetGroupName"): "the provider calls ModifyDBInstance, which moves it",
    **{
        (f"aws:vpc/securityGroup{direction}Rule:SecurityGroup{direction}Rule", prop): _MODIFIED
        for direction in ("Egress", "Ingress")
        for prop in (
            "cidrIpv4",
            "cidrIpv6",
            "fromPort",
            "ipProtocol",
            "prefixListId",
            "referencedSecurityGroupId",
            "toPort",
        )
    },
}
"""Type and property that CloudFormation replaces for and the provider does not, with the reason."""


def replaced_by_cloudformation_only(forces: Callable[[str, str], bool]) -> set[tuple[str, str]]:
    """Each type and property that is create-only and that `forces` calls updatable."""
    return {
        (token, prop)
        for token in TYPES
        for prop in arguments(token)
        if schemas.property_name(token, prop, schemas.properties(token)) in schemas.create_only(token)[0]
        and not forces(token, prop)
    }


def given() -> set[tuple[str, str]]:
    """Each type and property that a shipped stack gives."""
    records = [record for path in FILES for record in planned(path.as_posix()).phases["deployed"].records]
    return {(record.type, prop) for record in records for prop in record.inputs}


def test_create_only_properties_replace() -> None:
    found = replaced_by_cloudformation_only(forces_replacement)
    assert sorted((found & given()) - set(IN_PLACE)) == []


def test_reasons_are_in_use() -> None:
    assert set(IN_PLACE) <= replaced_by_cloudformation_only(forces_replacement)


def test_a_create_only_property_called_updatable_is_caught() -> None:
    def slip(token: str, path: str) -> bool:
        return (token, path) != ("aws:rds/instance:Instance", "storageEncrypted") and forces_replacement(token, path)

    found = replaced_by_cloudformation_only(slip) & given()
    assert found - set(IN_PLACE) == {("aws:rds/instance:Instance", "storageEncrypted")}


def test_every_type_has_a_schema_or_a_reason() -> None:
    assert sorted(token for token, name in TYPES.items() if not schemas.exists(name)) == []
    assert set(MISSING) <= {*REPLACING, *REVISIONS}


def test_named_properties_exist() -> None:
    named = [(token, prop, name) for token, names in PROPERTIES.items() for prop, name in names.items()]
    assert [row for row in named if row[1] not in arguments(row[0])] == []
    assert [row for row in named if row[2] and row[2] not in schemas.properties(row[0])] == []
