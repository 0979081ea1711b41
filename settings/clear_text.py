"""Tells what looks like a secret in the clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from settings.model import Fault

__all__ = ["argument_faults", "looks_like_value", "looks_secret"]

_SECRET_NAME = re.compile(
    r"(^|_)(PASSWORDS?|PASSWD|SECRETS?|TOKENS?|API_?KEYS?|KEYS?|CREDENTIALS?|PRIVATE_KEY)(_|$)", re.IGNORECASE
)
_SECRET_VALUE = re.compile(
    r"(AKIA|ASIA)[A-Z0-9]{16}|sk-[A-Za-z0-9_-]{16,}|[sr]k_(live|test)_|whsec_|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_"
    r"|glpat-|xox[abeoprs]-|AIza[A-Za-z0-9_-]{30,}|-----BEGIN|://[^/\s:@]+:[^/\s:@]+@"
)
_SECRET_ARGUMENT = re.compile(
    r"--?([\w-]*[_-])?(password|passwd|api[_-]?key|(auth|access|api)[_-]token|(client|api)[_-]secret|secret[_-]key)"
    r"=[^$\s/{<][^\s/]{5,}",
    re.IGNORECASE,
)


def argument_faults(key: str, arguments: Iterable[str]) -> Iterator[Fault]:
    """Arguments of a command that hold a secret: whoever may read the task definition reads them."""
    for i, argument in enumerate(arguments):
        if looks_like_value(argument) or _SECRET_ARGUMENT.search(argument):
            yield Fault(
                f"{key}[{i}]",
                "looks like a secret in the clear (it is not shown), which everybody could read here; write it under "
                "secrets, and let the program read the variable",
            )


def looks_secret(name: str, value: str) -> bool:
    """Whether `value` looks like a secret, by its own form or by the name it stands under."""
    return looks_like_value(value) or (bool(_SECRET_NAME.search(name)) and not _harmless(value))


def looks_like_value(text: str) -> bool:
    """Whether `text` has the form of a well-known kind of secret."""
    return bool(_SECRET_VALUE.search(text))


def _harmless(value: str) -> bool:
    """Whether a value below a secret-looking name is no secret: a switch, a number, a path, an address."""
    return bool(re.fullmatch(r"(true|false|on|off|yes|no|none|\d{1,9}|/\S*|https?://[^@\s]*|)", value, re.IGNORECASE))
