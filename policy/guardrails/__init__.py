"""The guardrails: rules, direct evaluation, configuration. Needs nothing but the standard library."""

from .config import ConfigError, PackConfig
from .evaluate import evaluate, load_config
from .model import Finding, Report, Resource, Rule
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
