"""The base of all components."""

from __future__ import annotations

from typing import Any

import pulumi

__all__ = ["Component"]


class Component(pulumi.ComponentResource):
    """A component of the platform, of type `agent-platform:<area>:<Class>`.

    Guarantees:
        - children are named after the component (`named`), since a URN carries a parent's type but not its name,
          so that two children of the same name would silently become one;
        - children have the component as parent and take nothing else from its options (`inside`);
        - outputs are registered exactly once, by `done`.
    """

    def __init__(self, area: str, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(f"agent-platform:{area}:{type(self).__name__}", name, None, opts)
        self._base_name = name

    def named(self, role: str = "") -> str:
        """The logical name of the child with `role`, in kebab case; without a role, of the primary child."""
        return f"{self._base_name}-{role}" if role else self._base_name

    def inside(self, **options: Any) -> pulumi.ResourceOptions:
        """The options of a child: this parent, and `options` of its own."""
        return pulumi.ResourceOptions(parent=self, **options)

    def done(self, **outputs: Any) -> None:
        """Register the component's outputs; the last thing a constructor does."""
        self.register_outputs(outputs)
