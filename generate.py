"""Writes every generated file: `make generate`.

The files come from `settings/`, `policy/` and plans of stack files, and are also in `docs/`, so this belongs to none of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from policy.guardrails import catalogue
from preview import inventory
from settings import references, replacing, schema

__all__ = ["ROOT", "TABLES", "generated", "write"]

ROOT = Path(__file__).resolve().parent
TABLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "docs/settings.md": {"outputs": references.table, "replacing": replacing.table},
    "docs/what-a-stack-makes.md": {"inventory": inventory.table},
}
"""Tables of the docs by page, then by the name in their markers."""


def generated() -> dict[Path, Callable[[], str]]:
    """Every generated file, and the function that gives its text."""
    pages = {ROOT / page: partial(_page, ROOT / page, tables) for page, tables in TABLES.items()}
    return {schema.FILE: schema.text, **catalogue.generated(), **pages}


def write(files: Mapping[Path, Callable[[], str]]) -> list[Path]:
    """Write the files that are not up to date, and return them."""
    texts = {path: text() for path, text in files.items()}
    changed = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return changed


def _page(path: Path, tables: Mapping[str, Callable[[], str]]) -> str:
    text = path.read_text(encoding="utf-8")
    for name, table in tables.items():
        text = catalogue.with_table(text, name, table())
    return text


if __name__ == "__main__":
    changed = write(generated())
    print("\n".join(f"changed {path.relative_to(ROOT)}" for path in changed) or "all generated files are up to date")
