"""Container definitions of an ECS task, from their JSON document."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import parse
from .model import Context
from .values import UNKNOWN, Node

PATH = "containerDefinitions"


def containers(ctx: Context) -> Iterator[Node]:
    """Each container; one unknown node when the document cannot be parsed."""
    node = ctx.at(PATH)
    if node.absent:
        return
    document = parse(node)
    if isinstance(document, dict):
        document = [document]
    if not isinstance(document, list):
        yield Node(UNKNOWN, PATH)
        return
    yield from Node(document, PATH).items()
