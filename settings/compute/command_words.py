"""Commands by the form that ECS gives them: the words with which a health check begins, and one text for many words."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from settings.clear_text import argument_faults
from settings.model import Fault

__all__ = ["health_check_command", "health_faults", "word_faults"]

_WORDS = ("CMD", "CMD-SHELL", "NONE")
_OF_A_SHELL = frozenset("|&;<>$`")


def health_check_command(command: Sequence[str]) -> list[str]:
    """The command as ECS takes it, which begins with CMD, or with CMD-SHELL and has one text for the shell."""
    return list(command) if command[0] in _WORDS else ["CMD", *command]


def health_faults(command: Sequence[str]) -> Iterator[Fault]:
    """Health checks that no container would pass; of one that holds a secret, only that is reported."""
    if not command or any(argument_faults("health_command", command)):
        return
    first, *others = command
    if first == "NONE":
        yield Fault("health_command", "begins with NONE, which ECS does not take; remove it, and there is no check")
    elif first in _WORDS and not others:
        yield Fault("health_command", f"is {first} alone; write the command after it, as in {_shell('exit 0')}")
    elif first == "CMD-SHELL" and len(others) > 1:
        yield Fault("health_command", f"has {len(others)} texts for one shell; write {_shell(' '.join(others))}")
    elif first.upper() in _WORDS and first not in _WORDS:
        yield Fault("health_command[0]", f"is {first!r}, and ECS takes capitals only; write {first.upper()}")
    else:
        yield from _one_text("health_command", command[1:] if first == "CMD" else command)


def word_faults(key: str, command: Sequence[str], *, program: bool) -> Iterator[Fault]:
    """A command that begins with a word of health checks, or, of a `program`, with one text for many words."""
    if command and command[0] in _WORDS:
        yield Fault(f"{key}[0]", f"is {command[0]}, which only a health check begins with; remove it")
    elif program:
        yield from _one_text(key, command)


def _one_text(key: str, command: Sequence[str]) -> Iterator[Fault]:
    """A single text with spaces would be the name of a program."""
    if len(command) != 1 or " " not in command[0].strip() or any(argument_faults(key, command)):
        return
    text = command[0]
    if _OF_A_SHELL & set(text) or not (words := _words(text)):
        fix = _shell(text) if key == "health_command" else f'[sh, -c, "{text}"]'
    else:
        fix = f"[{', '.join(words)}]"
    yield Fault(key, f"is one text, and no program has the name {text[:80]!r}; write {fix[:160]}")


def _shell(text: str) -> str:
    return f'[CMD-SHELL, "{text}"]'


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return []
