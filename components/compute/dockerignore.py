"""What Docker sends of a build context: everything that no pattern of a `.dockerignore` leaves out.

The rules are those of github.com/moby/patternmatcher and of the walk in github.com/tonistiigi/fsutil, which Docker and
Pulumi's docker-build share.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

__all__ = ["BadPatternError", "context_entries", "ignore_file", "read_patterns"]

_FOLDERS, _PATH, _NAME, _ANYTHING = "(?:.*/)?", ".*/", "[^/]*", ".*"
_LAZY = {_FOLDERS: "(?:.*?/)??", _PATH: ".*?/"}
_MOST_UNUSUAL = 4  # `**` that follow something other than a slash: each doubles the expression
_NO_PATTERN = "is not a pattern; close its bracket, or write a \\ before [ and ]"
_ESCAPED = frozenset(".+()|{}$")
_SPECIAL = re.compile(r"[*?\[\]\\]")
_ITEM = r"(?:\\.|[^\\\]-])"
_VALID = re.compile(rf"(?:\\.|[^\\\[]|\[\^?(?:{_ITEM}(?:-{_ITEM})?)+\])*", re.DOTALL)


class BadPatternError(ValueError):
    """A pattern that Docker refuses."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: what it matches, and whether it takes files back in."""

    expression: re.Pattern[str]
    takes_back: bool
    literal: str
    """The beginning of what it matches, up to its first wildcard."""

    def may_match_below(self, folder: str) -> bool:
        """Whether it could match anything in the folder."""
        inside = f"{folder}/"
        return self.literal.startswith(inside) or inside.startswith(self.literal)


def ignore_file(context: Path, dockerfile: Path) -> Path | None:
    """The file with the patterns: the Dockerfile's own, else the context's, if there is one."""
    candidates = (dockerfile.with_name(f"{dockerfile.name}.dockerignore"), context / ".dockerignore")
    return next((path for path in candidates if path.is_file()), None)


def read_patterns(text: str) -> list[Pattern]:
    """The patterns of a `.dockerignore`, in order.

    Errors: BadPatternError with the number of the line.
    """
    patterns = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        written = line.strip()
        if not written or line.startswith("#"):
            continue
        takes_back, path = _parsed(written)
        if not path and not takes_back:
            continue
        if not path:
            raise BadPatternError(f"line {number}: a single ! is no pattern; write a path after it, or remove it")
        try:
            expression = re.compile(_expression(path), re.ASCII | re.DOTALL)
        except re.error:
            raise BadPatternError(f"line {number}: {written[:80]!r} {_NO_PATTERN}") from None
        except BadPatternError as error:
            raise BadPatternError(f"line {number}: {written[:80]!r} {error}") from None
        patterns.append(Pattern(expression, takes_back, _SPECIAL.split(path, maxsplit=1)[0]))
    return patterns


def context_entries(context: Path, patterns: Sequence[Pattern]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and link that Docker sends, with its path in the context, in a stable order. Links are not followed.

    Errors: OSError where a folder cannot be read.
    """
    return _walk(context, "", patterns, None)


def _walk(
    folder: Path, prefix: str, patterns: Sequence[Pattern], of_parent: Sequence[bool] | None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        ignored, matches = _is_ignored(path, patterns, of_parent)
        if not entry.is_dir(follow_symlinks=False):
            if not ignored:
                yield path, entry
        elif not ignored or any(each.takes_back and each.may_match_below(path) for each in patterns):
            yield from _walk(Path(entry.path), f"{path}/", patterns, matches)


def _is_ignored(
    path: str, patterns: Sequence[Pattern], of_parent: Sequence[bool] | None
) -> tuple[bool, Sequence[bool]]:
    """Whether the last pattern that matters leaves `path` out, and which patterns match it or its folder."""
    ignored, matches = False, []
    for index, pattern in enumerate(patterns):
        matched = of_parent is not None and of_parent[index]
        if not matched and pattern.takes_back == ignored:
            matched = pattern.expression.match(path) is not None
        matches.append(matched)
        if matched:
            ignored = not pattern.takes_back
    return ignored, matches


def _parsed(written: str) -> tuple[bool, str]:
    """Whether a line takes files back in, and its path from the context's root."""
    takes_back = written.startswith("!")
    path = _cleaned(written[1:].strip() if takes_back else written).strip()
    if not takes_back and path.startswith("!"):  # It follows a slash.
        takes_back, path = True, path[1:]
    return takes_back, path if path != "/" or not takes_back else ""


def _cleaned(path: str) -> str:
    """The shortest spelling of a path, without the slash at its beginning."""
    cleaned = posixpath.normpath(re.sub("^/+", "/", path)) if path else ""
    return cleaned[1:] if len(cleaned) > 1 and cleaned.startswith("/") else cleaned


def _expression(pattern: str) -> str:
    """The regular expression of a pattern, in time linear in a path's length.

    `**` at the beginning takes any path that ends as the rest says, and at the end any that begins so.
    """
    if not _VALID.fullmatch(pattern):
        raise BadPatternError(_NO_PATTERN)
    if not _SPECIAL.search(pattern):
        return f"{re.escape(pattern)}\\Z"
    if pattern.startswith("**") and not _SPECIAL.search(pattern[2:]):
        rest = pattern[2:]
        return (
            f"(?:.*{re.escape(rest)}|{re.escape(rest[1:])})\\Z" if rest.startswith("/") else f".*{re.escape(rest)}\\Z"
        )
    if pattern.endswith("**") and not _SPECIAL.search(pattern[:-2]):
        return f"{re.escape(pattern[:-2])}.*\\Z"
    return "|".join(map(_joined, _spelt_out(list(_tokens(pattern)))))


def _spelt_out(tokens: Sequence[str]) -> Iterator[list[str]]:
    """The tokens with nothing, and with a path, for each `**` that follows something other than a slash."""
    tokens = [token for at, token in enumerate(tokens) if not (token == _FOLDERS and tokens[at - 1 : at] == [_FOLDERS])]
    unusual = [at for at, token in enumerate(tokens) if token == _FOLDERS and at and tokens[at - 1] != "/"]
    if len(unusual) > _MOST_UNUSUAL:
        raise BadPatternError(f"has more than {_MOST_UNUSUAL} ** without a /; write a / before each **")
    for choice in product(("", _PATH), repeat=len(unusual)):
        chosen = dict(zip(unusual, choice, strict=True))
        yield [token for at, each in enumerate(tokens) if (token := chosen.get(at, each))]


def _tokens(pattern: str) -> Iterator[str]:
    """The pieces of a pattern as regular expressions."""
    at = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "*" and pattern.startswith("*", at):
            at += 1
            at += pattern.startswith("/", at)
            yield _FOLDERS if at < len(pattern) else _ANYTHING
        elif character == "\\":
            yield "\\" + pattern[at : at + 1]
            at += 1
        else:
            yield {"*": _NAME, "?": "[^/]"}.get(character, f"\\{character}" if character in _ESCAPED else character)


def _joined(tokens: Sequence[str]) -> str:
    """The expression of the tokens.

    What follows a wildcard is taken where it comes first, and for good: the next wildcard takes whatever is between,
    and without that a few of them would take forever on a long path. Only the last ones must reach the end.
    """
    groups = _split(tokens, tuple(_LAZY))
    wildcards = [_LAZY[token] for token in tokens if token in _LAZY]
    if not wildcards:
        return _group(groups[0], last=True)
    first, *between, last = groups
    return "".join(
        (
            _group(first),
            *(f"(?>{wildcard}{_group(group)})" for wildcard, group in zip(wildcards, between, strict=False)),
            f"{wildcards[-1]}{_group(last, last=True)}",
        )
    )


def _group(tokens: Sequence[str], *, last: bool = False) -> str:
    """The tokens between two `**`."""
    first, *names = ("".join(fixed) for fixed in _split(tokens, (_NAME,)))
    end = f"{_NAME}{names.pop()}" if last and names else ""
    return first + "".join(f"(?>[^/]*?{fixed})" for fixed in names) + end + ("\\Z" if last else "")


def _split(tokens: Sequence[str], at: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for token in tokens:
        if token in at:
            groups.append([])
        else:
            groups[-1].append(token)
    return groups
