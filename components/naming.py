"""Physical names within AWS's length limits, for resources whose name a person or another system types."""

from __future__ import annotations

import hashlib
import re

__all__ = ["LIMITS", "logical_name", "physical_name", "record_role"]

# Maximum length of each kind of name, in characters (limits of each API).
LIMITS = {
    "rds": 63,
    "rds-snapshot": 255,
    "elasticache": 40,
    "opensearch": 28,
    "eks": 100,
    "ecr": 256,
    "log-group": 512,
    "web-acl-log": 512,
    "log-delivery": 60,
    "vpc-origin": 64,
    "dashboard": 255,
    "alarm": 255,
    "budget": 100,
    "topic-display": 100,
    "chat-configuration": 128,
    "parameter": 1011,
    "secret": 512,
    "task-family": 255,
    "cognito-domain": 63,
}
_DIGEST = 6
_BEGIN_WITH_A_LETTER = ("rds", "rds-snapshot", "elasticache", "opensearch")


def physical_name(kind: str, *parts: str) -> str:
    """`parts` joined by hyphens (by slashes for log groups and parameters), within the limit of `kind`.

    A name that is too long is cut and ends in a digest of the whole name, so that two long names stay different.
    """
    slashed = kind in ("log-group", "parameter")
    joined = ("/" + "/".join(parts)) if slashed else re.sub(r"[^a-z0-9-]+", "-", "-".join(parts).lower())
    if not slashed:
        joined = re.sub(r"-{2,}", "-", joined).strip("-")
    if kind in _BEGIN_WITH_A_LETTER and not joined[:1].isalpha():
        joined = f"s-{joined}"
    limit = LIMITS[kind]
    if len(joined) <= limit:
        return joined
    digest = hashlib.sha256(joined.encode()).hexdigest()[:_DIGEST]
    return f"{joined[: limit - _DIGEST - 1].rstrip('-/')}-{digest}"


def logical_name(name: str) -> str:
    """A name from the settings in kebab case, for logical names."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def record_role(name: str) -> str:
    """A DNS name in kebab case, for the logical name of its record; `*` becomes `any`."""
    return logical_name(name.replace("*", "any"))
