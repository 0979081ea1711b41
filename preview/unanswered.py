"""Notices when a program reads a field of an object that no input gives and no stand-in answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pulumi

__all__ = ["noticed"]


@contextmanager
def noticed() -> Iterator[list[str]]:
    """Faults, while the context lasts: each field that the SDK answered with None.

    An object that is an input is answered as it was given, so what a provider computes within it is missing, and an
    input that is made of such a field would vanish. The SDK's classes read every field through `pulumi.get`.
    """
    faults: list[str] = []
    answered = pulumi.get

    def get(self: Any, name: str) -> Any:
        value = answered(self, name)
        if value is None and type(self).__module__.endswith(".outputs"):
            where = f"{type(self).__module__.removesuffix('.outputs')}.{type(self).__name__}"
            fault = (
                f"{name} of {where} is read, and nothing answers: give it in the inputs, or, if the provider computes "
                "it, add it to COMPUTED_KEYS in preview/computed_keys.py"
            )
            faults.extend([fault] if fault not in faults else [])
        return value

    pulumi.get = get  # type: ignore[assignment]
    try:
        yield faults
    finally:
        pulumi.get = answered  # type: ignore[assignment]
