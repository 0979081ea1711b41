"""Records what a program registers, and answers as the engine and its providers would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime import mocks
from pulumi.runtime.proto import resource_pb2

from preview import provider_fakes, wire
from preview.aliases import alias_urns
from preview.autonaming import Autonaming, name_fault
from preview.fakes import digest
from preview.plan import STACK_TYPE, Phase, PhaseName, Record
from preview.providers import Provider, complete
from preview.references import STACK_REFERENCE, Reference

__all__ = ["Recorder"]


_TRANSFORMS = "{} has transforms, which run in the engine only: write it without"


class _NoMocks(mocks.Mocks):
    """The base class wants mocks; the recorder answers by itself."""

    def call(self, args: mocks.MockCallArgs) -> Any:
        raise AssertionError(args.token)

    def new_resource(self, args: mocks.MockResourceArgs) -> Any:
        raise AssertionError(args.typ)


class Recorder(mocks.MockMonitor):
    """A monitor for one run.

    At `preview` a custom resource answers with its inputs, all else being unknown, as a provider does
    before the first `up`. At `deployed` every output its SDK class declares is made up (`provider_fakes`).
    Faults that the engine would refuse are collected in `faults` so that all are reported at once.
    """

    def __init__(
        self,
        phase: PhaseName,
        project: str,
        stack: str,
        *,
        default_provider: Provider | None = None,
        autonaming: Autonaming | None = None,
        references: Mapping[str, Reference] | None = None,
    ) -> None:
        super().__init__(_NoMocks())
        self.phase: PhaseName = phase
        self.faults: list[str] = []
        self._prefix = f"urn:pulumi:{stack}::{project}::"
        self._default_provider = default_provider or Provider()
        self._autonaming = autonaming or Autonaming(stack=stack, project=project)
        self._references = references or {}
        self._records: dict[str, Record] = {}
        self._providers: dict[str, Provider] = {}
        self._output_registrations: Counter[str] = Counter()
        self._stack_urn = ""
        self._outputs = wire.Decoded()

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """The engine's URN: the chain of all parent types, from which the root stack is left out."""
        chain = parent.split("::")[2] if parent else ""
        if chain and chain != STACK_TYPE:
            type_ = f"{chain}${type_}"
        return f"{self._prefix}{type_}::{name}"

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802
        urn = self.make_urn(request.parent, request.type, request.name)
        if request.type == STACK_TYPE:
            self._stack_urn = urn
            return resource_pb2.RegisterResourceResponse(urn=urn)
        if urn in self._records:
            self.faults.append(f"duplicate URN {urn}: give one of the two resources another name")
        if request.transforms:
            self.faults.append(_TRANSFORMS.format(request.name))
        self._provider_of(request).merge_tags(request.type, request.object)
        decoded = wire.decode(request.object)
        if request.type.startswith("pulumi:providers:"):
            self._providers[urn] = Provider.of(decoded.value)
        parent = self._records.get(request.parent)
        id_, outputs = self._answer(request, urn, decoded.value)
        self._records[urn] = Record(
            urn=urn,
            type=request.type,
            name=request.name,
            parent=request.parent,
            origin=_origin(request, decoded.value, parent),
            aliases=alias_urns(request, self.make_urn, parent.aliases if parent else ()),
            custom=request.custom,
            inputs=decoded.value,
            unknown=tuple(sorted(decoded.unknown)),
            secret=tuple(sorted(decoded.secret)),
            dependencies=tuple(sorted(request.dependencies)),
            property_dependencies={
                key: tuple(sorted(deps.urns)) for key, deps in sorted(request.propertyDependencies.items())
            },
            protect=_own_or_inherited(request, "protect", parent.protect if parent else False),
            retain_on_delete=_own_or_inherited(request, "retainOnDelete", parent.retain_on_delete if parent else False),
            ignore_changes=tuple(request.ignoreChanges),
            delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
            replace_on_changes=tuple(request.replaceOnChanges),
            provider=request.provider.rpartition("::")[0],
            id=id_ or None,
            outputs=outputs,
            secret_outputs=tuple(request.additionalSecretOutputs),
        )
        if decoded.references:
            inputs = wire.without_references(struct_pb2.Value(struct_value=request.object))
            request.object.CopyFrom(inputs.struct_value)
        return self._response(request, urn, id_, outputs)

    def ReadResource(self, request: Any) -> Any:  # noqa: N802
        if request.type != STACK_REFERENCE:
            raise RuntimeError(
                f"{request.type} {request.name!r} is read from AWS while the program runs; "
                "a preview without credentials cannot: name it in the settings instead"
            )
        if request.id not in self._references:
            raise RuntimeError(
                f"the outputs of the stack {request.id} are read; give the plan that `--json` wrote of it: "
                f"--reference {request.id}=PLAN.json"
            )
        urn = self.make_urn(request.parent, request.type, request.name)
        properties = self._references[request.id].answer(request.id)
        self._records[urn] = Record(
            urn=urn,
            type=request.type,
            name=request.name,
            parent=request.parent,
            custom=True,
            id=request.id,
            inputs={"name": request.id},
            outputs=properties,
            secret_outputs=tuple(properties["secretOutputNames"]),
        )
        return resource_pb2.ReadResourceResponse(urn=urn, properties=wire.encode(properties).struct_value)

    def Invoke(self, request: Any) -> Any:  # noqa: N802
        result = provider_fakes.call(request.tok, wire.decode(request.args).value, self._provider_of(request).region)
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").CopyFrom(wire.encode(result).struct_value)
        return response

    def RegisterStackTransform(self, request: Any) -> Any:  # noqa: N802
        self.faults.append(_TRANSFORMS.format("the stack"))
        return empty_pb2.Empty()

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802
        self._output_registrations[request.urn] += 1
        if request.urn == self._stack_urn:
            self._outputs = wire.decode(request.outputs)
        return empty_pb2.Empty()

    def result(self, warnings: tuple[str, ...] = ()) -> Phase:
        """The finished phase, its records sorted by URN."""
        return Phase(
            name=self.phase,
            records=tuple(self._records[urn] for urn in sorted(self._records)),
            outputs=dict(sorted(self._outputs.value.items())),
            output_secrets=frozenset(self._outputs.secret),
            output_registrations=dict(sorted(self._output_registrations.items())),
            warnings=warnings,
        )

    def secrets(self) -> set[str]:
        """Every secret text that the program has registered or was answered so far."""
        return {text for record in self._records.values() for text in record.secret_texts()}

    def _provider_of(self, request: Any) -> Provider:
        """The explicit provider of a request, or the default one, which `aws:` settings configure."""
        return self._providers.get(request.provider.rpartition("::")[0], self._default_provider)

    def _answer(self, request: Any, urn: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if self.phase == "preview":
            return "", {}
        if not request.custom and not request.remote:
            return "", {}
        region = inputs.get("region") or self._provider_of(request).region
        name = self._autonaming.name(request.type, request.name, digest(urn))
        fault = name_fault(request.type, request.name, inputs, name)
        self.faults += [fault] if fault else []
        return provider_fakes.resource(request.type, urn, name, inputs, region)

    def _response(self, request: Any, urn: str, id_: str, outputs: dict[str, Any]) -> Any:
        response = resource_pb2.RegisterResourceResponse(urn=urn, id=id_)
        if request.custom or request.remote:
            response.object.CopyFrom(request.object)
            for key, value in outputs.items():
                if key not in response.object.fields:
                    response.object.fields[key].CopyFrom(wire.encode(value))
            region = self._provider_of(request).region
            complete(request.type, urn, region, response.object, known=self.phase == "deployed")
            for key in request.additionalSecretOutputs:
                wire.mark_secret(response.object, key)
        return response


def _origin(request: Any, inputs: dict[str, Any], parent: Record | None) -> str:
    """The settings entry that a resource serves: a component's own, else its parent's."""
    own = "" if request.custom or request.remote else inputs.get("origin", "")
    return own or (parent.origin if parent else "")


def _own_or_inherited(request: Any, option: str, inherited: bool) -> bool:
    """An option that the engine hands down from parent to child unless the child sets its own."""
    return getattr(request, option) if request.HasField(option) else inherited
