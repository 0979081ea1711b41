"""What a stack may say: frozen models, one module per area, and the loader."""

from settings.hints import hints
from settings.loader import SettingsError, checked, load, parse
from settings.stack import Settings

__all__ = ["Settings", "SettingsError", "checked", "hints", "load", "parse"]
