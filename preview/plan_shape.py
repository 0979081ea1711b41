"""The shape of a plan's JSON and of an exported state, as far as they are read; more is let pass."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

__all__ = ["ShapeError", "check_plan", "check_state"]


class ShapeError(ValueError):
    """JSON that is no plan, or no state; the message names the place."""


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)


class _Record(_Shape):
    urn: str
    type: str
    custom: bool
    inputs: dict[str, Any]
    protect: bool
    retain_on_delete: bool
    property_dependencies: dict[str, list[str]] = {}


class _Phase(_Shape):
    resources: list[_Record]
    outputs: dict[str, Any]


class _Plan(_Shape):
    stack: str
    phases: dict[str, _Phase]


class _StateResource(_Shape):
    urn: str
    type: str
    custom: bool
    inputs: dict[str, Any] | None = None
    property_dependencies: dict[str, list[str] | None] | None = Field(None, alias="propertyDependencies")
    protect: bool = False
    retain_on_delete: bool = Field(False, alias="retainOnDelete")
    external: bool = False
    delete: bool = False


class _Deployment(_Shape):
    resources: list[_StateResource] | None = None


def check_plan(content: Any) -> None:
    """Errors: ShapeError for what `--json` does not write."""
    _check(_Plan, content)


def check_state(deployment: Any) -> None:
    """Errors: ShapeError for what is no `deployment` of `pulumi stack export`, and for a URN that is none."""
    _check(_Deployment, deployment)
    for i, resource in enumerate(deployment.get("resources") or ()):
        if len(resource["urn"].split("::")) < 4:
            raise ShapeError(f"resources[{i}].urn is no URN")


def _check(shape: type[_Shape], content: Any) -> None:
    try:
        shape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:60]}" for part in first["loc"])
        raise ShapeError(f"{place.lstrip('.') or 'the document'} is missing or of another kind") from None
