"""What a person should look at, one file for each kind of hint; none of them stops a deployment."""

from settings.hints import config, containers, literals, prod, secrets, unused
from settings.hints.registry import hints

__all__ = ["config", "containers", "hints", "literals", "prod", "secrets", "unused"]
