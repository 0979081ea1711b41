"""The files that an image is built from: those of its context and its Dockerfile, all of them in the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from components.compute.dockerignore import BadPatternError, Pattern, context_entries, ignore_file, read_patterns
from policy.guardrails.reading import ReadingError, read_text
from settings.compute.image import Build
from settings.repository_paths import ROOT, inside

__all__ = ["context_files", "dockerfile_of"]

_MOST_FILES = 20_000
_MOST_BYTES = 1024**3
_MOST_PATTERNS = 500
_LARGEST_IGNORE_FILE = 64 * 1024


def dockerfile_of(build: Build, root: Path = ROOT) -> Path:
    """The Dockerfile, which may be missing.

    Errors: ValueError, with a message for the settings, where it is not in the repository.
    """
    return inside(_dockerfile_name(build), root)


def context_files(build: Build, root: Path = ROOT) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and link that Docker is sent, with its path in the context, in a stable order.

    Errors: ValueError, with a message for the settings, for a `.dockerignore` that cannot be read or that Docker
    refuses, a link that leads out of the repository, and more files or bytes than are read.
    """
    context, root = inside(build.context, root), root.resolve()
    files, size = 0, 0
    try:
        for path, entry in context_entries(context, _patterns(build, context, root)):
            if entry.is_symlink():
                _check_link(build, path, entry, root)
            files += 1
            if entry.is_file():  # or a link to one, whose content counts, too
                size += entry.stat().st_size
            if files > _MOST_FILES or size > _MOST_BYTES:
                raise ValueError(
                    f"{build.context!r} has more than {_MOST_FILES:,} files or {_MOST_BYTES // 1024**3} GiB for "
                    "Docker, the most that is read; leave out what the image does not need, in its .dockerignore"
                )
            yield path, entry
    except OSError as error:
        raise ValueError(f"{build.context!r} cannot be read ({error.strerror}); correct its permissions") from None


def _dockerfile_name(build: Build) -> str:
    return str(Path(build.context) / "Dockerfile") if build.dockerfile is None else build.dockerfile


def _check_link(build: Build, path: str, entry: os.DirEntry[str], root: Path) -> None:
    try:
        inside(entry.path, root)
    except ValueError:
        raise ValueError(
            f"{build.context!r} has the link {path!r}, which leads out of the repository; name it in .dockerignore, "
            "and make it in the Dockerfile where the image needs it"
        ) from None


def _patterns(build: Build, context: Path, root: Path) -> list[Pattern]:
    ignoring = ignore_file(context, root / _dockerfile_name(build))
    if ignoring is None:
        return []
    path = inside(str(ignoring), root)
    name = path.relative_to(root).as_posix()
    try:
        patterns = read_patterns(read_text(path, most=_LARGEST_IGNORE_FILE))
    except BadPatternError as error:
        raise ValueError(f"{name}, {error}") from None
    except ReadingError as error:
        raise ValueError(f"{name} {error}; shorten it, and save it as UTF-8") from None
    if len(patterns) > _MOST_PATTERNS:
        raise ValueError(f"{name} has more than {_MOST_PATTERNS} patterns, the most that are read; name whole folders")
    return patterns
