"""What an `aws` provider adds of its own: the region and the default tags of its configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from preview.schema import is_taggable

__all__ = ["REGION", "Provider"]

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's configuration, as far as it shapes its resources."""

    region: Any = REGION
    default_tags: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> Provider:
        """The provider that these inputs configure; nested values may arrive as JSON text."""
        tags = inputs.get("defaultTags")
        tags = json.loads(tags) if isinstance(tags, str) else tags
        own = tags.get("tags", {}) if isinstance(tags, dict) else {}
        return cls(region=inputs.get("region") or REGION, default_tags=own)

    def tags(self, token: str, inputs: Mapping[str, Any]) -> dict[str, Any] | None:
        """The tags of a resource once its own are merged over the default ones, as the provider's Check does.

        None where nothing is merged: no default tags, a type without tags, or tags unknown as a whole.
        """
        own = inputs.get("tags")
        if not self.default_tags or not is_taggable(token) or not (own is None or isinstance(own, dict)):
            return None
        return dict(sorted({**self.default_tags, **(own or {})}.items()))
