"""Deserialises each message of the engine once, and not once per policy.

The SDK turns a resource's message into a property tree anew for every policy of the pack. While a request is
served, the wrappers below answer the same message with the same tree, per thread. They are put in place on
SDK versions that were tested with them only; on any other the SDK runs as it is, slower and with the same
verdicts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from pulumi_policy import policy as sdk
from pulumi_policy.version import VERSION

TESTED = frozenset({"1.21.0"})
_HOOKS = ("json_format", "deserialize_properties", "unknown_checking_proxy")
_METHODS = ("_get_resource_options", "_get_provider_resource")
_REQUESTS = ("Analyze", "AnalyzeStack")


class _Local(threading.local):
    """The trees of the request that this thread serves; None between requests."""

    memo: dict[Any, tuple[Any, Any]] | None = None


_local = _Local()
_stock: dict[str, Any] = {}


def current_request() -> Any:
    """An object that stands for the request at hand; None where the cache is not active."""
    return _local.memo


def supported() -> bool:
    """True on an SDK that has been tested, and still has the functions that are wrapped."""
    servicer = getattr(sdk, "_PolicyAnalyzerServicer", None)
    return (
        VERSION in TESTED
        and all(hasattr(sdk, name) for name in _HOOKS)
        and all(hasattr(servicer, name) for name in (*_METHODS, *_REQUESTS))
    )


def install() -> bool:
    """Puts the cache in place; False, and nothing changed, where the SDK is not a tested one."""
    if _stock or not supported():
        return bool(_stock)
    servicer = sdk._PolicyAnalyzerServicer
    hooks = {name: getattr(sdk, name) for name in _HOOKS}
    _stock.update(hooks)
    _stock.update({name: getattr(servicer, name) for name in (*_METHODS, *_REQUESTS)})
    to_dict = _once("MessageToDict", hooks["json_format"].MessageToDict)
    wrapped = {name: _once(name, hooks[name]) for name in _HOOKS[1:]}
    for name, hook in {"json_format": SimpleNamespace(MessageToDict=to_dict), **wrapped}.items():
        setattr(sdk, name, hook)
    for name in _METHODS:
        setattr(servicer, name, _once_per_message(name, _stock[name]))
    for name in _REQUESTS:
        setattr(servicer, name, _serving(_stock[name]))
    return True


def uninstall() -> None:
    """Gives the SDK its own functions back."""
    if _stock:
        for name in _HOOKS:
            setattr(sdk, name, _stock[name])
        for name in (*_METHODS, *_REQUESTS):
            setattr(sdk._PolicyAnalyzerServicer, name, _stock[name])
        _stock.clear()


@contextmanager
def _request() -> Iterator[None]:
    before, _local.memo = _local.memo, {}
    try:
        yield
    finally:
        _local.memo = before


def _serving(stock: Callable[..., Any]) -> Callable[..., Any]:
    def serve(self: Any, request: Any, context: Any) -> Any:
        with _request():
            return stock(self, _Shared(request) if hasattr(request, "resources") else request, context)

    return serve


class _Shared:
    """A stack request that hands its resources out once.

    The SDK builds the resource list anew for each stack policy; the pack's policies all use the stack that
    the first of them built for this request (`Session.stack`), so the others need no list of their own.
    """

    def __init__(self, request: Any) -> None:
        self._left = request.resources

    @property
    def resources(self) -> Any:
        left, self._left = self._left, ()
        return left


def once(key: Any, subject: Any, make: Callable[[], Any]) -> Any:
    """What `make` answers for a subject, computed once per request."""
    memo = _local.memo
    if memo is None:
        return make()
    found = memo.get(key)
    if found is None:
        found = memo[key] = (subject, make())  # the subject is held, so that its id stays its own
    return found[1]


def _once(kind: str, stock: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(subject: Any, *more: Any, **options: Any) -> Any:
        if more or options:
            return stock(subject, *more, **options)
        return once((kind, id(subject)), subject, lambda: stock(subject))

    return wrapped


def _once_per_message(kind: str, stock: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, message: Any) -> Any:
        return once((kind, id(message)), message, lambda: stock(self, message))

    return wrapped
