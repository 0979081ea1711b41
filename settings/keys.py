"""Every setting of the schema, by the path of its key in a stack file."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from settings.docstrings import field_docstrings
from settings.model import Model
from settings.stack import Settings

__all__ = ["Key", "core", "keys"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting. In `path`, `*` is a name that the user chooses, and `[]` an item of a list.

    `optional` are the beginnings of the path at which a model may be left out that needs nothing else.
    """

    path: str
    field: FieldInfo
    help: str
    optional: tuple[str, ...] = ()


@cache
def keys() -> Mapping[str, Key]:
    """All settings by path. A model that only groups others is none; one that may be left out is."""
    return {key.path: key for key in _walk(Settings, "", ())}


def core(annotation: Any) -> Any:
    """An annotation without `Annotated` and without `None`."""
    if typing.get_origin(annotation) is typing.Annotated:
        return core(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (first, *others) = [arg for arg in typing.get_args(annotation) if arg is not type(None)]
        return typing.Union[(first, *others)] if others else core(first)
    return annotation


def _walk(model: type[Model], prefix: str, optional: tuple[str, ...]) -> Iterator[Key]:
    texts = field_docstrings(model)
    for name, field in model.model_fields.items():
        path = f"{prefix}{name}"
        inner, suffix = _model_in(field.annotation)
        grouping = inner is not None and not suffix and not _may_be_none(field.annotation)
        if not grouping:
            yield Key(path=path, field=field, help=texts[name], optional=optional)
        if inner is not None:
            bare = not suffix and not grouping and not any(f.is_required() for f in inner.model_fields.values())
            yield from _walk(inner, f"{path}{suffix}.", (*optional, path) if bare else optional)


def _model_in(annotation: Any) -> tuple[type[Model] | None, str]:
    """The model that a field holds, and how its key goes on there."""
    kind = core(annotation)
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind, ""
    args = typing.get_args(kind)
    if typing.get_origin(kind) is dict:
        model, suffix = _model_in(args[1])
        return model, f".*{suffix}"
    if typing.get_origin(kind) is tuple:
        model, suffix = _model_in(args[0])
        return model, f"[]{suffix}"
    return None, ""


def _may_be_none(annotation: Any) -> bool:
    if typing.get_origin(annotation) is typing.Annotated:
        return _may_be_none(typing.get_args(annotation)[0])
    return type(None) in typing.get_args(annotation)
