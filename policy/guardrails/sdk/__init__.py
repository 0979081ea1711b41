"""The pack as the Pulumi engine runs it; the only part that needs `pulumi_policy`."""

from .pack import build_policies, serve
from .session import Session

__all__ = ["Session", "build_policies", "serve"]
