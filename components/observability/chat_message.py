"""Messages in the one format that Amazon Q Developer in chat applications shows; it drops any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["chat_message"]


def chat_message(title: str, description: str, next_steps: Sequence[str]) -> dict[str, Any]:
    """A message: what happened, the details, and what to do, in this order."""
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
