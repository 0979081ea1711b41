"""The event loop that a phase runs on."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

__all__ = ["quiet_loop"]


class _Inline(ThreadPoolExecutor):
    """Runs each callback at once, so that two runs give identical bytes."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # the future carries it to its awaiter
            future.set_exception(error)
        return future


@contextmanager
def quiet_loop() -> Iterator[tuple[asyncio.AbstractEventLoop, list[BaseException]]]:
    """An event loop of its own, with inline callbacks, that collects stray exceptions instead of printing."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_Inline(max_workers=1))
    strays: list[BaseException] = []

    def collect(_: asyncio.AbstractEventLoop, details: dict[str, Any]) -> None:
        if isinstance(details.get("exception"), BaseException):
            strays.append(details["exception"])

    loop.set_exception_handler(collect)
    asyncio.set_event_loop(loop)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            yield loop, strays
            _drain(loop)
    finally:
        _drain(loop)
        asyncio.set_event_loop(None)
        loop.close()


def _drain(loop: asyncio.AbstractEventLoop) -> None:
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()
    if pending:
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
