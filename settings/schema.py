"""The JSON Schema of a stack file, which `make generate` writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from settings.references import help_text, patterns
from settings.stack import AREAS, Settings

__all__ = ["FILE", "schema", "text"]

FILE = Path(__file__).resolve().parent / "schema.json"


def schema(project: str = "agent-platform") -> dict[str, Any]:
    """The JSON Schema of a stack file, for editors."""
    areas = Settings.model_json_schema()
    definitions = areas.pop("$defs", {})
    properties = {f"{project}:{name}": areas["properties"][name] for name in AREAS}
    for output in properties[f"{project}:outputs"]["patternProperties"].values():
        output |= {"description": help_text(), "examples": list(patterns())}
    properties["aws:region"] = areas["properties"]["region"]
    properties["aws:profile"] = areas["properties"]["profile"]
    # The list, or its text: either is what the CLI takes.
    for key, field in (("allowedAccountIds", "allowed_account_ids"), ("forbiddenAccountIds", "forbidden_account_ids")):
        properties[f"aws:{key}"] = {**areas["properties"][field], "type": ["array", "string"]}
    properties["aws:assumeRoles"] = {
        **areas["properties"]["assume_roles"],
        "type": ["array", "string"],
        "items": _camel_case(definitions.pop("AssumeRole")),
    }
    required = [f"{project}:{name}" for name in areas["required"] if name in AREAS] + ["aws:region"]
    config = {
        "type": "object",
        "properties": properties,
        "required": required,
        # Other namespaces are other packages' configuration, but the provider gets no other key of aws.
        "patternProperties": {f"^(?!{project}:|aws:)[A-Za-z0-9_.-]+:.+$": {}},
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of agent-platform",
        "type": "object",
        "properties": {"config": config},
        "required": ["config"],
        "$defs": definitions,
    }


def _camel_case(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object whose keys are Pulumi's own."""
    names = {name: re.sub(r"_(.)", lambda found: found[1].upper(), name) for name in schema["properties"]}
    properties = {names[name]: value for name, value in schema["properties"].items()}
    return {**schema, "properties": properties, "required": [names[name] for name in schema["required"]]}


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"
