"""The page as Markdown: within GitHub's limit, and no name in it is taken as markup."""

from __future__ import annotations

import re

import pytest

from preview.page import Section
from preview.printed import Line
from preview.summary import LIMIT, markdown


def section(title: str, count: int, *, important: bool = False, text: str = "x" * 90) -> Section:
    return Section(
        title=title, lines=[Line(f"{title} {number} {text}") for number in range(count)], important=important
    )


LONG = [
    section("Data would be lost", 40, important=True),
    section("Resources", 5000),
    section("Outputs", 3),
    section("Network paths", 300),
    section("Policies", 60, important=True),
]


@pytest.mark.parametrize("text", ["x" * 90, "ü" * 90, "x`" * 45])
def test_long_page_is_cut_where_it_matters_least(text: str) -> None:
    page = [*LONG, section("Schedules", 2000, text=text)]
    summary = markdown("dev", page)
    assert len(summary) <= LIMIT < 65_536
    for title in ("Data would be lost", "Policies", "Outputs"):
        (whole,) = [one for one in page if one.title == title]
        assert all(line.text in summary for line in whole.lines)
    for title in ("Resources", "Schedules"):
        (cut,) = [one for one in page if one.title == title]
        shown = summary.count(f"\n{title} ")
        assert 0 < shown < len(cut.lines)
        assert f"… and {len(cut.lines) - shown} more lines" in summary


def test_what_is_important_is_cut_only_when_nothing_else_is_left() -> None:
    page = [section("Data would be lost", 3000, important=True), section("Resources", 3000)]
    summary = markdown("dev", page)
    assert len(summary) <= LIMIT
    assert summary.count("\nResources ") == 1
    assert summary.count("\nData would be lost ") > 300
    assert summary.count("more lines") == 2


def test_short_page_is_whole() -> None:
    summary = markdown("dev", [section("Resources", 20), section("Policies", 2, important=True)])
    assert "more lines" not in summary
    assert summary.count("\nResources ") == 20


def blocks(summary: str) -> list[list[str]]:
    """The lines of each code block, as CommonMark delimits them: by a fence at least as long as the opening one."""
    found, fence = [], ""
    for line in summary.splitlines():
        run = re.match(r" {0,3}(`{3,})", line)
        if not fence and run:
            fence = run[1]
            found.append([])
        elif fence and run and len(run[1]) >= len(fence) and not line.strip().strip("`"):
            fence = ""
        elif fence:
            found[-1].append(line)
    assert not fence
    return found


@pytest.mark.parametrize("name", ["```", "````\n# x", "`" * 40, "a\n```\n@team", "</details>", "<img src=x>", "[x](y)"])
def test_no_name_leaves_its_block(name: str) -> None:
    page = [Section(title="Resources", lines=[Line(name), Line("after")]), section("Policies", 1, important=True)]
    summary = markdown("dev", page)
    first, second = blocks(summary)
    assert first == [*name.split("\n"), "after"]
    assert second[0].startswith("Policies 0")


@pytest.mark.parametrize("name", ["`x` @team", "<script>", "a``b", "x\n# y"])
def test_head_is_code(name: str) -> None:
    head = markdown(name, []).splitlines()[0]
    span = re.fullmatch(r"### Preview of (`+) (.*) \1", head)
    assert span
    assert span[1] not in span[2]
    assert span[2] == " ".join(name.split())


def test_title_has_no_markup() -> None:
    page = [Section(title="Against <b>x</b>", lines=[Line("a")])]
    assert "<b>" not in markdown("dev", page)


@pytest.mark.parametrize("important", [True, False])
@pytest.mark.parametrize("path", ["**x**", "[x](http://y)", "@team", "![x](y)", "`x`", "a_b_c"])
def test_path_in_a_title_is_no_markup(path: str, *, important: bool) -> None:
    title = f"Against {path}"
    summary = markdown("dev", [Section(title=title, lines=[Line("a")], important=important)])
    (line,) = [line for line in summary.splitlines() if "Against" in line]
    if important:
        assert re.fullmatch(r"\*\*(`+) " + re.escape(title) + r" \1\*\*", line)
    else:
        assert line == f"<details><summary><code>{title}</code>: 1</summary>"
