"""Values that are none of those a setting allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from settings.model import OPEN
from settings.names import nearest
from settings.shapes import Words

__all__ = ["for_choice"]

# What others call a value.
_SYNONYMS = {
    "amd64": "x86_64",
    "linux/amd64": "x86_64",
    "x64": "x86_64",
    "x86": "x86_64",
    "x86-64": "x86_64",
    "intel": "x86_64",
    "aarch64": "arm64",
    "arm": "arm64",
    "arm64/v8": "arm64",
    "linux/arm64": "arm64",
    "graviton": "arm64",
    "prd": "prod",
    "production": "prod",
    "live": "prod",
    "develop": "dev",
    "development": "dev",
    "public": "internet-facing",
    "private": "internal",
    "s": "string",
    "n": "number",
    "b": "binary",
    "readwrite": "read-write",
    "rw": "read-write",
    "ro": "read",
    "on": "enabled",
    "off": "disabled",
}
_FEW = 8
# A word of so few letters is near to others by chance.
_TOO_SHORT = 3
_VCPU = 1024


def for_choice(value: Any, allowed: Sequence[Any], key: str) -> Words:
    """Say which values there are, and the one that is meant or the nearest."""
    if isinstance(value, int | float) and all(isinstance(choice, int) for choice in allowed):
        return _number(value, sorted(allowed), key)
    names = [str(choice) for choice in allowed]
    what = f"is neither {' nor '.join(names)}" if len(names) == 2 else f"is not one of {_listed(names)}"
    guess = _meaning(value, names)
    if guess is not None:
        return Words(what, f"write {guess}", next(choice for choice in allowed if str(choice) == guess))
    if key == "environment" and set(names) == {"dev", "prod"}:
        return Words(
            what,
            "write prod if it needs what production needs (two zones, Multi-AZ, backups, protection, HTTPS), else dev; "
            "the stack itself may have any name",
        )
    return Words(what, "write one of them" if len(names) > 1 else f"write {names[0]}")


def _meaning(value: Any, names: Sequence[str]) -> str | None:
    word = str(value).strip().lower()
    synonym = _SYNONYMS.get(word)
    if synonym in names:
        return synonym
    lower = {name.lower(): name for name in names}
    guess = word if word in lower else None
    if guess is None and isinstance(value, str) and len(word) > _TOO_SHORT:
        guess = nearest(word, list(lower)) or nearest(word.replace("_", "-"), list(lower))
    return lower[guess] if guess is not None else None


def _number(value: float, allowed: Sequence[int], key: str) -> Words:
    if key == "cpu" and 0 < value <= allowed[-1] // _VCPU and (units := int(value * _VCPU)) in allowed:
        return Words(f"is not one of {_listed([str(choice) for choice in allowed])}", f"write {units}", units)
    below = [choice for choice in allowed if choice < value]
    above = [choice for choice in allowed if choice > value]
    near = [*below[-1:], *above[:1]]
    best = min(near, key=lambda choice: (abs(choice - value), choice < value)) if near else OPEN
    many = f"is none of the {len(allowed)} that AWS takes"
    what = f"is not one of {_listed([str(choice) for choice in allowed])}" if len(allowed) <= _FEW else many
    return Words(what, f"write {' or '.join(str(choice) for choice in near)}", best)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
