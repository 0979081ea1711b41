"""Writes which properties the provider computes where they are left out, read from the npm package of its schema.

The package is `@cdktf/provider-aws`: unpack it, and run `python -m tests.provider_facts.extract FOLDER`. The
flags of each attribute stand in comments of the TypeScript that is embedded in `lib/<type>/index.js`. They are
written to `preview/transition/facts/computed.json` for the types of the plans; what could not be mapped to a
property of the Pulumi SDK is printed. The package is not kept.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pulumi import _types

from preview.schema import declared
from preview.transition.facts.computed import TABLE
from preview.transition.facts.replacing import REPLACING, REVISIONS
from tests.provider_facts.names import UNMAPPED, candidates, property_name
from tests.stacks import FILES, planned

__all__ = ["Attribute", "Classes", "computed_paths", "main", "parse", "source"]

_CLASS = re.compile(r"^export class (\w+) extends cdktf\.(\w+)", re.MULTILINE)
_FLAGS = re.compile(r"^  // (\w+) - computed: (\w+), optional: (\w+), required: \w+\n(.*)", re.MULTILINE)
_CHILD = re.compile(r"= new (\w+)\(this, \"\w+\"(?:, (true|false))?\)")
_VERSION = re.compile(r"providerVersion: '([\d.]+)'")


class Attribute(NamedTuple):
    """One attribute of a class: its flags, and the class of its block, if it is one."""

    name: str
    computed: bool
    optional: bool
    block: str = ""
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one resource type: its own, and those of its blocks."""

    resource: tuple[Attribute, ...]
    blocks: dict[str, tuple[Attribute, ...]]


def source(path: Path) -> str:
    """The TypeScript that a compiled file carries in its inline source map."""
    encoded = path.read_text(encoding="utf-8").rpartition("base64,")[2].strip()
    return json.loads(base64.b64decode(encoded))["sourcesContent"][0]


def parse(text: str) -> Classes:
    """The attributes of each class of a type's TypeScript."""
    starts = list(_CLASS.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found = {
        match[1]: (match[2], tuple(_attributes(text[match.end() : end])))
        for match, end in zip(starts, ends, strict=True)
    }
    resource = [attributes for base, attributes in found.values() if base == "TerraformResource"]
    blocks = {name.removesuffix("OutputReference"): attributes for name, (_, attributes) in found.items()}
    return Classes(resource[-1], blocks)


def _attributes(text: str) -> Iterator[Attribute]:
    for name, computed, optional, line in _FLAGS.findall(text):
        child = _CHILD.search(line)
        block = re.sub("(OutputReference|List)$", "", child[1]) if child else ""
        yield Attribute(name, computed == "true", optional == "true", block, bool(child and child[2] == "true"))


def computed_paths(classes: Classes, types: dict[str, Any], unmapped: list[str]) -> Iterator[str]:
    """The paths, by Pulumi's names and without indices, of what is computed where it is left out.

    Members of a set are left out: one that lacks a value is another member.
    """
    yield from _paths(classes, classes.resource, types, "", unmapped)


def _paths(
    classes: Classes, attributes: tuple[Attribute, ...], types: dict[str, Any], prefix: str, unmapped: list[str]
) -> Iterator[str]:
    for attribute in attributes:
        relevant = attribute.computed and attribute.optional
        if not attribute.block and not relevant:
            continue
        name = property_name(attribute.name, types)
        if name is None:
            if attribute.name not in UNMAPPED:
                unmapped.append(prefix + attribute.name)
            continue
        if relevant:
            yield prefix + name
        if attribute.block in classes.blocks and not attribute.is_set:
            nested = _members(types[name])
            yield from _paths(classes, classes.blocks[attribute.block], nested, f"{prefix}{name}.", unmapped)


def _members(type_: Any) -> dict[str, Any]:
    """The properties of a nested type, through lists and optional values."""
    while not isinstance(type_, type) and getattr(type_, "__args__", ()):
        type_ = type_.__args__[0]
    return _types.output_type_types(type_) if isinstance(type_, type) and _types.is_output_type(type_) else {}


def types_of_plans() -> list[str]:
    """Every type that a shipped plan or a component registers."""
    plans = {r.type for file in FILES for r in planned(file.as_posix()).phases["preview"].records if r.custom}
    return sorted(type_ for type_ in {*plans, *REPLACING, *REVISIONS} if type_.startswith("aws:"))


def main(package: Path) -> None:
    """Write the table."""
    described = json.loads((package / "package.json").read_text(encoding="utf-8"))
    types: dict[str, list[str]] = {}
    versions: set[str] = set()
    unmapped: list[str] = []
    names = 0
    for token in types_of_plans():
        folders = [package / "lib" / name for name in candidates(token)]
        folder = next((folder for folder in folders if folder.is_dir()), None)
        if folder is None:
            print(f"{token}: not in the package")
            continue
        text = source(folder / "index.js")
        versions.update(_VERSION.findall(text))
        missing: list[str] = []
        classes = parse(text)
        names += len(classes.resource)
        properties = {name: output.type for name, output in declared(token).items()}
        types[token] = sorted(computed_paths(classes, properties, missing))
        unmapped += [f"{token}: {name}" for name in missing]
    (version,) = versions
    table = {
        "provider": f"hashicorp/aws {version}",
        "source": f"{described['name']} {described['version']}",
        "types": types,
    }
    TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(types)} types, {names} attributes, {sum(map(len, types.values()))} computed where left out")
    print("\n".join(["not mapped:", *unmapped]) if unmapped else "all mapped")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
