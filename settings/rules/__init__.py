"""What crosses areas: each rule names the areas it reads, and is asked only where those are sound."""

from settings.rules import access, backups, connections, entry, metrics, stack
from settings.rules.registry import check

__all__ = ["access", "backups", "check", "connections", "entry", "metrics", "stack"]
