"""Reads a stack's YAML file into the configuration that the Pulumi CLI would hand to the program."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

__all__ = ["StackFile", "StackFileError", "project_name", "read"]

# Stands in for the plain text of a `secure:` value, which only the CLI can decrypt.
SECURE_STAND_IN = "offline-stand-in-for-a-secure-value"


class StackFileError(Exception):
    """A stack file that cannot be read; the message names the file, the place and the fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackFile:
    """A stack's name and configuration: `values` are text, as the program receives them."""

    stack: str
    path: Path
    values: dict[str, str]
    secret_keys: tuple[str, ...]


class _Core(yaml.SafeLoader):
    """YAML with the 1.2 core schema and the CLI's integers: `on`, `22:30` and dates stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_TAG = "tag:yaml.org,2002:"
_INT = re.compile(r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)\Z")
_Core.add_implicit_resolver(f"{_TAG}merge", re.compile(r"<<\Z"), list("<"))
_Core.add_implicit_resolver(f"{_TAG}null", re.compile(r"(~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
_Core.add_implicit_resolver(f"{_TAG}bool", re.compile(r"(true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))
_Core.add_implicit_resolver(f"{_TAG}int", _INT, list("-+0123456789"))
_Core.add_implicit_resolver(
    f"{_TAG}float",
    re.compile(r"[-+]?((\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))\Z|\.(nan|NaN|NAN)\Z"),
    list("-+0123456789."),
)


def _construct_int(loader: _Core, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node).replace("_", "")
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return sign * int(digits, 8)
    return sign * int(digits, 0)


def _construct_float(loader: _Core, node: yaml.ScalarNode) -> float:
    return float(loader.construct_scalar(node).lower().replace(".inf", "inf").replace(".nan", "nan"))


def _construct_mapping(loader: _Core, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if isinstance(key, list | dict):
            raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice; keep one of them", key_node.start_mark
            )
        seen.add(key)
    return {str(k): v for k, v in loader.construct_mapping(node, deep=True).items()}


_Core.add_constructor(f"{_TAG}int", _construct_int)
_Core.add_constructor(f"{_TAG}float", _construct_float)
_Core.add_constructor(f"{_TAG}map", _construct_mapping)


def project_name(root: Path) -> str:
    """The project's name, from `Pulumi.yaml`."""
    return str(_load(root / "Pulumi.yaml").get("name", "agent-platform"))


def read(path: Path, project: str, stack: str | None = None) -> StackFile:
    """Read a stack file. Without `stack`, the stack is named after the file.

    Errors: StackFileError for a file that is missing, is no YAML, or has no `config`.
    """
    if stack is None:
        stack = path.name.removesuffix(".yaml").removesuffix(".yml").removeprefix("Pulumi.")
    config = _load(path).get("config")
    if not isinstance(config, dict):
        raise StackFileError(f"{path}: there is no `config:` mapping; every setting stands below it")
    values: dict[str, str] = {}
    secret: list[str] = []
    for key, value in config.items():
        full = key if ":" in key else f"{project}:{key}"
        plain, is_secret = _without_ciphertext(value)
        if is_secret:
            secret.append(full)
        if plain is not None:
            values[full] = _as_text(plain)
    return StackFile(stack=stack, path=path, values=values, secret_keys=tuple(secret))


def _load(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Core)
    except FileNotFoundError:
        others = ", ".join(sorted(p.name for p in path.parent.glob("*.yaml"))[:8])
        raise StackFileError(f"{path}: no such file" + (f"; beside it are {others}" if others else "")) from None
    except IsADirectoryError:
        raise StackFileError(f"{path}: a folder, not a stack file") from None
    except UnicodeDecodeError:
        raise StackFileError(f"{path}: is not UTF-8 text") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise StackFileError(_yaml_fault(path, error)) from None
    if not isinstance(loaded, dict):
        raise StackFileError(f"{path}: is no YAML mapping; a stack file begins with `config:`")
    return loaded


def _yaml_fault(path: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    return f"{where}: {getattr(error, 'problem', None) or 'is no valid YAML'}"


def _without_ciphertext(value: Any) -> tuple[Any, bool]:
    """Replace every `{secure: …}` by a stand-in, and tell whether there was one."""
    if isinstance(value, dict):
        if set(value) == {"secure"} and isinstance(value["secure"], str):
            return SECURE_STAND_IN, True
        items = {key: _without_ciphertext(item) for key, item in value.items()}
        return {key: item for key, (item, _) in items.items()}, any(found for _, found in items.values())
    if isinstance(value, list):
        members = [_without_ciphertext(item) for item in value]
        return [item for item, _ in members], any(found for _, found in members)
    return value, False


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)
