"""An update by the stand-in provider does what AWS and the real provider do, not what the program asks for."""

from __future__ import annotations

from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from preview import wire
from preview.transition.priorities import LISTENER_RULE
from tests.engine.plugins.journal import Journal
from tests.engine.test_plugins import DATABASE, SERVICE, create, provider, struct

RULE = f"urn:pulumi:dev::p::{LISTENER_RULE}::main"


def test_what_is_left_out_and_computed_stays_in_the_outputs() -> None:
    shifted = {"deploymentConfiguration": {"strategy": "CANARY", "bakeTimeInMinutes": "5"}, "desiredCount": 2}
    news = {"deploymentConfiguration": {"bakeTimeInMinutes": "6"}, "tags": {"a": "1"}}
    request = provider_pb2.UpdateRequest(
        id="x", urn=SERVICE, olds=struct(**shifted, arn="x"), old_inputs=struct(**shifted), news=struct(**news)
    )
    with provider() as stub:
        outputs = wire.decode(stub.Update(request).properties).value
    stays = {"strategy": "CANARY", "bakeTimeInMinutes": "6"}
    assert outputs == {"deploymentConfiguration": stays, "tags": {"a": "1"}, "arn": "x"}


def test_an_update_that_aws_refuses_fails_with_the_reason(tmp_path: Path) -> None:
    old = {"engine": "postgres", "storageType": "gp3", "allocatedStorage": 200}
    request = provider_pb2.UpdateRequest(
        id="x",
        urn=DATABASE,
        olds=struct(**old),
        old_inputs=struct(**old),
        news=struct(**{**old, "allocatedStorage": 400}),
    )
    with provider(journal=tmp_path / "journal") as stub:
        with pytest.raises(grpc.RpcError, match="set iops to 12000"):
            stub.Update(request)
        request.preview = True
        stub.Update(request)
    assert not Journal(tmp_path / "journal").read()


def test_a_listener_rules_number_is_free_once_the_other_rule_is_deleted(tmp_path: Path) -> None:
    other = RULE.replace("::main", "::other")
    with provider(journal=tmp_path / "journal") as stub:
        first = create(stub, RULE, listenerArn="l", priority=10)
        create(stub, other, listenerArn="m", priority=10)
        second = create(stub, other, listenerArn="l", priority=20)
        with pytest.raises(grpc.RpcError, match="Priority '10' is currently in use"):
            create(stub, other, listenerArn="l", priority=10)
        moved = {"listenerArn": "l", "priority": 10}
        request = provider_pb2.UpdateRequest(id=second.id, urn=other, news=struct(**moved))
        with pytest.raises(grpc.RpcError, match="PriorityInUse"):
            stub.Update(request)
        stub.Update(provider_pb2.UpdateRequest(id=first.id, urn=RULE, news=struct(**moved)))
        stub.Delete(provider_pb2.DeleteRequest(id=first.id, urn=RULE))
        stub.Update(request)
