"""Settings that parse: the sound stack file of the broken ones, with something changed."""

from __future__ import annotations

import json
from typing import Any

from settings import Settings
from settings.loader import parse
from tests.settings.broken import Broken, broken_config

__all__ = ["changed"]


def changed(at: dict[str, Any]) -> Settings:
    """The settings of the sound stack file with each value of `at` in its place.

    Errors: SettingsError where they have a fault.
    """
    config = broken_config(Broken("", "", at, "", "", ""))
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    return parse(texts, "agent-platform", "dev")
