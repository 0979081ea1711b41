"""Keys of the configuration that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator

from settings.config_keys import config_keys
from settings.hints.registry import hints_at
from settings.model import Hint
from settings.stack import Settings

# Packages whose default providers the program uses, and which read their own keys.
_READ_BY_PROVIDERS = ("awsx", "docker", "docker-build", "random")


@hints_at
def _keys(settings: Settings) -> Iterator[Hint]:
    named = {key for _, key in config_keys(settings)}
    for key in settings.other_keys:
        if key not in named and key.partition(":")[0] not in _READ_BY_PROVIDERS:
            yield Hint(
                key,
                "is read by nothing: no setting names it, in data.secrets.<name>.from_config or elsewhere; correct the "
                "name, or remove it",
            )
