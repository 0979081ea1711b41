"""`tags`: keys that AWS takes for one."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import STACK_TAGS, Settings

# The most that a resource may have.
_MOST = 50


@reads("tags")
def _keys(settings: Settings) -> Iterator[Fault]:
    """IAM takes `environment` and `Environment` for one key, and refuses a role that has both."""
    spelt = {key.lower(): key for key in STACK_TAGS}
    for key in settings.tags:
        other = spelt.setdefault(key.lower(), key)
        if other == key:
            continue
        if other in STACK_TAGS:
            yield Fault(f"tags.{key}", f"and the stack's own {other} are one key to IAM; rename it, or write {other}")
        else:
            yield Fault(f"tags.{key}", f"and {other} are one key to IAM; keep one")
    tags = len({*settings.tags, *STACK_TAGS})
    if tags > _MOST:
        yield Fault(
            "tags", f"are {tags} with the stack's own {len(STACK_TAGS)}; a resource has at most {_MOST}, remove some"
        )
