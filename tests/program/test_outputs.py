"""Every row of the table of outputs resolves in some stack; a new row that none has fails here."""

from __future__ import annotations

from typing import Any

import settings
from preview import run, stackfile
from preview.coreyaml import as_text
from settings.outputs import ENTRIES, OUTPUTS
from settings.references import patterns, references
from tests.stacks import FILES, SMALL_DEV, varied


def extend(areas: dict[str, Any]) -> None:
    """What no shipped stack has."""
    areas["data"]["postgres"]["main"] |= {"proxy": {}, "backup_plan": True}
    areas["data"] |= {"queues": {"jobs": {}}, "backup": {"copy_to": {"region": "us-west-2"}}}
    areas["data"]["tables"] = {"usage_logs": {"attributes": {"id": "string"}, "partition_key": "id"}}
    areas["edge"] = {"http_api": {"direct": True}}
    areas["compute"]["tasks"] = {"migrate": {"image_from": "api", "architecture": "arm64"}}
    areas["compute"]["schedules"] = {"nightly": {"task": "migrate", "cron": "0 3 * * ? *"}}
    areas["compute"]["services"]["api"]["route"] = {"paths": ["/api/*"], "health": "/"}


def read(name: str) -> settings.Settings:
    file = stackfile.read(run.ROOT / name, "agent-platform")
    return settings.parse(file.values, "agent-platform", file.stack)


def rows_of(stack: settings.Settings) -> set[str]:
    return {output.pattern for output in OUTPUTS if any(True for _ in (output.names or ENTRIES[output.kind])(stack))}


def test_every_row_is_in_a_stack_and_resolves() -> None:
    """The shipped stacks' own are resolved in `test_program.py`."""
    shipped = set().union(*(rows_of(read(file.as_posix())) for file in FILES))
    seen: dict[str, str] = {}

    def change(areas: dict[str, Any]) -> None:
        extend(areas)
        stack = settings.parse(
            {"aws:region": "us-east-1", **{f"agent-platform:{name}": as_text(area) for name, area in areas.items()}},
            "agent-platform",
            "dev",
        )
        assert set(patterns()) - shipped <= rows_of(stack)
        seen.update({f"o{i}": reference for i, reference in enumerate(references(stack))})
        areas["outputs"] = seen

    exported = varied(SMALL_DEV, change).phases["deployed"].outputs
    assert set(exported) == set(seen)
    values = {seen[name]: value for name, value in exported.items()}
    assert [reference for reference, value in values.items() if value in (None, "", [], {})] == []
    arns = {reference: value for reference, value in values.items() if reference.endswith(("arn", "task_definition"))}
    assert [reference for reference, arn in arns.items() if not arn.startswith("arn:aws:")] == []
    urls = {reference: value for reference, value in values.items() if reference.endswith("url")}
    assert [reference for reference, url in urls.items() if not url.startswith("https://")] == []


def test_only_what_the_stack_file_names_is_exported() -> None:
    def change(areas: dict[str, Any]) -> None:
        areas["outputs"] = {"address": "postgres.main.address"}

    assert list(varied(SMALL_DEV, change).phases["preview"].outputs) == ["address"]


def test_no_reference_stands_twice_and_no_kind_is_unused() -> None:
    assert len(set(patterns())) == len(OUTPUTS)
    assert {output.kind for output in OUTPUTS} == set(ENTRIES)
