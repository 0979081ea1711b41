"""Keys and names that a person may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from settings.lookalikes import odd_sign, plain
from settings.model import OPEN, REMOVE, Rename
from settings.renamed import new_key

__all__ = ["meant", "nearest", "shortened", "unknown_key", "unknown_key_correction"]

_MANY = 12
# Words of Docker, Kubernetes, Terraform and the AWS API, and what they are called here, where that is allowed.
_SYNONYMS = {
    "args": "command",
    "cmd": "command",
    "count": "replicas",
    "depends_on": "connects_to",
    "desired_count": "replicas",
    "env": "environment",
    "env_vars": "environment",
    "engine_version": "version",
    "healthcheck": "health_command",
    "instance_class": "instance",
    "instance_type": "instance",
    "instances": "replicas",
    "mem": "memory",
    "node_type": "node",
    "scale": "replicas",
    "scaling": "replicas",
    "ttl_days": "expire_after_days",
    "vpc": "existing",
    "vpc_cidr": "cidr",
}
# What is not here at all, where the nearest key would be another thing.
_ABSENT = {
    "gpu": "GPUs are not supported, since Fargate has none",
    "gpus": "GPUs are not supported, since Fargate has none",
    "privileged": "privileged containers are not supported, since Fargate has none",
    "ports": "a service has one port; write port: 8000",
}


def nearest(key: str, allowed: Sequence[str]) -> str | None:
    """The allowed key that looks most like `key`, if any does."""
    matching = difflib.get_close_matches(key.lower(), list(allowed), n=1, cutoff=0.6)
    return matching[0] if matching else None


def meant(name: str, there: Iterable[str], otherwise: str = "add it there") -> str:
    """The fix for a name that is not among those `there`: the nearest, the list of them, or `otherwise`."""
    names = list(there)
    guess = nearest(name, names)
    return f"did you mean {guess}?" if guess else f"there are {shortened(names)}" if names else otherwise


def shortened(names: Sequence[str]) -> str:
    """The names, the first of them where they are many."""
    if len(names) <= _MANY:
        return ", ".join(names)
    return f"{', '.join(names[:_MANY])} and {len(names) - _MANY} more"


def unknown_key(key: str, allowed: Sequence[str]) -> str:
    """Say that `key` is unknown, and what it is called today, which is nearest, or else which keys there are."""
    if (new := new_key(key, allowed)) is not None:
        return f"is now called {new}; rename it"
    if _is_absent(key, allowed):
        return f"unknown key: {_ABSENT[key.lower()]}; remove it"
    if guess := _guess(key, allowed):
        sign = odd_sign(key)
        return f"unknown key{f', which holds {sign}' if sign else ''}; did you mean {guess}?"
    keys = sorted(allowed)
    return f"unknown key; remove it, or write one of {shortened(keys)}" if keys else "unknown key; remove it"


def unknown_key_correction(key: str, allowed: Sequence[str]) -> object:
    """What corrects an unknown key: the name that it should have, else OPEN."""
    if new := new_key(key, allowed):
        return Rename(new)
    if _is_absent(key, allowed):
        return REMOVE
    guess = _guess(key, allowed)
    return Rename(guess) if guess else OPEN


def _is_absent(key: str, allowed: Sequence[str]) -> bool:
    return key.lower() in _ABSENT and key.lower() not in allowed


def _guess(key: str, allowed: Sequence[str]) -> str | None:
    word = plain(key).lower().replace("-", "_")
    meaning = _SYNONYMS.get(word)
    return meaning if meaning in allowed else nearest(word, allowed)
