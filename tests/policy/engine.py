"""Drives the SDK's own servicer with the messages that the engine sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from policy.guardrails import UNKNOWN, Resource
from policy.guardrails.sdk import Session, build_policies, cache
from tests.policy.support import TODAY

LEVELS = {
    "advisory": proto.ADVISORY,
    "mandatory": proto.MANDATORY,
    "disabled": proto.DISABLED,
    "remediate": proto.REMEDIATE,
}
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def wire(value: Any) -> Any:
    """A property as the engine marshals it: unknown values as sentinels."""
    if value is UNKNOWN:
        return UNKNOWN_STRING_VALUE
    if isinstance(value, Mapping):
        return {key: wire(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [wire(item) for item in value]
    return value


def secret(value: Any) -> dict[str, Any]:
    return {**SECRET, "value": value}


def _options(resource: Resource) -> Any:
    return proto.AnalyzerResourceOptions(ignoreChanges=list(resource.ignore_changes))


def analyze_request(resource: Resource) -> Any:
    request = proto.AnalyzeRequest(type=resource.type, urn=resource.urn, name=resource.name, options=_options(resource))
    request.properties.update(wire(resource.inputs))
    return request


def stack_request(resources: Sequence[Resource]) -> Any:
    request = proto.AnalyzeStackRequest()
    for resource in resources:
        item = request.resources.add(
            type=resource.type,
            urn=resource.urn,
            name=resource.name,
            parent=resource.parent,
            options=_options(resource),
            dependencies=list(resource.dependencies),
        )
        outputs = {**resource.inputs, **(resource.outputs or {})}
        if resource.id:
            outputs["id"] = resource.id
        item.properties.update(wire(outputs))
        for key, urns in resource.property_dependencies.items():
            item.propertyDependencies[key].urns.extend(urns)
    return request


@dataclass
class Diagnostics:
    """What the pack said: (policy, level, urn, message)."""

    reported: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, response: Any, urn: str = "") -> None:
        names = {value: key for key, value in LEVELS.items()}
        for item in response.diagnostics:
            message = item.message.partition("\n")[2]
            self.reported.append((item.policyName, names[item.enforcementLevel], item.urn or urn, message))

    def of(self, *policies: str) -> list[tuple[str, str, str, str]]:
        return [item for item in self.reported if item[0] in policies]

    def without(self, *policies: str) -> list[tuple[str, str, str, str]]:
        return sorted(item for item in self.reported if item[0] not in policies)


class Engine:
    """One preview or update: analyses every resource, then the stack."""

    def __init__(self, config: Mapping[str, Mapping[str, Any]] | None = None, today: date = TODAY) -> None:
        self.session = Session(clock=lambda: today)
        self.servicer = _PolicyAnalyzerServicer(
            "pack", "0.0.0", build_policies(self.session), EnforcementLevel.ADVISORY
        )
        if config:
            request = proto.ConfigureAnalyzerRequest()
            for name, values in config.items():
                entry = request.policyConfig[name]
                entry.enforcementLevel = LEVELS[values.get("enforcementLevel", "advisory")]
                entry.properties.update({key: value for key, value in values.items() if key != "enforcementLevel"})
            self.servicer.Configure(request, None)

    def run(self, resources: Sequence[Resource]) -> Diagnostics:
        diagnostics = Diagnostics()
        for resource in resources:
            diagnostics.add(self.servicer.Analyze(analyze_request(resource), None), resource.urn)
        diagnostics.add(self.servicer.AnalyzeStack(stack_request(resources), None))
        return diagnostics


@contextmanager
def caching(on: bool) -> Iterator[None]:
    """With or without the deserialisation cache."""
    if on:
        assert cache.install()
    try:
        yield
    finally:
        cache.uninstall()
