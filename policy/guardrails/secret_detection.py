"""Recognises secrets by the name of a setting and by the shape of a value, in time linear in their length.

Imports nothing of the pack, so that other programs can use it without loading the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = [
    "contains_secret",
    "is_secret",
    "is_secret_name",
    "masked_secrets",
    "printable_name",
    "secret_arguments",
]

_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_-])(?:"
    r"(?:AKIA|ASIA|ABIA)[A-Z0-9]{16}"
    r"|gh[opsur]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20}"
    r"|gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[\w-]{16}"
    r"|xox[abceoprs][-.][A-Za-z0-9.-]{6}|xapp-\d-[A-Za-z0-9-]{10}"
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{8}|whsec_[A-Za-z0-9+/]{8}"
    r"|sk-(?=[\w-]{0,64}[0-9A-Z])[\w-]{16}"
    r"|AIza[\w-]{30}|GOCSPX-[\w-]{20}"
    r"|npm_[A-Za-z0-9]{36}|pypi-[\w-]{40}|hf_[A-Za-z0-9]{30}"
    r"|SG\.[\w-]{16,64}\.[\w-]{16}"
    r"|dckr_pat_[\w-]{20}|do[opr]_v1_[a-f0-9]{40}|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}|hvs\.[\w-]{20}|pul-[a-f0-9]{40}"
    r")"
)
_OTHER_SECRET = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY"
    r"|hooks\.slack\.com/(?:services|triggers|workflows)/[A-Za-z0-9/]{20}"
    r"|(?i:authorization)[\"']?\s{0,8}[:=]\s{0,8}[\"']?(?i:basic|bearer)\s{1,8}[\w.~+/=-]{8}"
    r"|://[^\s:/@]{0,256}:(?![$<{*%])[^\s/@]{1,1024}@"
)
_REST = re.compile(r"[\w.~+/=-]*")

_NAME_PART = re.compile(r"[A-Za-z0-9]+")
_CAMEL_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STRONG = frozenset({
    "CREDENTIAL", "CREDENTIALS", "CREDS", "JWT", "PASS", "PASSCODE", "PASSPHRASE", "PASSWD", "PASSWORD", "PASSWORDS",
    "PWD", "SECRET", "SECRETS", "TOKEN", "TOKENS",
})  # fmt: skip
_STRONG_ENDINGS = (
    "ACCESSKEY", "APIKEY", "APIKEYS", "PASS", "PASSPHRASE", "PASSWD", "PASSWORD", "PASSWORDS", "PRIVATEKEY", "PWD",
    "SECRET", "SECRETKEY", "TOKEN",
)  # fmt: skip
_NO_PASSWORDS = frozenset({"BYPASS", "COMPASS", "ENCOMPASS", "OVERPASS", "SURPASS", "TRESPASS", "UNDERPASS"})
# What the last part says the value is, when it is not the secret itself: `SECRET_ARN`, `TOKEN_URL`.
_ABOUT = frozenset({
    "ALG", "ALGORITHM", "ALGORITHMS", "ALIAS", "ARN", "ARNS", "AUDIENCE", "BACKEND", "BUCKET", "BUDGET", "COOKIE",
    "COUNT", "COUNTER", "DAYS", "DIR", "ENABLED", "ENCODING", "ENDPOINT", "EXPIRATION", "EXPIRE", "EXPIRES", "EXPIRY",
    "FILE", "FORMAT", "HASHER", "HEADER", "HEADERS", "HOURS", "ID", "IDS", "INTERVAL", "ISSUER", "LENGTH", "LIFETIME",
    "LIMIT", "LIMITS", "MANAGER", "MAX", "METHOD", "METHODS", "MIN", "MINUTES", "MODE", "NAME", "NAMES", "PATH",
    "POLICY", "PREFIX", "PROVIDER", "QUEUE", "RATE", "REF", "REGION", "REQUIRED", "ROTATION", "SCOPE", "SCOPES",
    "SECONDS", "SIZE", "SOURCE", "STORE", "STRATEGY", "SUFFIX", "TABLE", "TEMPLATE", "TIMEOUT", "TOPIC", "TTL", "TYPE",
    "URI", "URL", "USAGE", "VERSION", "WINDOW",
})  # fmt: skip
_SECRET_KEYS = frozenset({"ACCESS", "API", "AUTH", "ENCRYPTION", "MASTER", "PRIVATE", "SIGNING"})
# Which of several secrets it is, or how it is encoded: `SUPABASE_KEY_PROD`, `FERNET_KEY_BASE64`.
_VARIANTS = frozenset({
    "B", "BASE", "CURRENT", "DEFAULT", "DEV", "HEX", "JSON", "LIVE", "NEW", "OLD", "PEM", "PREVIOUS", "PRIMARY", "PROD",
    "SECONDARY", "STAGING", "TEST", "V", "VALUE",
})  # fmt: skip
# Keys that no one keeps secret: `OBJECT_KEY`, `SORT_KEY`, `PUBLIC_KEY`.
_OPEN_KEYS = frozenset({
    "ANON", "BUCKET", "CACHE", "DEDUPLICATION", "FILE", "FOREIGN", "GROUP", "HASH", "IDEMPOTENCY", "INDEX", "JSON",
    "KMS", "LABEL", "LOCK", "MESSAGE", "METRIC", "OBJECT", "PARTITION", "PRIMARY", "PUBLIC", "PUBLISHABLE", "RANGE",
    "ROUTING", "SHARD", "SITE", "SORT", "STATE", "TAG",
})  # fmt: skip
_SWITCHES = frozenset({"NO", "PROMPT", "WITHOUT"})

# A value that is no secret, whatever its name: a switch, a number, an ARN, a path, an address, a reference.
_PLAIN = re.compile(
    r"(?i:true|false|yes|no|on|off|none|null)|\d{0,9}|arn:aws[\w-]*:\S+|/[\w.-]+/[\w./-]*|https?://[^@\s]*"
    r"|\$[A-Z_][A-Z0-9_]*|\$\{[^{}]*\}|\$\([^()]*\)|<[^<>]*>|\{[{%]?[\w .-]*[}%]?\}"
)
_FILE = re.compile(r"[a-z0-9._-]+/[a-z0-9._/-]+")
# The name of an entry in a cache: `REDIS_KEY=queue:jobs`.
_CACHED = re.compile(r"[a-z]{1,16}(?::[a-z]{1,16}){1,5}")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def contains_secret(value: str) -> bool:
    """True for a text that holds an access key, a private key, a token, or a URL with a password."""
    return _TOKEN.search(value) is not None or _OTHER_SECRET.search(value) is not None


def masked_secrets(text: str) -> str:
    """The text with `<secret>` in place of each access key, token, private key and password of a URL."""
    for pattern in (_TOKEN, _OTHER_SECRET):
        text = _masked(pattern, text)
    return text


def _masked(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern matches is the beginning of a secret: the rest goes, too, as far as one reaches."""
    parts, end = [], 0
    for match in pattern.finditer(text):
        if match.start() < end:
            continue
        parts += [text[end : match.start()], "<secret>"]
        end = _REST.match(text, match.end()).end()  # type: ignore[union-attr]  # it matches nothing at the least
        if match.group().startswith("://"):
            parts[-1], end = "://<secret>@", match.end()
        elif match.group().startswith("-----"):
            end = len(text)
    return "".join([*parts, text[end:]])


def is_secret(name: str, value: str) -> bool:
    """True when a setting holds a secret: by the shape of its value, or by its name unless the value is harmless."""
    if contains_secret(value):
        return True
    evidence = _evidence(name)
    if not evidence or _PLAIN.fullmatch(value):
        return False
    return evidence == "strong" or not (_FILE.fullmatch(value) or _CACHED.fullmatch(value))


def is_secret_name(name: str) -> bool:
    """True for `DB_PASSWORD`, `OPENAI_KEY` and `openaiApiKey`; false for `SECRET_ARN`, `TOKEN_URL` and `SORT_KEY`."""
    return bool(_evidence(name))


def secret_arguments(arguments: Sequence[str]) -> Iterator[int]:
    """The position of each argument of a command that holds a secret: `--password=…`, `--api-key …`, `TOKEN=…`."""
    previous = ""
    for index, argument in enumerate(arguments):
        words = argument.split()
        if (
            contains_secret(argument)
            or _is_value_of(previous, argument)
            or any(map(_assigns_secret, words))
            or any(_is_value_of(flag, value) for flag, value in pairwise(words))
        ):
            yield index
        previous = argument


def printable_name(name: object) -> str:
    """A setting's name for a message, when it is plainly a name."""
    return name if isinstance(name, str) and _IDENTIFIER.fullmatch(name) else "…"


def _evidence(name: str) -> str:
    """`strong` for the name of a secret, `weak` for the name of a key that may be one, else nothing."""
    parts = [part.upper() for word in _NAME_PART.findall(name) for part in _CAMEL_CASE.split(word)]
    parts = [part for part in (part.rstrip("0123456789") for part in parts) if part]
    while len(parts) > 1 and parts[-1] in _VARIANTS:
        parts.pop()
    if not parts or parts[-1] in _ABOUT:
        return ""
    if parts[-1] in ("KEY", "KEYS") and len(parts) > 1 and parts[-2] in _OPEN_KEYS:
        return ""
    if any(part in _STRONG or (part.endswith(_STRONG_ENDINGS) and part not in _NO_PASSWORDS) for part in parts):
        return "strong"
    pairs = pairwise(parts)
    if any(second in ("KEY", "KEYS") and first in _SECRET_KEYS for first, second in pairs):
        return "strong"
    return "weak" if parts[-1] in ("KEY", "KEYS") else ""


def _assigns_secret(text: str) -> bool:
    name, equals, value = text.partition("=")
    return bool(equals) and _is_flag(name) and is_secret(name, value.strip("\"'"))


def _is_value_of(flag: str, value: str) -> bool:
    """`--password` alone asks for a password in most programs, and what follows it is another argument."""
    if not flag.startswith("-") or "=" in flag or value.startswith("-") or flag.lstrip("-").lower() == "password":
        return False
    return _is_flag(flag) and is_secret(flag, value.strip("\"'"))


def _is_flag(name: str) -> bool:
    """Whether a flag may carry a secret: `--key` names anything, `--no-password` is a switch."""
    head = name.lstrip("-").partition("-")[0].upper()
    return head not in _SWITCHES and name.lstrip("-").upper() not in ("KEY", "KEYS")
