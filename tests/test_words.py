"""The project speaks AWS's and Pulumi's words: private ones that were replaced do not come back."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from settings.renamed import RENAMED

ROOT = Path(__file__).resolve().parent.parent

NAMES = (
    "AgainstError",
    "Behaviour",
    "ClosedBucket",
    "EventNotice",
    "Mesh",
    "OneOffTask",
    "Outbound",
    "OutboundArgs",
    "Reminded",
    "Sorter",
    "broken_eyes",
    "broken_slips",
    "bury",
    "closed_bucket",
    "left_to_others",
    "log_writers",
    "may_use",
    "one_key",
    "one_off_task",
    "openings",
    "render_against",
    "rows_application",
    "rows_data",
    "rows_schedules",
    "rows_services",
    "rule_parts",
    "satellites",
    "taking_out",
    "timed",
    "way_in",
    "way_out",
    "wearers",
)
"""Identifiers, modules and component types that had a name which nobody outside knows."""

PHRASES = re.compile(
    r"\b(goes|go|went|going) off\b|\bends? red\b|\bstands? beside\b|\b(is|are) told\b|\b(the|a|no) way (in|out)\b"
    r"|\bout[- ]of[- ]band\b",
    re.I,
)
"""Private turns of phrase, each for a usual one: fires, fails, is next to, is notified, entry, egress, in AWS."""


def _tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def _identifiers(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.keyword | ast.alias):
            yield str(getattr(node, "arg", None) or getattr(node, "name", ""))


def test_no_identifier_has_a_private_name() -> None:
    gone = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in _tracked("*.py")
        for name in _identifiers(path)
        if name in NAMES and path != Path(__file__)
    }
    assert gone == set()


def test_no_file_of_settings_has_an_old_key() -> None:
    # `retention_days` is still the key of queues, and `auth` and others are words of other keys.
    old = re.compile(rf"\b({'|'.join(sorted(set(RENAMED) - {'retention_days'}))})\b\s*:")
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in _tracked("Pulumi*.yaml", "systems/*.yaml", "tests/small/*.yaml", "docs/*.md", "README.md")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if old.search(line)
    }
    assert found == set()


def test_texts_for_users_have_no_private_phrases() -> None:
    files = _tracked("README.md", "docs/*.md", "policy/*.md", "Makefile", "Pulumi*.yaml", "systems/*.yaml")
    files += _tracked("components/*.py", "settings/*.py", "wiring/*.py", "preview/*.py", "policy/*.py", "bootstrap/*")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if PHRASES.search(line)
    ]
    assert found == [], "\n".join(found)
