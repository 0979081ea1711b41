"""Paths that a stack file names: each leads to a place inside the repository, links included."""

from __future__ import annotations

from pathlib import Path

__all__ = ["ROOT", "inside"]

ROOT = Path(__file__).resolve().parent.parent


def inside(name: str, root: Path = ROOT) -> Path:
    """Where `name` leads from the root, with every link followed; there may be nothing.

    Errors: ValueError, with a message for the settings, where that is outside of the repository or no path at all.
    """
    root = root.resolve()
    try:
        path = (root / name).resolve()
        path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, links in a circle, a null character
        raise ValueError(f"{_short(name)} is no path that can be read; write one from the root, such as app") from None
    if not path.is_relative_to(root):
        raise ValueError(
            f"{_short(name)} leads out of the repository, and only files inside are read; write a path from the root"
        )
    return path


def _short(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:80]}…")
