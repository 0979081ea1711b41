"""Recognising credentials by the name of a setting or the shape of a value."""

from __future__ import annotations

import re
from typing import Any

from .values import ABSENT, UNKNOWN

_WORDS = re.compile(
    r"(?:^|[_\-./]|(?<=[a-z])(?=[A-Z]))"
    r"(passw(?:or)?d|passphrase|pwd|secret|token(?!iz)|api_?-?key|apikeys?|access_?-?key|private_?-?key|credentials?|"
    r"secret_?key|auth_?key|signing_?key|encryption_?key|jwt)",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(password|passwd|apikey|secretkey|accesskey|privatekey)", re.IGNORECASE)
_HARMLESS_END = re.compile(
    r"(arn|file|path|dir|url|uri|name|id|ttl|expiry|expires?|expiration|length|region|alg|algorithm|algorithms|header|"
    r"headers|enabled|endpoint|issuer|audience|type|mode|policy|limit|limits|max|min|count|minutes|seconds|hours|days|"
    r"prefix|suffix|provider|source|ref|rotation|version|required|budget|window|usage|scope|scopes)$",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"(?:AKIA|ASIA)[0-9A-Z]{16}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_\-]{18,}"
    r"|sk-(?:ant-|proj-)?[A-Za-z0-9_\-]{20,}"
    r"|xox[abposr]-[A-Za-z0-9\-]{10,}"
    r"|AIza[0-9A-Za-z_\-]{35}"
    r"|[sr]k_live_[0-9a-zA-Z]{20,}"
    r"|[a-z][a-z0-9+.\-]*://[^\s:/@$]+:[^\s@/$]{3,}@"
)
_PLAIN = re.compile(
    r"(?:true|false|yes|no|on|off|none|null|\d{0,9}|arn:aws[\w-]*:\S+|/(?:[\w.-]+/)+[\w.-]*)", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def names_a_secret(name: str) -> bool:
    """True for `DB_PASSWORD` or `openaiApiKey`; false for `SECRET_ARN` or `TOKEN_URL`."""
    return bool(_WORDS.search(name) or _RUN_TOGETHER.search(name)) and not _HARMLESS_END.search(name)


def holds_a_secret(value: Any) -> bool:
    """True for a text in the shape of an access key, a private key, a token, or a URL with a password."""
    return isinstance(value, str) and _VALUES.search(value) is not None


def suspicious(name: str, value: Any) -> bool:
    """True when a setting carries a credential, by its value's shape or by its name."""
    if holds_a_secret(value):
        return True
    if not names_a_secret(name) or value is ABSENT or value == "":
        return False
    return value is UNKNOWN or not (isinstance(value, str) and _PLAIN.fullmatch(value))


def shown(name: Any) -> str:
    """A setting's name for a message, when it is plainly a name."""
    return name if isinstance(name, str) and _IDENTIFIER.fullmatch(name) else "…"
