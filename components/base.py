"""The base of all components."""

from __future__ import annotations

from typing import Any

import pulumi

__all__ = ["Component", "ComponentOptions"]


class ComponentOptions(pulumi.ResourceOptions):
    """Options of a top-level component, with the settings entry that it serves (`compute.services.api`)."""

    def __init__(self, *, origin: str, **options: Any) -> None:
        super().__init__(**options)
        self.origin = origin


class Component(pulumi.ComponentResource):
    """A component of the platform, of type `agent-platform:<area>:<Class>`.

    Guarantees:
        - children are named after the component (`child_name`), since a URN carries a parent's type but not its name,
          so that two children of the same name would silently become one;
        - children have the component as parent and take nothing else from its options (`child_opts`);
        - the settings entry that a top-level component serves is its input `origin`, in the plan and in state;
        - outputs are registered exactly once, by `done`.
    """

    def __init__(self, area: str, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        inputs = {"origin": opts.origin} if isinstance(opts, ComponentOptions) else None
        super().__init__(f"agent-platform:{area}:{type(self).__name__}", name, inputs, opts)
        self._base_name = name

    def child_name(self, role: str = "") -> str:
        """The logical name of the child with `role`, in kebab case; without a role, of the primary child."""
        return f"{self._base_name}-{role}" if role else self._base_name

    def child_opts(self, **options: Any) -> pulumi.ResourceOptions:
        """The options of a child: this parent, and `options` of its own."""
        return pulumi.ResourceOptions(parent=self, **options)

    def done(self, **outputs: Any) -> None:
        """Register the component's outputs; the last thing a constructor does."""
        self.register_outputs(outputs)
