"""Tells what looks like a secret in the clear."""

from __future__ import annotations

import re

__all__ = ["looks_like_value", "looks_secret"]

_SECRET_NAME = re.compile(
    r"(^|_)(PASSWORDS?|PASSWD|SECRETS?|TOKENS?|API_?KEYS?|KEYS?|CREDENTIALS?|PRIVATE_KEY)(_|$)", re.IGNORECASE
)
_SECRET_VALUE = re.compile(
    r"(AKIA|ASIA)[A-Z0-9]{16}|sk-[A-Za-z0-9_-]{16,}|[sr]k_(live|test)_|whsec_|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_"
    r"|glpat-|xox[abeoprs]-|AIza[A-Za-z0-9_-]{30,}|-----BEGIN|://[^/\s:@]+:[^/\s:@]+@"
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
