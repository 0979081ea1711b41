"""Every generated file is up to date, and every marker in the docs has its table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generate import ROOT, TABLES, generated, write
from policy.guardrails.catalogue import with_table

FILES = {path.relative_to(ROOT).as_posix(): text for path, text in generated().items()}


@pytest.mark.parametrize("name", FILES)
def test_file_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == FILES[name](), f"{name} is out of date; run make generate"


def test_every_marker_has_its_table() -> None:
    markers = {
        page.relative_to(ROOT).as_posix(): set(
            re.findall(r"^<!-- generated: (.+) -->$", page.read_text(), re.MULTILINE)
        )
        for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
    }
    assert {page: names for page, names in markers.items() if names} == {
        page: set(tables) for page, tables in TABLES.items()
    }


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    same, other, new = tmp_path / "same", tmp_path / "other", tmp_path / "folder" / "new"
    same.write_text("text")
    other.write_text("text")
    assert write({same: lambda: "text", other: lambda: "changed", new: lambda: "made"}) == [other, new]
    assert [path.read_text() for path in (same, other, new)] == ["text", "changed", "made"]


def test_a_table_stands_between_its_markers() -> None:
    page = "Before\n<!-- generated: x -->\nold\n<!-- end of generated -->\nAfter\n"
    assert with_table(page, "x", "new") == page.replace("old", "new")


@pytest.mark.parametrize("page", ["", "<!-- generated: x -->\n", "<!-- generated: y -->\n<!-- end of generated -->\n"])
def test_a_page_without_the_markers_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no lines <!-- generated: x --> and"):
        with_table(page, "x", "new")
