"""Says what looks like a secret in the clear, by the policy pack's own recogniser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy.guardrails.secret_detection import contains_secret, is_secret, secret_arguments
from settings.model import Fault

__all__ = ["argument_faults", "looks_like_value", "looks_secret"]


def argument_faults(key: str, arguments: Sequence[str]) -> Iterator[Fault]:
    """Arguments of a command that hold a secret: whoever may read the task definition reads them."""
    for index in secret_arguments(arguments):
        yield Fault(
            f"{key}[{index}]",
            "looks like a secret in the clear (it is not shown), which everybody could read here; write it under "
            "secrets, and let the program read the variable",
        )


def looks_secret(name: str, value: str) -> bool:
    """Whether the setting `name` holds a secret, by the shape of its value or by its name."""
    return is_secret(name, value)


def looks_like_value(text: str) -> bool:
    """Whether `text` has the form of a well-known kind of secret."""
    return contains_secret(text)
