"""`outputs`: each refers to something that the stack has."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.names import nearest
from settings.references import references
from settings.rules.registry import reads
from settings.stack import Settings


@reads("outputs", "compute", "data", "edge", "observability")
def _outputs(settings: Settings) -> Iterator[Fault]:
    allowed = references(settings)
    for name, reference in settings.outputs.items():
        if reference not in allowed:
            guess = nearest(reference, allowed)
            yield Fault(
                f"outputs.{name}",
                f"{reference!r} is not in this stack; "
                + (f"did you mean {guess}?" if guess else f"there are {', '.join(allowed[:6])}, …"),
            )
