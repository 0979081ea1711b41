"""Address ranges in CIDR notation."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Any

from .values import UNKNOWN

WIDEST_V4 = 8
WIDEST_V6 = 16


@lru_cache(maxsize=4096)
def _wide(text: str) -> bool | None:
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return network.prefixlen < (WIDEST_V4 if network.version == 4 else WIDEST_V6)


def is_internet(text: Any) -> Any:
    """True for a range that covers the internet or much of it (0.0.0.0/0, 0.0.0.0/1); UNKNOWN for what is no range."""
    if not isinstance(text, str):
        return UNKNOWN
    wide = _wide(text)
    return UNKNOWN if wide is None else wide
