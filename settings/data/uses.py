"""How a service or task says which stores it uses: keys that name them, each with what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from settings.model import Model

__all__ = ["Use", "Uses", "uses_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """Marks a key of services and tasks whose value names stores: a map of names to access, or a list of names."""

    kind: str
    """The stores' key below `data`, such as `buckets`."""
    variable: Callable[[str], str]
    """The environment variable that tells a container where the store is."""
    access: str = ""
    """What a list of names allows; a map says it for each name."""
    endpoint: str | None = None
    """The VPC endpoint that leads to it without the internet, by its service's short name; S3 always has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One store that a service or task uses."""

    key: str
    """Where it is said, below the service or task: `buckets.documents`, `consumes[0]`."""
    kind: str
    """The store's key below `data`."""
    name: str
    """The store's name in the settings."""
    access: str
    """What is allowed, in the words of the kind."""
    variable: str
    """The environment variable that is set."""
    endpoint: str | None
    """The VPC endpoint that it needs without internet access."""


def uses_of(model: Model) -> Iterator[Use]:
    """Every use that the marked keys of `model` name, in their order."""
    for field, info in type(model).model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, Uses):
                yield from _of_field(field, mark, getattr(model, field))


def _of_field(field: str, mark: Uses, value: Mapping[str, str] | tuple[str, ...]) -> Iterator[Use]:
    named = (
        [(f"{field}.{name}", name, access) for name, access in value.items()]
        if isinstance(value, Mapping)
        else [(f"{field}[{i}]", name, mark.access) for i, name in enumerate(value)]
    )
    for key, name, access in named:
        yield Use(
            key=key,
            kind=mark.kind,
            name=name,
            access=access,
            variable=mark.variable(name),
            endpoint=mark.endpoint,
        )
