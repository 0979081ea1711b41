"""What the types of the settings do not give away: values by hand, and what must be beside them."""

from tests.matrix.by_hand import compute, data, edge, stack
from tests.matrix.values import Case

__all__ = ["ROWS"]

ROWS: dict[str, Case | tuple[Case, ...]] = {**stack.ROWS, **data.ROWS, **compute.ROWS, **edge.ROWS}
