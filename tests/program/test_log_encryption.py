"""The logs of a stack are encrypted with its key, as its data is, and its images by setting."""

from __future__ import annotations

from typing import Any

import pytest

from preview.plan import Plan
from tests.stacks import FILES, SMALL, SMALL_DEV, planned, varied
from tests.systems.lines import document, of

GROUP = "aws:cloudwatch/logGroup:LogGroup"
KEY = "aws:kms/key:Key"


def unencrypted(plan: Plan) -> set[str]:
    """The log groups without the stack's key, in every phase the same."""
    found = set()
    for phase in plan.phases.values():
        (key,) = [record for record in phase.of_type(KEY) if record.name == "data"]
        for group in phase.of_type(GROUP):
            if key.urn not in group.property_dependencies.get("kmsKeyId", ()):
                found.add(group.name)
    return found


def firewalled(name: str) -> Plan:
    def change(areas: dict[str, Any]) -> None:
        areas["edge"]["web_acl"] = {}

    return varied(name, change)


@pytest.mark.parametrize("name", [str(file) for file in FILES])
def test_of_every_shipped_stack(name: str) -> None:
    assert unencrypted(planned(name)) == set()


def test_of_flows_of_an_api_and_of_a_firewall() -> None:
    api = varied(SMALL_DEV, lambda areas: areas.update(edge={"http_api": {}}))
    names = {group.name for group in api.phases["deployed"].of_type(GROUP)}
    assert names >= {"network-flow-logs", "http-api-access-log"}
    assert unencrypted(api) == set()
    firewall = firewalled(SMALL)
    assert "web-acl-log" in {group.name for group in firewall.phases["deployed"].of_type(GROUP)}
    assert unencrypted(firewall) == set()


def test_cloudwatch_logs_may_use_the_key_for_them() -> None:
    """Without the statement, AWS refuses to create a group with the key."""
    statements = document(of(planned(SMALL), KEY, "data"), "policy")["Statement"]
    (logs,) = [statement for statement in statements if statement["Sid"] == "LogGroups"]
    assert logs["Principal"] == {"Service": ["logs.us-east-1.amazonaws.com"]}
    assert logs["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].endswith(":log-group:*")


def test_images_have_the_key_where_the_setting_says_so() -> None:
    def change(areas: dict[str, Any]) -> None:
        api = areas["compute"]["services"]["api"]
        del api["image"]
        api |= {"tag": "1", "repository": {"encryption": "stack-key"}}

    plan = varied(SMALL, change)
    repository, key = of(plan, "ecr/repository:Repository"), of(plan, KEY, "data")
    assert repository.inputs["encryptionConfigurations"] == [{"encryptionType": "KMS", "kmsKey": key.outputs["arn"]}]
