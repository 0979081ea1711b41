"""Makes up the outputs of one resource: stable, of the right shape, and of no account."""

from __future__ import annotations

import hashlib
import re
import typing
from collections.abc import Sequence
from typing import Any

from pulumi import _types

from preview import arns, fake_texts, ids
from preview.ids import ACCOUNT
from preview.schema import OutputType

__all__ = ["ACCOUNT", "Fake", "digest"]

# Types whose id is their ARN.
_ID_IS_ARN = (
    "aws:ecs/capacityProvider:",
    "aws:ecs/cluster:",
    "aws:ecs/service:",
    "aws:lb/listener:",
    "aws:lb/listenerRule:",
    "aws:lb/loadBalancer:",
    "aws:lb/targetGroup:",
    "aws:secretsmanager/secret:",
    "aws:sns/",
    "aws:acm/certificate:",
    "aws:chatbot/",
    "aws:iam/openIdConnectProvider:",
    "aws:iam/policy:",
    "aws:iam/serviceLinkedRole:",
    "aws:opensearch/domain:",
    "aws:sfn/stateMachine:",
    "aws:codestar",
)
# What the provider makes of an automatic name, where that is more than the name itself.
_AUTO_NAMES = {"aws:kms/alias:Alias": "alias/{}"}
_HOSTS = re.compile(r"(endpoint|address|dnsName|domainName|hostname|url|uri)$", re.IGNORECASE)


def digest(*parts: str) -> str:
    """A stable hexadecimal text made from `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


class Fake:
    """Makes up the outputs of one resource."""

    def __init__(self, *, token: str, urn: str, automatic_name: str, inputs: dict[str, Any], region: str) -> None:
        self.token, self.urn, self.inputs, self.region = token, urn, inputs, region
        self.hash = digest(urn)
        self.name = _physical_name(token, inputs, _AUTO_NAMES.get(token, "{}").format(automatic_name))
        if inputs.get("fifoQueue") and not self.name.endswith(".fifo"):
            self.name += ".fifo"
        self.id = ids.make(token, name=self.name, region=region, inputs=inputs, digest=self.hash)
        self.arn = self._arn()
        if token.startswith(_ID_IS_ARN):
            self.id = self.arn

    def _arn(self) -> str:
        arn = self.inputs.get("arn")
        return (
            arn
            if isinstance(arn, str)
            else arns.make(
                self.token, name=self.name, id_=self.id, region=self.region, inputs=self.inputs, digest=self.hash
            )
        )

    def output(self, prop: str, output: OutputType) -> Any:
        """The value of a declared output."""
        if prop == "arn":
            return self.arn
        if prop == "region":
            return self.region
        if prop == "tagsAll":
            return self.inputs.get("tags") or {}
        return self.value(prop, output.type)

    def value(self, prop: str, type_: Any, depth: int = 0) -> Any:
        origin = typing.get_origin(type_)
        if type_ is str or origin is typing.Union:
            return self.text(prop)
        if type_ is bool:
            return False
        if type_ in (int, float):
            return 1
        if origin in (list, Sequence, typing.Sequence):
            return [self.value(prop, typing.get_args(type_)[0], depth)] if depth < 2 else []
        if isinstance(type_, type) and _types.is_output_type(type_):
            return self.nested(type_, depth)
        return {}

    def nested(self, type_: type, depth: int) -> dict[str, Any]:
        """An object with what it always has; what is optional in it stays absent, as it does at the top."""
        if depth >= 2:
            return {}
        required = _types._required_property_names(type_)
        types = _types.output_type_types(type_)
        return {key: self.value(key, inner, depth + 1) for key, inner in types.items() if key in required}

    def text(self, prop: str) -> str:
        own = digest(self.urn, prop)
        short = own[:12]
        if prop.lower().endswith(("arn", "arns")):
            return fake_texts.arn(prop, own, self.region, self.token.split(":")[1].partition("/")[0])
        if prop in ("name", "bucket", ids.NAMED_BY.get(self.token, "name")):
            return self.name
        if (text := fake_texts.known(prop, own, self.region)) is not None:
            return text
        return f"{self.name}.{short}.{self.region}.amazonaws.com" if _HOSTS.search(prop) else f"{prop}-{short}"


def _physical_name(token: str, inputs: dict[str, Any], automatic: str) -> str:
    key = ids.NAMED_BY.get(token, "name")
    for value in (inputs.get(key), inputs.get("bucket")):
        if isinstance(value, str) and value:
            return value
    prefix = inputs.get(f"{key}Prefix")
    if isinstance(prefix, str) and prefix:
        return prefix + automatic.rpartition("-")[2]
    return automatic
