"""YAML as the Pulumi CLI reads it, and the text that it makes of each value for the program.

The CLI's reader knows YAML 1.2's core schema and a little of 1.1: `on` and `22:30` are text, `010` is eight,
`1_000` a thousand, and a bare date becomes a point in time. Maps and lists reach the program as JSON.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import yaml

__all__ = ["DEEPEST", "KeyPath", "as_text", "load", "load_with_lines"]

KeyPath = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_NUMBER = "!number"
_INT64, _UINT64 = range(-(2**63), 2**63), range(2**64)
_INTEGER = re.compile(r"[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_INFINITE = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?P<sep>[Tt ])(\d\d?):(\d\d?):(\d\d?)(?P<part>\.\d{1,9})?(?P<zone>Z|[-+]\d\d:\d\d)?)?\Z"
)
# A stack of 200 services has about 10,000 values.
_MOST_VALUES, DEEPEST = 100_000, 100
_LONGEST_INTEGER = 66  # 0b and 64 digits; what is longer is no integer of the CLI's reader
# What Go's JSON escapes beyond the standard.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class _Loader(yaml.SafeLoader):
    """A YAML reader with the CLI's own idea of plain scalars."""

    yaml_implicit_resolvers: dict[str, Any] = {}
    yaml_constructors: dict[str | None, Any] = {
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag is None or tag.rpartition(":")[2] in ("null", "bool", "str", "seq")
    }


def load(text: str) -> Any:
    """Read a document.

    Errors: yaml.YAMLError for text that is not YAML, a key that appears twice, an infinite number, text that UTF-8
    cannot hold, more than 100,000 values once every alias is written out, and more than 100 levels.
    """
    return load_with_lines(text)[0]


def load_with_lines(text: str) -> tuple[Any, dict[KeyPath, int]]:
    """Read a document, and the line of each key and each list item in it, by its path.

    What an alias (`*name`) or a merge (`<<`) brings from elsewhere has no line of its own.
    Errors: as `load`.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}
        _count_values(node, 0, {})
        lines: dict[KeyPath, int] = {}
        _collect_lines(loader, node, (), lines, set())
        return loader.construct_document(node), lines
    finally:
        loader.dispose()


def _count_values(node: yaml.Node, level: int, counted: dict[yaml.Node, int]) -> int:
    """How many values `node` holds, with every alias written out; those of an alias are added, and not walked again."""
    if node in counted:
        if counted[node] < 0:
            raise yaml.constructor.ConstructorError(None, None, "an alias stands inside its own value", node.start_mark)
        return counted[node]
    if level > DEEPEST:
        problem = f"has more than {DEEPEST} levels of lists and mappings"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
    counted[node] = -1
    members = node.value if isinstance(node, yaml.SequenceNode) else ()
    if isinstance(node, yaml.MappingNode):
        members = [member for pair in node.value for member in pair]
    total = 1
    for member in members:
        total += _count_values(member, level + 1, counted)
        if total > _MOST_VALUES:
            problem = f"has more than {_MOST_VALUES:,} values, with every alias written out; use fewer aliases"
            raise yaml.constructor.ConstructorError(None, None, problem, member.start_mark)
    counted[node] = total
    return total


def _collect_lines(
    loader: _Loader, node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], visited: set[yaml.Node]
) -> None:
    """Add the lines below `node`, which is at `path`; a node that aliases repeat is visited once."""
    if node in visited:
        return
    visited.add(node)
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.tag != f"{_TAG}merge":
                key = _key_text(loader.construct_object(key_node))
                lines[*path, key] = key_node.start_mark.line + 1
                _collect_lines(loader, value_node, (*path, key), lines, visited)
    elif isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            lines[*path, i] = item.start_mark.line + 1
            _collect_lines(loader, item, (*path, i), lines, visited)


def as_text(value: Any) -> str:
    """The text that the CLI hands to the program for a setting."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else _json(value)


def _json(value: Any) -> str:
    """JSON as the CLI writes it: sorted keys, no blanks, and Go's way with numbers and angle brackets."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_json(key)}:{_json(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_json(item) for item in value) + "]"
    if isinstance(value, float) or (type(value) is int and value not in _INT64):
        return _decimal(float(value))
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _ESCAPES[match.group()], text)


def _decimal(number: float) -> str:
    if number and not 1e-6 <= abs(number) < 1e21:
        return re.sub(r"e-0(\d)\Z", r"e-\1", repr(number))
    return format(Decimal(repr(number)), "f").removesuffix(".0").replace("-0", "0" if not number else "-0")


def _plain(text: str) -> Any:
    """A plain scalar that begins like a number: a number, a time, or text after all."""
    moment = _moment(text)
    if moment:
        return moment
    digits = text if text.startswith(".") else text.replace("_", "")
    if len(digits) <= _LONGEST_INTEGER and _INTEGER.match(digits):
        number = _integer(digits)
        if number in _INT64 or number in _UINT64:
            return number
    if _FLOAT.match(digits) and abs(float(digits)) != float("inf"):
        return float(digits)
    return text


def _integer(digits: str) -> int:
    unsigned = digits.lstrip("+-")
    octal = len(unsigned) > 1 and unsigned[0] == "0" and unsigned[1].isdigit()
    return (-1 if digits[0] == "-" else 1) * int(unsigned, 8 if octal else 0)


def _moment(text: str) -> str | None:
    """The text of a bare date or time; None for anything else."""
    match = _TIME.match(text)
    if match is None or (match["sep"] in ("T", "t")) != bool(match["zone"]):
        return None
    numbers = [int(match[i] or 0) for i in (1, 2, 3, 5, 6, 7)]
    try:
        date_and_time = datetime(*numbers).strftime("%Y-%m-%d %H:%M:%S")  # type: ignore[arg-type]
    except ValueError:
        return None
    part = (match["part"] or "").rstrip("0").rstrip(".")
    zone = (match["zone"] or "Z").replace(":", "")
    return f"{date_and_time}{part} " + ("+0000 UTC" if zone in ("Z", "+0000", "-0000") else f"{zone} {zone}")


def _construct_number(loader: _Loader, node: yaml.ScalarNode) -> Any:
    text = loader.construct_scalar(node)
    if _INFINITE.match(text):
        raise yaml.constructor.ConstructorError(
            None, None, f"{text} cannot be a setting: write a number", node.start_mark
        )
    return _plain(text)


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if key_node.tag == f"{_TAG}merge":
            continue
        key = loader.construct_object(key_node)
        if isinstance(key, list | dict):
            raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} appears twice; remove one", key_node.start_mark
            )
        seen.add(key)
    loader.flatten_mapping(node)
    pairs = loader.construct_mapping(node, deep=True)
    return {_key_text(key): value for key, value in pairs.items()}


def _key_text(key: Any) -> str:
    return "<nil>" if key is None else as_text(key)


def _construct_binary(loader: _Loader, node: yaml.ScalarNode) -> str:
    return base64.b64decode("".join(loader.construct_scalar(node).split()), validate=True).decode()


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(tag, re.compile(pattern), list(first) or [""])


_resolve(f"{_TAG}merge", r"<<\Z", "<")
_resolve(f"{_TAG}null", r"(~|null|Null|NULL)\Z", "~nN")
_resolve(f"{_TAG}null", r"\Z", "")
_resolve(f"{_TAG}bool", r"(true|True|TRUE|false|False|FALSE)\Z", "tTfF")
_resolve(_NUMBER, "", "-+.0123456789")
for _tag in (_NUMBER, f"{_TAG}int", f"{_TAG}float", f"{_TAG}timestamp"):
    _Loader.add_constructor(_tag, _construct_number)
_Loader.add_constructor(f"{_TAG}map", _construct_mapping)
_Loader.add_constructor(f"{_TAG}binary", _construct_binary)
