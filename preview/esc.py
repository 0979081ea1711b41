"""Configuration that is not in the stack file: values of Pulumi ESC, and the project's own defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policy.guardrails.reading import ReadingError, parse_json, read_text

__all__ = ["Opened", "merged", "opened", "project_defaults"]

_LARGEST = 1024 * 1024

# Value and whether it is secret, by key.
Opened = dict[str, tuple[Any, bool]]


def opened(path: Path) -> Opened:
    """The configuration that `pulumi config --open --json` printed.

    Errors: ValueError, with a message for the user, for a file that is something else.
    """
    try:
        content = parse_json(read_text(path, most=_LARGEST))
        return {
            key: (entry.get("objectValue", entry.get("value")), bool(entry.get("secret")))
            for key, entry in content.items()
        }
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}; write it with `pulumi config --open --json`") from None
    except ReadingError as error:
        raise ValueError(f"{path}: {error}; it must be what `pulumi config --open --json` prints") from None
    except (ValueError, AttributeError):
        raise ValueError(f"{path}: is not what `pulumi config --open --json` prints") from None


def project_defaults(content: Mapping[str, Any], project: str) -> Opened:
    """The values below `config` of `Pulumi.yaml`, which hold where the stack file has none."""
    found: Opened = {}
    config = content.get("config")
    for key, entry in config.items() if isinstance(config, dict) else ():
        full = key if ":" in key else f"{project}:{key}"
        if not isinstance(entry, dict):
            found[full] = (entry, False)
        elif "value" in entry or "default" in entry:
            found[full] = (entry.get("default", entry.get("value")), False)
    return found


def merged(below: Any, above: Any) -> Any:
    """A value with another laid on top, as the CLI merges a stack's configuration into that of its environments."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{key: merged(below.get(key), value) for key, value in above.items()}}
