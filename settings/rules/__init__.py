"""What crosses areas: each rule names the areas it reads, and is asked only where those are sound."""

from settings.rules import connections, entry, stack
from settings.rules.registry import check

__all__ = ["check", "connections", "entry", "stack"]
