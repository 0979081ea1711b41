"""Every broken stack file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.settings.broken import BROKEN, Broken

__all__ = ["ALL"]

_MODULES = sorted(path.stem for path in Path(__file__).parent.glob("broken_*.py"))

ALL: list[Broken] = [*BROKEN, *(one for name in _MODULES for one in import_module(f"tests.settings.{name}").BROKEN)]
