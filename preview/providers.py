"""What an `aws` provider adds of its own: the region and the default tags of its configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import struct_pb2

from preview import provider_fakes
from preview.schema import is_taggable
from preview.wire import UNKNOWN, encode, is_secret

__all__ = ["REGION", "Provider", "complete"]

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's configuration, as far as it shapes its resources."""

    region: Any = REGION
    default_tags: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> Provider:
        """The provider that these inputs configure; nested values may arrive as JSON text."""
        tags = inputs.get("defaultTags")
        tags = json.loads(tags) if isinstance(tags, str) else tags
        own = tags.get("tags", {}) if isinstance(tags, dict) else {}
        return cls(region=inputs.get("region") or REGION, default_tags=own)

    def merge_tags(self, token: str, inputs: struct_pb2.Struct) -> None:
        """Add the default tags that a resource of type `token` does not set itself, as Check does.

        Tags that are unknown as a whole stay so.
        """
        if not self.default_tags or not is_taggable(token):
            return
        own = inputs.fields.get("tags")
        if own is None:
            inputs.fields["tags"].CopyFrom(encode(self.default_tags))
            return
        if own.WhichOneof("kind") == "struct_value" and is_secret(own):
            own = own.struct_value.fields["value"]
        if own.WhichOneof("kind") == "struct_value":
            for key in self.default_tags.keys() - own.struct_value.fields.keys():
                own.struct_value.fields[key].CopyFrom(encode(self.default_tags[key]))


def complete(token: str, urn: str, region: str, outputs: struct_pb2.Struct, *, known: bool) -> None:
    """Add to `outputs` what a provider computes inside of an input property; unknown until `known`."""
    for prop, computed in provider_fakes.computed_keys(token, urn, region).items():
        for struct in _structs(outputs.fields[prop]) if prop in outputs.fields else ():
            for key, value in computed.items():
                struct.fields[key].CopyFrom(encode(value if known else UNKNOWN))


def _structs(value: struct_pb2.Value) -> list[struct_pb2.Struct]:
    """The object that `value` is, or those that it lists."""
    items = value.list_value.values if value.WhichOneof("kind") == "list_value" else [value]
    return [item.struct_value for item in items if item.WhichOneof("kind") == "struct_value"]
