"""Reasons that a person gives: for a hint that is meant, for a variable that is no secret."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from settings.form import matches
from settings.model import Fault

__all__ = ["Because", "Variable", "vain_faults"]

Because = Annotated[str, matches(r"(?s).*\w.*", "is empty; write the reason, such as: the billing stack sends to it")]
"""Why something is meant."""

Variable = Annotated[
    str,
    matches(
        r"-{0,2}[A-Za-z_][A-Za-z0-9_-]*",
        "is neither an environment variable nor a flag; write its name alone, such as SORT_KEY or --sort-key",
    ),
]
"""An environment variable, or a flag of a command."""


def vain_faults(
    not_secrets: Mapping[str, str], environment: Collection[str], arguments: Collection[str] = ()
) -> Iterator[Fault]:
    """Names of `not_secrets` that are neither a variable nor a flag."""
    flags = {argument.partition("=")[0] for argument in arguments if argument.startswith("-")}
    for name in not_secrets:
        if name not in environment and name not in flags:
            yield Fault(f"not_secrets.{name}", "is no variable under environment; correct the name, or remove the line")
