"""Messages of the project's own, in the one form that AWS's chat service shows; anything else it drops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["chat_message"]


def chat_message(title: str, description: str, next_steps: Sequence[str]) -> dict[str, Any]:
    """What happened, in what words, and what to do, in this order."""
    return {
        "version": "1.0",
        "source": "custom",
        "content": {
            "textType": "client-markdown",
            "title": title,
            "description": description,
            "nextSteps": list(next_steps),
        },
    }
