"""The replacement table that CloudFormation judges, at the one place where it is imported."""

from __future__ import annotations

from tests.engine.plugins.diff import forces_replacement
from tests.engine.plugins.replacing import REPLACING, REVISIONS

__all__ = ["REPLACING", "REVISIONS", "forces_replacement"]
