"""Settings made at random: sound ones of every shape, and sound ones with something broken."""

from tests.settings.strategies.breaking import broken
from tests.settings.strategies.frame import SECRET_KEYS, as_values
from tests.settings.strategies.whole import sound

__all__ = ["SECRET_KEYS", "as_values", "broken", "sound"]
