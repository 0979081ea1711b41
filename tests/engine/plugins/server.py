"""The stand-in's gRPC server: answers as the recorder's deployed phase does, and obeys a test's orders."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from preview import provider_fakes, wire
from preview.fakes import digest
from preview.plan import masked
from preview.providers import Provider, complete
from preview.transition.changes import after_update, changes, is_ignored, kept_because, replaces, top
from preview.transition.deletions import aws_refuses
from preview.transition.refusals import update_refusals
from tests.engine.plugins.construct import construct
from tests.engine.plugins.journal import Journal
from tests.engine.plugins.kept import refusal, stays
from tests.engine.plugins.orders import Orders
from tests.engine.plugins.places import holder, place

__all__ = ["running"]

_DIFF = provider_pb2.PropertyDiff
_KINDS = {
    "add": (_DIFF.ADD, _DIFF.ADD_REPLACE),
    "delete": (_DIFF.DELETE, _DIFF.DELETE_REPLACE),
    "update": (_DIFF.UPDATE, _DIFF.UPDATE_REPLACE),
}


class StandIn(provider_pb2_grpc.ResourceProviderServicer):
    """One provider.

    Like the bridged providers it supports previews and takes no secrets, so that the engine hands it plain
    values and marks its answers; one that constructs components takes secrets, as the engine demands.
    """

    def __init__(self, package: str, orders: Orders) -> None:
        self.package, self.orders = package, orders
        self._version = version(f"pulumi_{package.replace('-', '_')}")
        self._constructs = package == "awsx"
        self.journal = Journal(orders.journal)
        self._provider = Provider()
        self._counts: Counter[str] = Counter()
        self._cancelled = threading.Event()
        self._proposed_names: dict[str, str] = {}
        self._generations = Counter(call["urn"] for call in self.journal.read() if call["call"] == "created")

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=self._constructs,
            accept_resources=self._constructs,
            accept_outputs=self._constructs,
            supports_autonaming_configuration=True,
        )

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": self.package, "version": self._version}))

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return _diff("", request)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._provider = Provider.of(wire.decode(request.args).value)
        return provider_pb2.ConfigureResponse(
            supportsPreview=True,
            supports_autonaming_configuration=True,
            acceptSecrets=self._constructs,
            acceptResources=self._constructs,
            acceptOutputs=self._constructs,
        )

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._obey("check", request.urn, context)
        self._provider.merge_tags(_token(request.urn), request.news)
        self._proposed_names[request.urn] = request.autonaming.proposed_name
        self.journal.write("check", urn=request.urn, unknown=sorted(wire.decode(request.news).unknown))
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        return _diff(_token(request.urn), request)

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, inputs = _token(request.urn), wire.decode(request.properties).value
        region = inputs.get("region") or self._provider.region
        if request.preview:
            complete(token, request.urn, region, request.properties, known=False)
            return provider_pb2.CreateResponse(properties=request.properties)
        self._obey("create", request.urn, context)
        noted = place(token, inputs)
        self._refuse_taken(noted, context)
        made = self._generations[request.urn]
        self._generations[request.urn] += 1
        urn = f"{request.urn}#{made + 1}" if made else request.urn
        name = self._automatic_name(request.urn, digest(urn))
        id_, outputs = provider_fakes.resource(token, urn, name, inputs, region)
        if taken := refusal(self.journal, "create", token, {**outputs, **inputs}):
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"cannot create {request.urn}: {taken}")
        # The bridged providers repeat the id among the outputs.
        properties = wire.encode({**outputs, **inputs, "id": id_}).struct_value
        complete(token, urn, region, properties, known=True)
        self.journal.write("created", urn=request.urn, id=id_, **noted)
        return provider_pb2.CreateResponse(id=id_, properties=properties)

    def _automatic_name(self, urn: str, digits: str) -> str:
        """The name that the engine proposed, with stable digits for its random part; else the provider's own way."""
        head, _, random = self._proposed_names.get(urn, "").rpartition("-")
        return f"{head}-{digits[: len(random)]}" if head else f"{urn.rpartition('::')[2]}-{digits[:7]}"

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.journal.write("read", urn=request.urn, id=request.id)
        return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        token, news, olds = _token(request.urn), wire.decode(request.news).value, wire.decode(request.olds).value
        old_inputs = wire.decode(request.old_inputs).value
        if not request.preview:
            self._obey("update", request.urn, context)
            noted = place(token, news)
            self._refuse_taken(noted, context, request.id)
            for reason in update_refusals(token, old_inputs, news):
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"cannot update {request.id}: {reason}")
            self.journal.write("updated", urn=request.urn, id=request.id, **noted)
        outputs = {key: value for key, value in olds.items() if key not in old_inputs}
        stated = {key: value for key, value in olds.items() if key in old_inputs}
        properties = {**outputs, **after_update(token, stated, news)}
        return provider_pb2.UpdateResponse(properties=wire.encode(properties).struct_value)

    def _refuse_taken(self, noted: dict[str, Any], context: Any, own_id: str = "") -> None:
        """Refuse a listener rule whose number another one has."""
        other = holder(self.journal.read(), noted, own_id) if noted else None
        if other:
            message = f"PriorityInUse: Priority '{noted['place'][1]}' is currently in use by {other}"
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, message)

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._obey("delete", request.urn, context)
        token, properties = _token(request.urn), wire.decode(request.properties).value
        taken = refusal(self.journal, "delete", token, properties)
        for reason in (*aws_refuses(token, properties), *([taken] if taken else [])):
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"cannot delete {request.id}: {reason}")
        self.journal.write("deleted", urn=request.urn, id=request.id, **stays(token, properties))
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.journal.write("invoke", token=request.tok)
        result = provider_fakes.call(request.tok, wire.decode(request.args).value, self._provider.region)
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(wire.encode(result).struct_value)
        return response

    def Construct(self, request: Any, context: Any) -> Any:  # noqa: N802
        sent = wire.decode(request.inputs)
        self.journal.write(
            "construct",
            token=request.type,
            name=request.name,
            inputs=masked(sent.value, frozenset(sent.secret)),
            unknown=sorted(sent.unknown),
        )
        return construct(request, self._provider.region)

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.journal.write("cancel")
        self.release()
        return empty_pb2.Empty()

    def release(self) -> None:
        """End the calls that hang."""
        self._cancelled.set()

    def _obey(self, call: str, urn: str, context: Any) -> None:
        """Count the call, and fail, hang or wait where the test asked for it."""
        self._counts[call] += 1
        here = f"{call}:{self._counts[call]}"
        time.sleep(self.orders.slow_s)
        if here == self.orders.fail:
            self.journal.write("failed", urn=urn, at=here)
            context.abort(grpc.StatusCode.UNKNOWN, f"told to fail at {here}")
        if here == self.orders.hang:
            self.journal.write("hanging", urn=urn, at=here)
            self._cancelled.wait()
            context.abort(grpc.StatusCode.CANCELLED, f"cancelled at {here}")


def _token(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]


def _diff(token: str, request: Any) -> Any:
    old, new = wire.decode(request.old_inputs).value, wire.decode(request.news).value
    detailed, replacing = {}, []
    for path, kind in changes(old, new):
        if is_ignored(path, request.ignoreChanges) or kept_because(token, path, kind):
            continue
        # The providers take a value that is unknown yet for another one.
        forced = bool(token) and replaces(token, path, old, new) is not False
        detailed[path] = _DIFF(kind=_KINDS[kind][forced], inputDiff=True)
        if forced and top(path) not in replacing:
            replacing.append(top(path))
    some = provider_pb2.DiffResponse.DIFF_SOME if detailed else provider_pb2.DiffResponse.DIFF_NONE
    return provider_pb2.DiffResponse(
        changes=some,
        diffs=sorted(set(map(top, detailed))),
        replaces=replacing,
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


@contextmanager
def running(package: str, orders: Orders) -> Iterator[int]:
    """A server while the context lasts, by its port; calls that hang end with it."""
    provider = StandIn(package, orders)
    server = grpc.server(ThreadPoolExecutor(max_workers=16), options=[("grpc.max_receive_message_length", -1)])
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port
    finally:
        provider.release()
        server.stop(None)
