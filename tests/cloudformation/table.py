"""The replacement table that CloudFormation judges, at the one place where it is imported."""

from __future__ import annotations

from preview.transition.changes import forces_replacement
from preview.transition.facts.replacing import REPLACING, REVISIONS

__all__ = ["REPLACING", "REVISIONS", "forces_replacement"]
