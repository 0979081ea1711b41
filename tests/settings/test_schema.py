"""The JSON Schema has every area, and says what each setting and output is."""

from __future__ import annotations

import json

from preview import run, stackfile
from settings import schema, stack
from settings.references import patterns


def test_every_area_is_there() -> None:
    properties = json.loads(schema.text())["properties"]["config"]["properties"]
    assert set(properties) == {f"agent-platform:{area}" for area in stack.AREAS} | {
        "aws:region",
        "aws:allowedAccountIds",
        "aws:assumeRoles",
        "aws:forbiddenAccountIds",
        "aws:profile",
    }


def test_every_setting_says_what_it_is() -> None:
    def undescribed(node: object, path: str) -> list[str]:
        if isinstance(node, list):
            return [name for i, item in enumerate(node) for name in undescribed(item, f"{path}[{i}]")]
        if not isinstance(node, dict):
            return []
        own = [
            f"{path}.{name}"
            for name, item in node.get("properties", {}).items()
            if isinstance(item, dict) and "description" not in item
        ]
        return own + [name for key, item in node.items() for name in undescribed(item, f"{path}.{key}")]

    definitions = json.loads(schema.text())["$defs"]
    assert undescribed(definitions, "$defs") == []


def test_help_lists_every_output() -> None:
    outputs = json.loads(schema.text())["properties"]["config"]["properties"]["agent-platform:outputs"]
    (value,) = outputs["patternProperties"].values()
    assert value["examples"] == list(patterns())
    assert [pattern for pattern in patterns() if f"`{pattern}`: " not in value["description"]] == []


def test_shipped_files_name_the_project_s_namespace() -> None:
    assert stackfile.project_name(run.ROOT) == "agent-platform"
