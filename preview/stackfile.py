"""Reads a stack's YAML file into the configuration that the Pulumi CLI would hand to the program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from policy.guardrails.reading import ReadingError, read_text
from preview import coreyaml, esc, yaml_slips
from settings.lookalikes import odd_sign
from settings.model import Hint

__all__ = ["StackFile", "StackFileError", "project_config", "project_name", "read"]

# Stands in for the plain text of a `secure:` value, which only the CLI can decrypt.
SECURE_STAND_IN = "offline-stand-in-for-a-secure-value"

# Bytes of a stack file; the largest that is shipped has eight thousand.
_LARGEST = 512 * 1024
# As the CLI takes them (sdk/go/common/tokens/names.go: NameRegexpPattern); AWS's names demand more, in the settings.
_STACK_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
# What the CLI reads of a stack file, and writes into it (sdk/go/common/workspace/project.go: ProjectStack). It ignores
# every other key.
_TOP_LEVEL = ("config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt")

# What the YAML reader says, and what a person does about it; never the line itself, which may hold a secret.
_FIXES = {
    "'\\t'": "indent with spaces, not with tabs",
    "cannot start any token": "put the text into quotes",
    "expected alphabetic or numeric character": "put text with *, & or ? into quotes",
    "undefined alias": "put text that begins with * into quotes",
    "could not find expected ':'": "write a space after a key's colon, as in `key: value`, and close every quote "
    "from line {line} on",
    "mapping values are not allowed": "put text that holds a colon and a space into quotes, or indent the line as the "
    "one above it",
    "expected <block end>": "indent all lines of the block that begins in line {line} alike, all as `key: value` or "
    "all as `- item`",
    "expected ',' or": "close the bracket of line {line}, and put text with ? or a comma in it into quotes",
    "but found another document": "keep one document, and remove the line ---",
    "unexpected end of stream": "close the quote of line {line}",
    "expected the node content": "write the value, in quotes if it begins with a sign, or close the bracket before it",
}

# Problems that a slip in a line before may cause.
_SLIPS = ("could not find expected ':'", "mapping values are not allowed", "expected <block end>", "cannot start any")


class StackFileError(Exception):
    """A stack file that cannot be read; the message names the file, the place and the fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackFile:
    """A stack's name and configuration: `values` are text, as the program receives them.

    `lines` are those of the project's settings, by path, such as `compute.services.api`.
    """

    stack: str
    path: Path
    values: dict[str, str]
    secret_keys: tuple[str, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()

    def line_of(self, setting: str) -> int:
        """The line of a setting, or of the nearest one above it that the file has."""
        while setting and setting not in self.lines:
            setting = setting.rpartition(".")[0]
        return self.lines.get(setting, 1)


def project_name(root: Path) -> str:
    """The project's name, from `Pulumi.yaml`."""
    return str(_load(root / "Pulumi.yaml")[0].get("name", "agent-platform"))


def project_config(root: Path, project: str) -> esc.Opened:
    """The configuration that `Pulumi.yaml` has for every stack."""
    return esc.project_defaults(_load(root / "Pulumi.yaml")[0], project)


def read(
    path: Path,
    project: str,
    stack: str | None = None,
    *,
    opened: Path | None = None,
    defaults: esc.Opened | None = None,
) -> StackFile:
    """Read a stack file. Without `stack`, the stack is named after the file, with hyphens for dots.

    `opened` has the values of its ESC environments, as `pulumi config --open --json` prints them; `defaults` are the
    project's.

    Errors: StackFileError for a file that is missing, is not YAML, has no `config`, or has a key that the CLI would
    ignore.
    """
    if stack is None:
        # Names in AWS begin with the stack's, and many of them take no dot.
        stack = path.name.removesuffix(".yaml").removesuffix(".yml").removeprefix("Pulumi.").replace(".", "-")
    if not _STACK_NAME.fullmatch(stack):
        raise StackFileError(
            f"{path}: {stack!r} is no name of a stack; give one of letters, digits, - and _, such as --stack my-dev"
        )
    content, lines = _load(path)
    if "environment" in content:
        content.setdefault("config", {})
    config = content.get("config")
    if not isinstance(config, dict):
        if isinstance(config, str) and (found := yaml_slips.slip(read_text(path, most=_LARGEST))):
            raise StackFileError(f"{path}:{found[0]}: {found[1]}")
        raise StackFileError(f"{path}: there is no `config:` mapping; all settings are below it, indented")
    _check_keys(path, content, lines, project)
    own = {_full(key, project): _without_ciphertext(value) for key, value in config.items()}
    try:
        entries = _laid_over(esc.opened(opened) if opened is not None else {}, own)
    except ValueError as error:
        raise StackFileError(str(error)) from None
    entries = {**(defaults or {}), **entries}
    return StackFile(
        stack=stack,
        path=path,
        values={key: coreyaml.as_text(value) for key, (value, _) in entries.items()},
        secret_keys=tuple(key for key, (_, is_secret) in entries.items() if is_secret),
        lines=_setting_lines(lines, project),
        hints=() if opened is not None else tuple(_unopened(path, content, lines)),
    )


def _laid_over(below: esc.Opened, own: esc.Opened) -> esc.Opened:
    """The stack file's values on top of others; a secret that is not shown has a stand-in."""
    found: esc.Opened = {
        key: (SECURE_STAND_IN if value is None else value, is_secret) for key, (value, is_secret) in below.items()
    }
    for key, (value, is_secret) in own.items():
        lower, hidden = found.get(key, (None, False))
        # A secret of the stack file is in what the CLI printed, too, but not its value.
        found[key] = (value if is_secret else esc.merged(lower, value), is_secret or hidden)
    return found


def _unopened(path: Path, content: Mapping[str, Any], lines: Mapping[coreyaml.KeyPath, int]) -> Iterator[Hint]:
    if content.get("environment"):
        yield Hint(
            f"{path.as_posix()}:{lines.get(('environment',), 1)}",
            "`environment` names values of Pulumi ESC, which this preview does not read: give it what "
            "`pulumi config --open --json` prints, with --esc FILE",
        )


def _full(key: str, project: str) -> str:
    return key if ":" in key else f"{project}:{key}"


def _check_keys(path: Path, content: Mapping[str, Any], lines: Mapping[coreyaml.KeyPath, int], project: str) -> None:
    """Refuse what the CLI would ignore: a key beside `config` that it does not know, and one of two same settings."""
    for key in content:
        if (sign := odd_sign(key)) is not None:
            line = lines.get((key,), 1)
            raise StackFileError(f"{path}:{line}: the line holds {sign}; write a plain one, or a plain space")
        if key not in _TOP_LEVEL:
            where = "not below `config:`" if ":" in key else "no key of a stack file"
            fix = "indent it" if ":" in key else f"remove it, or indent it if it belongs to {project}"
            raise StackFileError(f"{path}:{lines.get((key,), 1)}: {key} is {where}, and would be ignored; {fix}")
    seen: dict[str, str] = {}
    top = lines.get(("config",), 1)  # what a merge brings has no line of its own
    for key in content["config"]:
        if first := seen.get(_full(key, project)):
            spelt = "with" if ":" in key else "without"
            raise StackFileError(
                f"{path}:{lines.get(('config', key), top)}: the key {first} of line "
                f"{lines.get(('config', first), top)} again, {spelt} its namespace; keep one of the two"
            )
        seen[_full(key, project)] = key


def _setting_lines(lines: Mapping[coreyaml.KeyPath, int], project: str) -> dict[str, int]:
    """The lines below `config`, by the path of the project's setting; the line of `config` itself is at ""."""
    by_setting = {"": lines.get(("config",), 1)}
    for path, line in lines.items():
        if path[0] == "config" and len(path) > 1:
            by_setting[".".join(str(key) for key in path[1:]).removeprefix(f"{project}:")] = line
    return by_setting


def _load(path: Path) -> tuple[dict[str, Any], dict[coreyaml.KeyPath, int]]:
    text = ""
    try:
        text = read_text(path, most=_LARGEST)
        loaded, lines = coreyaml.load_with_lines(text)
    except FileNotFoundError:
        others = ", ".join(sorted(p.name for p in path.parent.glob("*.yaml"))[:8])
        raise StackFileError(f"{path}: no such file" + (f"; the folder has {others}" if others else "")) from None
    except IsADirectoryError:
        raise StackFileError(f"{path}: a folder, not a stack file") from None
    except OSError as error:
        raise StackFileError(f"{path}: cannot be read ({error.strerror})") from None
    except ReadingError as error:
        raise StackFileError(f"{path}: {error}") from None
    except RecursionError:
        raise StackFileError(f"{path}: has more than {coreyaml.DEEPEST} levels of lists and mappings") from None
    except yaml.reader.ReaderError as error:
        code: Any = error.character  # of type int, for text
        raise StackFileError(f"{path}: has the character U+{code:04X}, which YAML does not allow; remove it") from None
    except (yaml.YAMLError, ValueError) as error:
        raise StackFileError(_yaml_fault(path, error, text)) from None
    if not isinstance(loaded, dict):
        raise StackFileError(f"{path}: is not a YAML mapping; a stack file begins with `config:`")
    return loaded, lines


def _yaml_fault(path: Path, error: Exception, text: str) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    problem = getattr(error, "problem", None) or "is not valid YAML"
    if mark and any(sign in problem for sign in _SLIPS) and (found := yaml_slips.slip(text, mark.line + 1)):
        return f"{path}:{found[0]}: {found[1]}"
    fix = next((fix for sign, fix in _FIXES.items() if sign in problem), None)
    if fix is None:
        return f"{where}: {problem}"
    began = getattr(error, "context_mark", None) or mark
    return f"{where}: {problem}; {fix.format(line=began.line + 1 if began else 1)}"


def _without_ciphertext(value: Any) -> tuple[Any, bool]:
    """Replace every `{secure: …}` by a stand-in, and say whether there was one."""
    if isinstance(value, dict):
        if set(value) == {"secure"} and isinstance(value["secure"], str):
            return SECURE_STAND_IN, True
        items = {key: _without_ciphertext(item) for key, item in value.items()}
        return {key: item for key, (item, _) in items.items()}, any(is_secret for _, is_secret in items.values())
    if isinstance(value, list):
        members = [_without_ciphertext(item) for item in value]
        return [item for item, _ in members], any(is_secret for _, is_secret in members)
    return value, False
