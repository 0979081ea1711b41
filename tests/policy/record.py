"""Runs a plain Pulumi program on the SDK's mock monitor and records what it registers."""

from __future__ import annotations

import asyncio
import contextvars
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from pulumi.runtime import mocks, rpc, settings
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.stack import run_in_stack

from policy.guardrails import UNKNOWN, Resource

PROGRAMS = Path(__file__).parent / "programs"


class NoCalls(mocks.Mocks):
    """The two programs call no function, and resources are answered by the recorder."""

    def call(self, args: mocks.MockCallArgs) -> Any:
        raise AssertionError(f"unexpected call of {args.token}")

    def new_resource(self, args: mocks.MockResourceArgs) -> Any:
        raise AssertionError(f"unexpected resource {args.typ}")


class Recorder(mocks.MockMonitor):
    """Keeps each registration; at preview ids and outputs are unknown, else `example_outputs` supplies them."""

    def __init__(self, known: bool) -> None:
        super().__init__(NoCalls())
        self.known = known
        self.registered: list[Resource] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - the monitor's interface
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == "pulumi:pulumi:Stack":
            return resource_pb2.RegisterResourceResponse(urn=urn)
        inputs = json_format.MessageToDict(request.object)
        resource_id, outputs = example_outputs(request) if self.known else ("", {})
        self.registered.append(
            Resource(
                urn,
                request.type,
                request.name,
                plain(inputs),
                parent=request.parent,
                dependencies=tuple(request.dependencies),
                property_dependencies={key: tuple(value.urns) for key, value in request.propertyDependencies.items()},
                ignore_changes=tuple(request.ignoreChanges),
                id=resource_id or None,
                outputs=outputs or None,
            )
        )
        response = resource_pb2.RegisterResourceResponse(urn=urn, id=resource_id)
        response.object.update({**inputs, **outputs})
        return response


def example_outputs(request: Any) -> tuple[str, dict[str, Any]]:
    """An id and outputs as AWS would answer, for the two programs."""
    kind = request.type.split("/")[-1].split(":")[0]
    name = f"{kind}-{request.name}"
    if request.type == "awsx:ec2:Vpc":
        return "", {
            "privateSubnetIds": ["subnet-net-private-1", "subnet-net-private-2"],
            "publicSubnetIds": ["subnet-net-public-1", "subnet-net-public-2"],
        }
    return name, {"id": name, "arn": f"arn:aws:example:::{name}", "name": name}


def plain(value: Any) -> Any:
    """A marshalled property as a plain tree: sentinels as UNKNOWN, secrets opened."""
    if value == rpc.UNKNOWN:
        return UNKNOWN
    if isinstance(value, Mapping):
        if "4dabf18193072939515e22adb298388d" in value:
            return plain(value.get("value"))
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def record(program: str, *, deployed: bool) -> list[Resource]:
    """What a program of `programs/` registers, at preview or deployed."""
    recorder = Recorder(deployed)

    def run() -> None:
        settings.configure(
            settings.Settings("shop", "test", monitor=recorder, engine=mocks.MockEngine(None), dry_run=not deployed)
        )
        path = str(PROGRAMS / f"{program}.py")
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run_in_stack(lambda: (runpy.run_path(path), None)[1]))
        loop.close()

    contextvars.Context().run(run)
    return recorder.registered
