"""CloudFormation's resource schemas, by type and region, as cfn-lint ships them."""

from __future__ import annotations

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.cloudformation.types import PROPERTIES, TYPES

__all__ = ["create_only", "definition", "exists", "extension", "merged", "properties", "property_name", "schema"]


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("cfnlint")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "data" / "schemas"


@cache
def _index(region: str) -> dict[str, str]:
    """The file of each type, by its name in lower case."""
    names = json.loads((_folder() / "providers" / f"{region}.json").read_text())
    return {name.lower(): file for name, file in names.items()}


@cache
def schema(cfn_type: str, region: str = "us-east-1") -> dict[str, Any]:
    """The schema of a CloudFormation type in a region.

    Errors: KeyError where the region has no such type.
    """
    return json.loads((_folder() / "resources" / f"{_index(region)[cfn_type.lower()]}.json").read_text())


@cache
def extension(cfn_type: str, name: str) -> dict[str, Any]:
    """What cfn-lint adds to a type's schema, such as the classes of each engine and region."""
    folder = cfn_type.lower().replace("::", "_")
    return json.loads((_folder() / "extensions" / folder / f"{name}.json").read_text())


def exists(cfn_type: str) -> bool:
    """Whether there is a schema of that name."""
    return cfn_type.lower() in _index("us-east-1")


def properties(token: str, region: str = "us-east-1") -> dict[str, Any]:
    """The properties of the CloudFormation type of a Pulumi type, by name."""
    return schema(TYPES[token], region)["properties"]


def property_name(token: str, prop: str, among: dict[str, Any]) -> str | None:
    """CloudFormation's name of a Pulumi property: an exception, or the same letters, case and plural apart."""
    if (named := PROPERTIES.get(token, {}).get(prop)) is not None:
        return named or None
    by_letters = {_letters(name): name for name in among}
    kind = token.rpartition(":")[2]
    for wanted in (prop, prop.removesuffix("s"), f"{prop}s", kind + prop):
        if _letters(wanted) in by_letters:
            return by_letters[_letters(wanted)]
    return None


def create_only(token: str) -> tuple[set[str], set[str]]:
    """The properties of a Pulumi type whose change replaces the resource in CloudFormation: always, and at times."""
    whole = schema(TYPES[token])
    found = []
    for key in ("createOnlyProperties", "conditionalCreateOnlyProperties"):
        names = {path.removeprefix("/properties/").split("/")[0] for path in whole.get(key, ()) if path.count("/") == 2}
        found.append(names)
    return found[0], found[1]


def definition(whole: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """A shape, or the one that it refers to."""
    while "$ref" in shape:
        shape = whole["definitions"][shape["$ref"].rpartition("/")[2]]
    return shape


def merged(whole: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """The properties of an object, those of its alternatives included."""
    shape = definition(whole, shape)
    found = dict(shape.get("properties", {}))
    for key in ("oneOf", "anyOf", "allOf"):
        for inner in shape.get(key, ()):
            found.update({name: item for name, item in merged(whole, inner).items() if name not in found})
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
