"""Configuration files of a container."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from policy.guardrails.reading import ReadingError, read_text
from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.repository_paths import ROOT, inside

__all__ = ["LONGEST", "ConfigFile", "TextOrFile", "content", "text_of"]

# Sixteen standard parameters hold this much in base64; the file's writer gets them as environment variables.
LONGEST = 48 * 1024
# More than any setting takes, so that what is longer is said with its own limit.
_READ = 1024 * 1024


RepositoryPath = Annotated[
    str,
    matches(
        r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*",
        "is not a path inside the repository; write one like config/app.yaml",
        in_schema=True,
    ),
    matches(
        r"(\.\.?|[A-Za-z0-9_-][A-Za-z0-9._-]*)(/(\.\.?|[A-Za-z0-9_-][A-Za-z0-9._-]*))*",
        "has a name that begins with a dot, as .env and other files with secrets do; give the file another name",
    ),
]


class ConfigFile(Model):
    """A text, in the settings or in a file."""

    text: str | None = None
    """The text itself."""
    file: RepositoryPath | None = None
    """A file of this repository that holds the text, by its path from the root."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.text is None) == (self.file is None):
            refuse([Fault("", "needs exactly one of text and file; write the text, or {file: path from the root}")])
        return self


def _written_out(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


TextOrFile = Annotated[ConfigFile, BeforeValidator(_written_out, json_schema_input_type=str | ConfigFile)]


def content(source: ConfigFile, root: Path = ROOT) -> str:
    """The text of a configuration file.

    Errors: ValueError, with a message for the settings, where there is none that a parameter can hold.
    """
    text = text_of(source, root)
    if not text:
        raise ValueError("is empty, which a parameter cannot be; remove it, or write something")
    size = len(text.encode())
    if size > LONGEST:
        raise ValueError(
            f"has {size} bytes, more than parameters hold ({LONGEST}); shorten it, or bake it into an image"
        )
    return text


def text_of(source: ConfigFile, root: Path = ROOT) -> str:
    """The text, whatever its length.

    Errors: ValueError, with a message for the settings, where there is no such file.
    """
    return source.text or "" if source.file is None else _read(source.file, root)


def _read(name: str, root: Path) -> str:
    path = inside(name, root)
    if not path.is_file():
        raise ValueError(f"there is no file {name} in the repository; write its path from the root")
    try:
        return read_text(path, most=_READ)
    except OSError as error:
        raise ValueError(f"{name} cannot be read ({error.strerror})") from None
    except ReadingError as error:
        raise ValueError(f"{name} {error}; bake it into an image") from None
