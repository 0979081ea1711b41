"""The guardrails: rules, direct evaluation, configuration. Needs nothing but the standard library.

A name is imported when it is first used, so that `guardrails.secret_detection` can be used without loading the rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what `__getattr__` answers, for type checkers
    from .config import ConfigError, PackConfig
    from .evaluation import evaluate, load_config
    from .model import Finding, Report, Rule
    from .resource import Resource
    from .rules import RULES
    from .values import ABSENT, UNKNOWN

__all__ = [
    "ABSENT",
    "RULES",
    "UNKNOWN",
    "ConfigError",
    "Finding",
    "PackConfig",
    "Report",
    "Resource",
    "Rule",
    "evaluate",
    "load_config",
]

_MODULES = {
    "ABSENT": "values",
    "RULES": "rules",
    "UNKNOWN": "values",
    "ConfigError": "config",
    "Finding": "model",
    "PackConfig": "config",
    "Report": "model",
    "Resource": "resource",
    "Rule": "model",
    "evaluate": "evaluation",
    "load_config": "evaluation",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)
