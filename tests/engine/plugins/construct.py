"""Constructs the remote components in use: they register themselves and their children with the engine."""

from __future__ import annotations

import threading
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from preview import provider_fakes, wire
from preview.fakes import digest

__all__ = ["construct"]

_BUILD = "docker-build:index:Image"
# The SDK loads its modules when they are first used, and two threads that do so at once see half of one.
_LOADING = threading.Lock()


def construct(request: Any, region: str) -> Any:
    """Construct an `awsx:ecr:Image` as awsx does.

    The component registers itself without inputs, and its build only once the repository is known, by the image's tag;
    the image is known once it is built.
    Errors: RuntimeError for a component that the stand-in does not know.
    """
    if request.type != "awsx:ecr:Image":
        raise RuntimeError(f"the stand-in cannot construct {request.type}")
    inputs = wire.decode(request.inputs)
    with grpc.insecure_channel(request.monitorEndpoint) as channel:
        monitor = resource_pb2_grpc.ResourceMonitorStub(channel)
        urn = _register(monitor, request, request.type, request.name, request.parent, custom=False).urn
        built = ""
        if not inputs.unknown:
            tag = inputs.value.get("imageTag", request.name)
            build = {"push": True, "tags": [f"{inputs.value['repositoryUrl']}:{tag}"]}
            built = _register(monitor, request, _BUILD, tag, urn, custom=True, inputs=build).id
        with _LOADING:
            _, outputs = provider_fakes.resource(
                request.type, urn, f"{request.name}-{digest(urn)[:7]}", inputs.value, region
            )
        state = wire.encode(outputs if built else {"imageUri": wire.UNKNOWN}).struct_value
        monitor.RegisterResourceOutputs(resource_pb2.RegisterResourceOutputsRequest(urn=urn, outputs=state))
    return provider_pb2.ConstructResponse(urn=urn, state=state)


def _register(
    monitor: Any,
    request: Any,
    token: str,
    name: str,
    parent: str,
    *,
    custom: bool,
    inputs: dict[str, Any] | None = None,
) -> Any:
    registration = resource_pb2.RegisterResourceRequest(
        type=token,
        name=name,
        parent=parent,
        custom=custom,
        object=wire.encode(inputs).struct_value if inputs else struct_pb2.Struct(),
        protect=None if custom else request.protect,
        retainOnDelete=request.retainOnDelete if not custom and request.HasField("retainOnDelete") else None,
        providers={} if custom else dict(request.providers),
        dependencies=[] if custom else request.dependencies,
        acceptSecrets=True,
        acceptResources=True,
        supportsResultReporting=True,
    )
    return monitor.RegisterResource(registration)
