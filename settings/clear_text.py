"""Says what looks like a secret in the clear, by the policy pack's own recogniser."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from policy.guardrails.secret_detection import contains_secret, is_secret, secret_arguments
from settings.model import Fault

__all__ = ["argument_faults", "looks_like_value", "looks_secret", "secret_variable", "text_faults"]

_IN_THE_CLEAR = (
    "looks like a secret in the clear (it is not shown), which everybody who reads the stack file, the plan or AWS's "
    "console could read; keep it in Secrets Manager, and name it under a service's secrets (docs/credentials.md)"
)
# Control characters but tab and line break; format characters that turn the order of a text around or hide a part;
# half of a character pair, which cannot be sent.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def text_faults(value: Any, path: str = "") -> Iterator[Fault]:
    """Each text in raw settings, key or value, that holds a secret or a character which cannot be seen."""
    if isinstance(value, str):
        if looks_like_value(value):
            yield Fault(path, _IN_THE_CLEAR)
        elif match := _UNSEEN.search(value):
            yield Fault(path, f"has the invisible character U+{ord(match.group()):04X}; remove it")
    elif isinstance(value, dict):
        for key, item in value.items():
            if key_faults := list(text_faults(key, path)):
                yield Fault(path, f"has a key that {key_faults[0].reason}")
            else:
                yield from text_faults(item, f"{path}.{key}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from text_faults(item, f"{path}[{i}]")


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
