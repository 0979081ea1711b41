"""`edge.amplify`: the build specification."""

from __future__ import annotations

from collections.abc import Iterator

from settings.clear_text import looks_like_value
from settings.files import text_of
from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings

_LONGEST_BUILD_SPEC = 25_000


@reads("edge")
def _build_spec(settings: Settings) -> Iterator[Fault]:
    app, key = settings.edge.amplify, "edge.amplify.build_spec"
    if app is None or app.build_spec is None:
        return
    try:
        text = text_of(app.build_spec)
    except ValueError as error:
        yield Fault(key, str(error))
        return
    if not text.strip():
        yield Fault(key, "is empty; remove it, or write something")
    elif len(text) > _LONGEST_BUILD_SPEC:
        yield Fault(
            key,
            f"has {len(text)} characters, more than Amplify takes ({_LONGEST_BUILD_SPEC}); call a script of the "
            "repository instead",
        )
    elif looks_like_value(text):
        yield Fault(
            key,
            "contains what looks like a secret in plain text (it is not shown); read it from Secrets Manager in the "
            "build",
        )
