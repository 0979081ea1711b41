"""Plants a value into a recorded resource, as a faulty program would have registered it."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

from preview.plan import Record

__all__ = ["planted"]


def planted(record: Record, path: tuple[str | int, ...], value: Any, *, secret: bool = False) -> Record:
    """`record` with `value` at `path`; a key inside of JSON text is reached through the text.

    With `secret`, the property at the head of the path is marked as secret.
    """
    inputs = copy.deepcopy(record.inputs)
    _put(inputs, path, value)
    marked = (*record.secret, str(path[0])) if secret else record.secret
    return dataclasses.replace(record, inputs=inputs, secret=marked)


def _put(holder: Any, path: tuple[str | int, ...], value: Any) -> None:
    head, rest = path[0], path[1:]
    if not rest:
        holder[head] = value
    elif isinstance(holder[head], str):
        document = json.loads(holder[head])
        _put(document, rest, value)
        holder[head] = json.dumps(document)
    else:
        _put(holder[head], rest, value)
