"""Reads the engine's wire format: plain values, and the exact paths of what is unknown or secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

from policy.guardrails import UNKNOWN

__all__ = [
    "UNKNOWN",
    "Decoded",
    "decode",
    "encode",
    "is_asset",
    "is_secret",
    "join",
    "mark_secret",
    "without_references",
]

_SIGNATURE = rpc._special_sig_key
_SECRET = rpc._special_secret_sig
_RESOURCE = rpc._special_resource_sig
_OUTPUT = rpc._special_output_value_sig
_ASSETS = (rpc._special_asset_sig, rpc._special_archive_sig)
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


@dataclass(slots=True)
class Decoded:
    """A decoded property bag: `value` in the clear, with the paths that are unknown, secret or a resource."""

    value: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def join(path: str, key: str | int) -> str:
    """Extend a property path as Pulumi writes it: `a.b[0]["c.d"]`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if not _PLAIN_KEY.match(key):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key


def decode(struct: struct_pb2.Struct) -> Decoded:
    """Decode a property bag; unknown values become `UNKNOWN`, secrets are unwrapped and their path noted."""
    result = Decoded()
    result.value = {key: _decode(struct.fields[key], key, result) for key in sorted(struct.fields)}
    return result


def _decode(value: struct_pb2.Value, path: str, decoded: Decoded) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        if value.string_value == rpc.UNKNOWN:
            decoded.unknown.append(path)
            return UNKNOWN
        return value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [_decode(item, join(path, i), decoded) for i, item in enumerate(value.list_value.values)]
    if kind == "struct_value":
        return _decode_struct(value.struct_value, path, decoded)
    return None


def _decode_struct(struct: struct_pb2.Struct, path: str, decoded: Decoded) -> Any:
    fields = struct.fields
    signature = fields[_SIGNATURE].string_value if _SIGNATURE in fields else ""
    if signature == _SECRET:
        decoded.secret.append(path)
        return _decode(fields["value"], path, decoded)
    if signature == _RESOURCE:
        decoded.references.append(path)
        return _decode(_referred(struct), path, decoded)
    if signature == _OUTPUT:
        if fields["secret"].bool_value:
            decoded.secret.append(path)
        return _decode(fields["value"] if "value" in fields else encode(UNKNOWN), path, decoded)
    return {key: _decode(fields[key], join(path, key), decoded) for key in sorted(fields)}


def without_references(value: struct_pb2.Value) -> struct_pb2.Value:
    """A copy in which ids stand for resources, as the engine hands them to a provider."""
    kind = value.WhichOneof("kind")
    if kind == "list_value":
        members = [without_references(item) for item in value.list_value.values]
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=members))
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _SIGNATURE in fields and fields[_SIGNATURE].string_value == _RESOURCE:
            return _referred(value.struct_value)
        members = {key: without_references(item) for key, item in fields.items()}
        return struct_pb2.Value(struct_value=struct_pb2.Struct(fields=members))
    return value


def _referred(reference: struct_pb2.Struct) -> struct_pb2.Value:
    """A resource's id; a component has none and is known by its URN."""
    return reference.fields["id" if "id" in reference.fields else "urn"]


def encode(value: Any) -> struct_pb2.Value:
    """Encode a plain value; `UNKNOWN` becomes the engine's sentinel."""
    if value is UNKNOWN:
        return struct_pb2.Value(string_value=rpc.UNKNOWN)
    if value is None:
        return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, int | float):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, str):
        return struct_pb2.Value(string_value=value)
    if isinstance(value, list | tuple):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[encode(item) for item in value]))
    fields = {key: encode(item) for key, item in value.items()}
    return struct_pb2.Value(struct_value=struct_pb2.Struct(fields=fields))


def is_secret(value: struct_pb2.Value) -> bool:
    """Whether a struct value is a secret's wrapping."""
    fields = value.struct_value.fields
    return _SIGNATURE in fields and fields[_SIGNATURE].string_value == _SECRET


def is_asset(value: dict[str, Any]) -> bool:
    """Whether a decoded value is an asset or an archive, whose text is a file's and no property."""
    return value.get(_SIGNATURE) in _ASSETS


def mark_secret(struct: struct_pb2.Struct, key: str) -> None:
    """Wrap one property of `struct` as secret; one that is missing becomes an unknown secret."""
    inner = struct.fields[key] if key in struct.fields else encode(UNKNOWN)
    wrapped = struct_pb2.Struct(fields={_SIGNATURE: struct_pb2.Value(string_value=_SECRET), "value": inner})
    struct.fields[key].CopyFrom(struct_pb2.Value(struct_value=wrapped))
