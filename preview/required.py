"""What the SDK's classes require of a resource's arguments, and of the objects within them."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pulumi import Output, _types

from preview.schema import resource_class
from preview.wire import join

__all__ = ["arguments", "missing", "required"]


def missing(token: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """The path of each argument that a resource of type `token` requires and has not been given.

    What is unknown has been given. An argument that the engine would refuse vanishes from a recording if it is made
    from an output that nothing answers.
    """
    args = _arguments(token)
    if args is not None:
        yield from _missing(args, inputs, "")


def arguments(token: str) -> frozenset[str]:
    """The names of the arguments that a resource of type `token` takes."""
    args = _arguments(token)
    return frozenset(_types.input_type_py_to_pulumi_names(args).values()) if args is not None else frozenset()


def required(token: str) -> frozenset[str]:
    """The names of the arguments that a resource of type `token` requires."""
    args = _arguments(token)
    return _required(args) if args is not None else frozenset()


def _missing(args: type, given: Mapping[str, Any], path: str) -> Iterator[str]:
    for name in sorted(_required(args) - given.keys()):
        yield join(path, name)
    for name, value in given.items():
        if isinstance(value, dict | list):
            yield from _within(_type_of(args, name), value, join(path, name))


def _within(type_: Any, value: Any, path: str) -> Iterator[str]:
    """The missing arguments of an object, or of each object of a list or map."""
    kind, inner = typing.get_origin(type_), typing.get_args(type_)
    if isinstance(value, list):
        for i, item in enumerate(value if kind is Sequence else ()):
            yield from _within(_types.unwrap_type(inner[0]), item, join(path, i))
    elif not isinstance(value, dict):
        return
    elif kind is Mapping:
        for key, item in value.items():
            yield from _within(_types.unwrap_type(inner[1]), item, join(path, key))
    elif isinstance(type_, type) and _types.is_input_type(type_):
        yield from _missing(type_, value, path)


@cache
def _arguments(token: str) -> type | None:
    """The class of a resource's arguments: not by its name, which a block of another type may have taken."""
    cls = resource_class(token)
    for overload in typing.get_overloads(cls.__init__) if cls is not None else ():
        args = _types.unwrap_type(overload.__annotations__.get("args", object))
        if _types.is_input_type(args):
            return args
    return None


@cache
def _required(args: type) -> frozenset[str]:
    """The Pulumi names of the parameters without default."""
    names = _types.input_type_py_to_pulumi_names(args)
    init: Any = args.__init__
    code, optional = init.__code__, init.__kwdefaults__ or {}
    keywords = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return frozenset(names[name] for name in keywords if name in names and name not in optional)


@cache
def _type_of(args: type, name: str) -> Any:
    """The type of one property, without what makes it an input or optional; None where there is no such property."""
    for _, pulumi_name, prop in _types._py_properties(args):
        if pulumi_name == name:
            where = vars(sys.modules[args.__module__])
            hints = typing.get_type_hints(prop.fget, globalns=where, localns={"Output": Output, "T": type(None)})
            return _types.unwrap_type(hints["return"])
    return None
