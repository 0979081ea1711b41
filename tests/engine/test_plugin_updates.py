"""An update by the stand-in provider does what AWS and the real provider do, not what the program asks for."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from preview import wire
from preview.transition.priorities import LISTENER_RULE
from tests.engine.plugins.journal import Journal, living
from tests.engine.test_plugins import DATABASE, SERVICE, create, provider, struct

RULE = f"urn:pulumi:dev::p::{LISTENER_RULE}::main"
BUCKET = "urn:pulumi:dev::p::aws:s3/bucket:Bucket::main"
SECRET = "urn:pulumi:dev::p::aws:secretsmanager/secret:Secret::main"


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


def test_what_aws_does_not_delete_stays(tmp_path: Path) -> None:
    with provider(journal=tmp_path / "journal") as stub:
        made = create(stub, BUCKET, forceDestroy=False)
        with pytest.raises(grpc.RpcError, match="while it holds objects"):
            stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=BUCKET, properties=made.properties))
        assert list(living(Journal(tmp_path / "journal").read()).values()) == [BUCKET]
        stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=BUCKET, properties=struct(forceDestroy=True)))
    assert living(Journal(tmp_path / "journal").read()) == {}


@pytest.mark.parametrize(("days", "free"), [(30, False), (None, False), (0, True)])
def test_the_name_of_a_deleted_secret_is_free_only_without_a_recovery_window(
    tmp_path: Path, days: int | None, free: bool
) -> None:
    window: dict[str, Any] = {} if days is None else {"recoveryWindowInDays": days}
    with provider(journal=tmp_path / "journal") as stub:
        made = create(stub, SECRET, name="prod/key", **window)
        stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=SECRET, properties=made.properties))
        with nullcontext() if free else pytest.raises(grpc.RpcError, match="scheduled for deletion: prod/key"):
            create(stub, SECRET, name="prod/key", **window)
        create(stub, SECRET, name="prod/other", **window)


def test_a_final_snapshot_is_made_once(tmp_path: Path) -> None:
    with provider(journal=tmp_path / "journal") as stub:
        for number in (1, 2):
            made = create(stub, DATABASE, finalSnapshotIdentifier="main-final")
            request = provider_pb2.DeleteRequest(id=made.id, urn=DATABASE, properties=made.properties)
            with nullcontext() if number == 1 else pytest.raises(grpc.RpcError, match="SnapshotAlreadyExists"):
                stub.Delete(request)
