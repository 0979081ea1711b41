"""What a test tells the stand-in to do wrong, through environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Orders"]

_PREFIX = "STAND_IN_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """A test's orders to a stand-in. The environment of the CLI carries them, since the engine hands it on.

    `fail` and `hang` name a call and its count within one plugin process: `create:3`.
    """

    journal: Path | None = None
    fail: str = ""
    hang: str = ""
    slow_s: float = 0.0

    def environment(self) -> dict[str, str]:
        """The variables that carry these orders."""
        values = {
            "JOURNAL": str(self.journal or ""),
            "FAIL": self.fail,
            "HANG": self.hang,
            "SLOW_S": str(self.slow_s or ""),
        }
        return {_PREFIX + key: value for key, value in values.items() if value}

    @classmethod
    def given(cls, environment: Mapping[str, str] = os.environ) -> Orders:
        """The orders in `environment`."""
        journal = environment.get(_PREFIX + "JOURNAL")
        return cls(
            journal=Path(journal) if journal else None,
            fail=environment.get(_PREFIX + "FAIL", ""),
            hang=environment.get(_PREFIX + "HANG", ""),
            slow_s=float(environment.get(_PREFIX + "SLOW_S") or 0),
        )
