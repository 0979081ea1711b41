"""Says what looks like a secret in the clear, by the policy pack's own recogniser."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from policy.guardrails.secret_detection import contains_secret, is_secret, secret_arguments
from settings.model import Fault

__all__ = ["argument_faults", "looks_like_value", "looks_secret", "secret_variable"]


_NAME = re.compile(r"-{0,2}[A-Za-z_][A-Za-z0-9_-]*")


def argument_faults(key: str, arguments: Sequence[str], not_secrets: Collection[str] = ()) -> Iterator[Fault]:
    """Arguments of a command that hold a secret: whoever may read the task definition reads them.

    The value of a flag in `not_secrets` is none, unless it has the form of a credential.
    """
    for index in secret_arguments(arguments):
        flag, equals, _ = arguments[index].partition("=")
        named = flag if equals or index == 0 else arguments[index - 1]
        if named in not_secrets and not contains_secret(arguments[index]):
            continue
        yield Fault(
            f"{key}[{index}]",
            "looks like a secret in the clear (it is not shown), which everybody could read here; write it under "
            f"secrets, and let the program read the variable{_insist(named, arguments[index])}",
        )


def secret_variable(name: str, value: str, not_secrets: Collection[str]) -> str | None:
    """How to say that a variable which looks like a secret is none; None where it does not look like one."""
    if name in not_secrets:
        return "" if contains_secret(value) else None
    return _insist(name, value) if is_secret(name, value) else None


def _insist(name: str, value: str) -> str:
    known = contains_secret(value) or not _NAME.fullmatch(name)
    return "" if known else f" (if it is none, say so: not_secrets: {{{name}: <why>}})"


def looks_secret(name: str, value: str) -> bool:
    """Whether the setting `name` holds a secret, by the shape of its value or by its name."""
    return is_secret(name, value)


def looks_like_value(text: str) -> bool:
    """Whether `text` has the form of a well-known kind of secret."""
    return contains_secret(text)
