"""What every area of a random stack must know of the others, and the areas as the CLI hands them over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.stacks import AUTONAMING

__all__ = ["ACCOUNT", "LONGEST_WORK_S", "SECRET_KEYS", "Frame", "as_values", "maybe", "some", "some_of"]

ACCOUNT = "123456789012"
SECRET_KEYS = {"keys:one": "canary-one-never-show", "amplify:github_token": "ghp_canary-two-never-show"}
"""Pulumi's encrypted configuration, for which random settings may ask."""
LONGEST_WORK_S = 600
"""Seconds that the queues hide a message for."""
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What is decided before any area is."""

    region: str
    prod: bool
    closed: bool
    """Whether nothing leads to the internet."""
    existing: bool
    """Whether the VPC exists already."""
    entry: str
    """What stands before the load balancer: nothing, `api` or `distribution`."""
    insights: str

    @property
    def images(self) -> list[str]:
        """Images that can be pulled."""
        own = f"{ACCOUNT}.dkr.ecr.{self.region}.amazonaws.com/shared/api"
        return [f"{own}:1", f"{own}@sha256:{'0f' * 32}"] + ([] if self.closed else ["example/image:1"])

    @property
    def longest_request_s(self) -> int:
        """What the way in can wait for."""
        return {"api": 30, "distribution": 120}.get(self.entry, 3600)


def maybe(key: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with one key, or without."""
    return st.one_of(st.just({}), values.map(lambda value: {key: value}))


@st.composite
def some(draw: st.DrawFn, settings: Mapping[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Some of `settings`, each with a value of its own."""
    return {key: draw(values) for key, values in settings.items() if draw(st.booleans())}


def some_of(values: list[T], most: int) -> st.SearchStrategy[list[T]]:
    """At most so many of `values`, each once."""
    return st.lists(st.sampled_from(values), unique_by=str, max_size=most) if values else st.just([])


def as_values(areas: dict[str, Any]) -> dict[str, str]:
    """The areas as the CLI hands them to the program."""
    texts = {f"agent-platform:{name}": _text(value) for name, value in areas.items() if name != "region"}
    region = {"aws:region": _text(areas["region"])} if "region" in areas else {}
    return {**region, **AUTONAMING, **SECRET_KEYS, **texts}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
