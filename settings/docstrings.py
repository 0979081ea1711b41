"""The docstrings below the fields of models, read from the source when they are asked for.

Reading them while the models are made, as pydantic offers, would be half of the time that importing the settings takes.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path

from pydantic import BaseModel

__all__ = ["field_docstrings"]


def field_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """What stands below each field of `model`, its own and inherited ones; a field without a docstring is left out."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            found |= _of_module(inspect.getfile(cls)).get(cls.__qualname__, {})
    return {name: text for name, text in found.items() if text}


@cache
def _of_module(file: str) -> dict[str, dict[str, str]]:
    """The docstring of each annotated field, by class; empty where there is none."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return {node.name: _of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> dict[str, str]:
    found = {}
    for field, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            found[field.target.id] = _text(below)
    return found


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""
