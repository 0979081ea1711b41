"""The stand-in providers over gRPC, as the engine talks to them: needs no CLI, so it cannot rot."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, resource_pb2, resource_pb2_grpc

from preview import provider_fakes, wire
from tests.engine.interpreter import environment
from tests.engine.plugins.hub import Hub, launchers
from tests.engine.plugins.journal import Journal, living, made_twice
from tests.engine.plugins.orders import Orders
from tests.engine.plugins.server import running

VPC = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::main"
SERVICE = "urn:pulumi:dev::p::aws:ecs/service:Service::main"
DATABASE = "urn:pulumi:dev::p::aws:rds/instance:Instance::main"
TASK = "urn:pulumi:dev::p::aws:ecs/taskDefinition:TaskDefinition::main"


@contextmanager
def provider(package: str = "aws", **orders: Any) -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    with running(package, Orders(**orders)) as port, grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield provider_pb2_grpc.ResourceProviderStub(channel)


def struct(**values: Any) -> Any:
    return wire.encode(values).struct_value


def create(stub: Any, urn: str = VPC, *, preview: bool = False, **inputs: Any) -> Any:
    return stub.Create(provider_pb2.CreateRequest(urn=urn, properties=struct(**inputs), preview=preview))


def diff(stub: Any, urn: str, old: dict[str, Any], new: dict[str, Any], ignored: list[str] | None = None) -> Any:
    return stub.Diff(
        provider_pb2.DiffRequest(
            id="x", urn=urn, old_inputs=struct(**old), news=struct(**new), ignoreChanges=ignored or []
        )
    )


def test_it_says_which_plugin_it_stands_in_for() -> None:
    with provider("random") as stub:
        assert stub.GetPluginInfo(empty_pb2.Empty()).version >= "4.21"
        assert '"random"' in stub.GetSchema(provider_pb2.GetSchemaRequest()).schema
        assert not stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets
    with provider("awsx") as stub:
        assert stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets


def test_check_merges_the_default_tags_of_its_configuration() -> None:
    tags = '{"tags":{"owner":"default","team":"x"}}'
    with provider() as stub:
        configured = stub.Configure(provider_pb2.ConfigureRequest(args=struct(region="r", defaultTags=tags)))
        assert (configured.supportsPreview, configured.acceptSecrets) == (True, False)
        news = struct(cidrBlock="10.0.0.0/16", tags={"owner": "own"})
        checked = stub.Check(provider_pb2.CheckRequest(urn=VPC, news=news))
        assert wire.decode(checked.inputs).value["tags"] == {"owner": "own", "team": "x"}
        unknown = stub.Check(provider_pb2.CheckRequest(urn=VPC, news=struct(tags=wire.UNKNOWN)))
        assert wire.decode(unknown.inputs).unknown == ["tags"]
        route = VPC.replace("vpc:Vpc", "route:Route")
        assert "tags" not in stub.Check(provider_pb2.CheckRequest(urn=route, news=struct(a=1))).inputs.fields


def test_what_it_makes_is_what_the_offline_preview_says() -> None:
    with provider() as stub:
        made = create(stub, cidrBlock="10.0.0.0/16")
        id_, outputs = provider_fakes.resource(
            "aws:ec2/vpc:Vpc", VPC, "main", {"cidrBlock": "10.0.0.0/16"}, "us-east-1"
        )
        assert made.id == id_
        assert wire.decode(made.properties).value == {**outputs, "cidrBlock": "10.0.0.0/16", "id": id_}


def test_a_preview_makes_nothing(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with provider(journal=journal) as stub:
        assert wire.decode(create(stub, preview=True, a=1).properties).value == {"a": 1}
        request = provider_pb2.UpdateRequest(id="x", urn=VPC, news=struct(a=2), preview=True)
        assert wire.decode(stub.Update(request).properties).value == {"a": 2}
    assert living(Journal(journal).read()) == {}


@pytest.mark.parametrize(
    ("urn", "old", "new", "replaces", "kinds"),
    [
        (VPC, {"a": 1}, {"a": 1}, [], {}),
        (VPC, {"cidrBlock": "x"}, {"cidrBlock": "y"}, ["cidrBlock"], {"cidrBlock": "UPDATE_REPLACE"}),
        (VPC, {"tags": {"a": "1"}}, {"tags": {"b": "1"}}, [], {"tags.a": "DELETE", "tags.b": "ADD"}),
        (VPC, {"l": [1, 2]}, {"l": [1, 3, 4]}, [], {"l[1]": "UPDATE", "l[2]": "ADD"}),
        (VPC, {"a": "known"}, {"a": wire.UNKNOWN}, [], {"a": "UPDATE"}),
        (TASK, {"cpu": "1"}, {"cpu": "2"}, ["cpu"], {"cpu": "UPDATE_REPLACE"}),
        (TASK, {"tags": {}}, {"tags": {"a": "1"}}, [], {"tags.a": "ADD"}),
        (SERVICE, {"deploymentConfiguration": {"strategy": "CANARY"}}, {}, [], {}),
        (SERVICE, {"alarms": {"enable": True}}, {}, [], {}),
        (SERVICE, {"loadBalancers": [{"containerPort": 1}]}, {}, [], {"loadBalancers": "DELETE"}),
        (DATABASE, {"kmsKeyId": "k"}, {}, [], {}),
        (DATABASE, {"kmsKeyId": "k"}, {"kmsKeyId": wire.UNKNOWN}, ["kmsKeyId"], {"kmsKeyId": "UPDATE_REPLACE"}),
    ],
)
def test_a_difference_is_told_by_property(
    urn: str, old: dict[str, Any], new: dict[str, Any], replaces: list[str], kinds: dict[str, str]
) -> None:
    with provider() as stub:
        found = diff(stub, urn, old, new)
    assert found.changes == (found.DIFF_SOME if kinds else found.DIFF_NONE)
    assert list(found.replaces) == replaces
    assert {k: provider_pb2.PropertyDiff.Kind.Name(v.kind) for k, v in found.detailedDiff.items()} == kinds


def test_ignored_changes_are_none() -> None:
    with provider() as stub:
        found = diff(stub, VPC, {"a": 1, "b": 1}, {"a": 2, "b": 1}, ["a"])
        assert found.changes == found.DIFF_NONE


def test_a_life_leaves_its_trace_in_the_journal(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with provider(journal=journal) as stub:
        first, second = create(stub, a=1), create(stub, a=2)
        assert first.id != second.id
        assert made_twice(Journal(journal).read()) == [VPC]
        request = provider_pb2.UpdateRequest(
            id=first.id, urn=VPC, olds=struct(a=1, gone=1, arn="x"), old_inputs=struct(a=1, gone=1), news=struct(a=3)
        )
        assert wire.decode(stub.Update(request).properties).value == {"a": 3, "arn": "x"}
        read = stub.Read(provider_pb2.ReadRequest(id=first.id, urn=VPC, properties=struct(a=1), inputs=struct(a=1)))
        assert (read.id, wire.decode(read.properties).value) == (first.id, {"a": 1})
        stub.Delete(provider_pb2.DeleteRequest(id=first.id, urn=VPC))
    with provider(journal=journal) as stub:
        assert create(stub, a=4).id not in (first.id, second.id)
    assert len(living(Journal(journal).read())) == 2


@pytest.mark.parametrize(
    "guard", [{"deletionProtection": True}, {"deletionProtection": "ACTIVE"}, {"enableDeletionProtection": True}]
)
def test_what_is_protected_is_not_deleted(guard: dict[str, Any]) -> None:
    request = provider_pb2.DeleteRequest(id="x", urn=VPC, properties=struct(**guard))
    with provider() as stub, pytest.raises(grpc.RpcError, match="is on"):
        stub.Delete(request)


def test_functions_answer_as_offline_and_unknown_ones_are_named() -> None:
    with provider() as stub:
        token = "aws:index/getCallerIdentity:getCallerIdentity"
        answer = stub.Invoke(provider_pb2.InvokeRequest(tok=token))
        assert wire.decode(getattr(answer, "return")).value == provider_fakes.call(token, {}, "us-east-1")
        with pytest.raises(grpc.RpcError, match="aws:ec2/getAmi:getAmi"):
            stub.Invoke(provider_pb2.InvokeRequest(tok="aws:ec2/getAmi:getAmi"))


def test_it_fails_where_it_is_told_to() -> None:
    with provider(fail="create:2", slow_s=0.05) as stub:
        began = time.monotonic()
        create(stub)
        assert time.monotonic() - began >= 0.05
        with pytest.raises(grpc.RpcError, match="told to fail at create:2"):
            create(stub)
        create(stub)


def test_it_hangs_until_it_is_cancelled(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with provider(hang="create:1", journal=journal) as stub:
        threading.Timer(0.1, lambda: stub.Cancel(empty_pb2.Empty())).start()
        with pytest.raises(grpc.RpcError, match="cancelled at create:1"):
            create(stub)
    assert [call["call"] for call in Journal(journal).read()] == ["hanging", "cancel"]


class _Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Takes registrations; at a preview a custom resource has no id yet."""

    def __init__(self, *, preview: bool) -> None:
        self.preview, self.registered = preview, []

    def RegisterResource(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.registered.append((request.type, request.name, request.parent))
        id_ = "made" if request.custom and not self.preview else ""
        return resource_pb2.RegisterResourceResponse(urn=f"urn:{request.type}", id=id_)

    def RegisterResourceOutputs(self, request: Any, context: Any) -> Any:  # noqa: N802
        return empty_pb2.Empty()


@pytest.mark.parametrize("preview", [True, False])
def test_an_image_is_constructed_as_awsx_does(preview: bool) -> None:
    monitor = _Monitor(preview=preview)
    engine = grpc.server(ThreadPoolExecutor(max_workers=2))
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, engine)
    port = engine.add_insecure_port("127.0.0.1:0")
    engine.start()
    repository = wire.UNKNOWN if preview else "123456789012.dkr.ecr.us-east-1.amazonaws.com/app"
    request = provider_pb2.ConstructRequest(
        type="awsx:ecr:Image",
        name="app",
        parent="urn:stack",
        monitorEndpoint=f"127.0.0.1:{port}",
        inputs=struct(repositoryUrl=repository),
    )
    with provider("awsx") as stub:
        built = stub.Construct(request)
        request.type = "awsx:ec2:Vpc"
        with pytest.raises(grpc.RpcError, match="cannot construct awsx:ec2:Vpc"):
            stub.Construct(request)
    engine.stop(None)
    image = ("docker-build:index:Image", "app", "urn:awsx:ecr:Image")
    assert monitor.registered == [("awsx:ecr:Image", "app", "urn:stack"), *([] if preview else [image])]
    uri = wire.decode(built.state)
    assert uri.unknown == ["imageUri"] if preview else uri.value["imageUri"].startswith("123456789012.dkr.ecr.")


def test_a_launcher_behaves_as_a_plugin(tmp_path: Path) -> None:
    orders = Orders(journal=tmp_path / "journal")
    with Hub() as hub:
        launchers(tmp_path / "plugins", hub)
        with subprocess.Popen(
            [tmp_path / "plugins" / "pulumi-resource-aws", "127.0.0.1:1"],
            env={**os.environ, **orders.environment()},
            stdout=subprocess.PIPE,
            text=True,
        ) as plugin:
            assert plugin.stdout is not None
            with grpc.insecure_channel(f"127.0.0.1:{int(plugin.stdout.readline())}") as channel:
                create(provider_pb2_grpc.ResourceProviderStub(channel))
            plugin.kill()
        hub.shutdown()
    assert list(living(Journal(tmp_path / "journal").read()).values()) == [VPC]


def test_orders_survive_the_environment(tmp_path: Path) -> None:
    orders = Orders(journal=tmp_path, fail="create:1", hang="check:2", slow_s=0.5)
    assert Orders.given(orders.environment()) == orders
    assert Orders.given({}) == Orders()


def test_the_environment_sees_the_tests_packages_and_answers_for_pip(tmp_path: Path) -> None:
    python = environment(tmp_path / "python") / "bin" / "python"
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format", "json"], capture_output=True, text=True, check=True
    )
    assert listed.stdout.strip() == "[]"
    code = "import sys, pulumi; print(sys.version_info[:2])"
    seen = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == str(sys.version_info[:2])
