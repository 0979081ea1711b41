"""Deserialises each message of the engine once instead of once per policy.

The SDK deserialises a resource's message again for every policy of the pack. While a request is served, the wrappers
below return the same tree for the same message, per thread. They are installed only on SDK versions that were tested
with them; on any other the SDK is unchanged, slower and with the same findings.
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
    """The deserialised trees of this thread's request; None between requests."""

    memo: dict[Any, tuple[Any, Any]] | None = None


_local = _Local()
_original: dict[str, Any] = {}


def current_request() -> Any:
    """An object that identifies the current request; None where the cache is not active."""
    return _local.memo


def supported() -> bool:
    """True on a tested SDK version that has the functions to wrap."""
    servicer = getattr(sdk, "_PolicyAnalyzerServicer", None)
    return (
        VERSION in TESTED
        and all(hasattr(sdk, name) for name in _HOOKS)
        and all(hasattr(servicer, name) for name in (*_METHODS, *_REQUESTS))
    )


def install() -> bool:
    """Installs the cache; returns False and changes nothing on an SDK that is not a tested one."""
    if _original or not supported():
        return bool(_original)
    servicer = sdk._PolicyAnalyzerServicer
    hooks = {name: getattr(sdk, name) for name in _HOOKS}
    _original.update(hooks)
    _original.update({name: getattr(servicer, name) for name in (*_METHODS, *_REQUESTS)})
    to_dict = _once("MessageToDict", hooks["json_format"].MessageToDict)
    wrapped = {name: _once(name, hooks[name]) for name in _HOOKS[1:]}
    for name, hook in {"json_format": SimpleNamespace(MessageToDict=to_dict), **wrapped}.items():
        setattr(sdk, name, hook)
    for name in _METHODS:
        setattr(servicer, name, _once_per_message(name, _original[name]))
    for name in _REQUESTS:
        setattr(servicer, name, _serving(_original[name]))
    return True


def uninstall() -> None:
    """Restores the functions of the SDK."""
    if _original:
        for name in _HOOKS:
            setattr(sdk, name, _original[name])
        for name in (*_METHODS, *_REQUESTS):
            setattr(sdk._PolicyAnalyzerServicer, name, _original[name])
        _original.clear()


@contextmanager
def _request() -> Iterator[None]:
    previous, _local.memo = _local.memo, {}
    try:
        yield
    finally:
        _local.memo = previous


def _serving(original: Callable[..., Any]) -> Callable[..., Any]:
    def serve(self: Any, request: Any, context: Any) -> Any:
        with _request():
            return original(self, _Shared(request) if hasattr(request, "resources") else request, context)

    return serve


class _Shared:
    """A stack request that returns its resources only once.

    The SDK builds the resource list again for each stack policy; the pack's policies all use the stack that the first
    of them built for this request (`Session.stack`), so the others need no list.
    """

    def __init__(self, request: Any) -> None:
        self._resources = request.resources

    @property
    def resources(self) -> Any:
        resources, self._resources = self._resources, ()
        return resources


def once(key: Any, subject: Any, make: Callable[[], Any]) -> Any:
    """The result of `make` for a subject, computed once per request."""
    memo = _local.memo
    if memo is None:
        return make()
    entry = memo.get(key)
    if entry is None:
        entry = memo[key] = (subject, make())  # a reference to the subject, so that its id is not used again
    return entry[1]


def _once(kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(subject: Any, *args: Any, **options: Any) -> Any:
        if args or options:
            return original(subject, *args, **options)
        return once((kind, id(subject)), subject, lambda: original(subject))

    return wrapped


def _once_per_message(kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(self: Any, message: Any) -> Any:
        return once((kind, id(message)), message, lambda: original(self, message))

    return wrapped
