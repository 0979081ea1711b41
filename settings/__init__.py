"""What a stack may say: frozen models, one module per area, and the loader."""

from settings.loader import SettingsError, checked, load, parse
from settings.stack import Settings

__all__ = ["Settings", "SettingsError", "checked", "load", "parse"]
