"""Settings of the cluster and its services."""

from __future__ import annotations

from typing import Literal

from settings.model import Model
from settings.service import Service
from settings.types import Name

__all__ = ["Compute"]


class Compute(Model):
    """An ECS cluster on Fargate and its services."""

    insights: Literal["enabled", "enhanced", "disabled"] = "enabled"
    """Container Insights, about 0.30 USD a metric and month: some 3 USD for a service, more if enhanced."""
    services: dict[Name, Service] = {}
    """Services by name."""
