"""Every regular expression of the project is linear: on the worst 64 KiB that its own form suggests, too."""

from __future__ import annotations

import ast
import importlib
import re
import signal
import time
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from components.compute.dockerignore import read_patterns
from policy.guardrails.config import Exemption
from preview.run import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

_FOLDERS = ("settings", "components", "wiring", "policy", "preview", "bootstrap")
_CALLS = {"compile", "match", "search", "sub", "subn", "fullmatch", "findall", "finditer", "split", "matches"}
_NOT_READ = {
    "components/compute/dockerignore.py: _expression(path)": "a line of it: see test_ignore_line_is_linear",
    "settings/form.py: self.pattern": "the pattern of `matches`, which is read where it is called",
    "settings/edge/api_routes.py: ''.join((signs.get(sign, re.escape(sign)) for sign in pattern))": "a class a sign",
    "settings/data/redis.py: _VERSIONS[self.engine]": "three digits and dots",
    "policy/guardrails/config.py: translate(glob.replace('[', '[[]'))": "a glob: see test_glob_is_linear",
    "policy/guardrails/sdk/pack.py: rule": "no regular expression",
    "preview/autonaming.py: form": "a form of the table of names",
    "preview/coreyaml.py: pattern": "one word of YAML each",
    "preview/fake_texts.py: pattern": "a pattern of its own table, on property names of the SDK",
}
_SEARCHES = {"search", "sub", "subn", "findall", "finditer", "split"}
_LONGEST = 64 * 1024
_SECONDS = 0.5


def _patterns() -> Iterator[tuple[str, str | None, bool]]:
    """Place, pattern (None where it cannot be read), and whether it is searched for, of every one in the sources."""
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text())
            names = {
                node.value: node.targets[0].id
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in _SEARCHES]
            searched = {node.value.id for node in used if isinstance(node.value, ast.Name)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _is_pattern_call(node.func) and node.args:
                    anywhere = ast.unparse(node.func).rpartition(".")[2] in _SEARCHES
                    yield *_evaluated(path.relative_to(ROOT), node.args[0]), anywhere or names.get(node) in searched


def _is_pattern_call(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):
        return isinstance(func.value, ast.Name) and func.value.id == "re" and func.attr in _CALLS
    return isinstance(func, ast.Name) and func.id == "matches"


def _evaluated(place: Path, expression: ast.expr) -> tuple[str, str | None]:
    text = ast.unparse(expression)
    try:
        module = importlib.import_module(".".join(place.with_suffix("").parts).removesuffix(".__init__"))
        value = eval(text, dict(vars(module)))  # an expression of our own sources
    except NameError:
        value = None
    return (f"{place}: {value}", value) if isinstance(value, str) else (f"{place}: {text}", None)


_ALL = {place: (pattern, searched) for place, pattern, searched in _patterns() if pattern is not None}
_UNREAD = {place for place, pattern, _ in _patterns() if pattern is None}


def _example(tree: Any) -> str:
    """A short text that the parsed pattern matches, more or less."""
    return "".join(_example_of(kind, value) for kind, value in tree)


def _example_of(kind: Any, value: Any) -> str:
    if kind in (constants.LITERAL,):
        return chr(value)
    if kind is constants.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is constants.ANY:
        return "a"
    if kind is constants.IN:
        return _member(value)
    if kind is constants.BRANCH:
        return _example(value[1][0])
    if kind is constants.SUBPATTERN:
        return _example(value[3])
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        return _example(value[2]) * max(value[0], 1)
    return ""


def _member(items: Any) -> str:
    if items and items[0][0] is constants.NEGATE:
        refused = (
            re.compile("[" + "".join(re.escape(chr(v)) for k, v in items[1:] if k is constants.LITERAL) + "]")
            if any(k is constants.LITERAL for k, _ in items[1:])
            else None
        )
        return next(sign for sign in "a-0 ~" if refused is None or not refused.match(sign))
    kind, value = items[0]
    if kind is constants.LITERAL:
        return chr(value)
    if kind is constants.RANGE:
        return chr(value[0])
    return {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "a"}.get(str(value), "a")


def _pumped(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each part: the text before it, and one that repeats; for branches each choice."""
    for kind, value in tree:
        if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            yield before, _example(value[2])
            yield from _pumped(value[2], before)
        elif kind is constants.SUBPATTERN:
            yield from _pumped(value[3], before)
        elif kind is constants.BRANCH:
            for branch in value[1]:
                yield before, _example(branch)
                yield from _pumped(branch, before)
        before += _example_of(kind, value)
    yield "", before


def _worst(pattern: str) -> set[str]:
    texts: set[str] = set()
    for before, pump in set(_pumped(parser.parse(pattern))):
        if pump:
            many = pump * (_LONGEST // len(pump))
            texts |= {before + many + end for end in ("", "\x00", "!", "\n")}
            unit = before + pump
            texts.add(unit * (_LONGEST // len(unit)) + "\x00")
    return texts


class _TooSlowError(Exception):
    pass


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlowError


def is_slow(compiled: re.Pattern[str], text: str, *, searched: bool) -> bool:
    """Whether a match from the start, and where `searched` all matches, take more than half a second of CPU."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        compiled.match(text)
        compiled.fullmatch(text)
        for _ in compiled.finditer(text) if searched else ():
            pass
    except _TooSlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return False


@pytest.mark.parametrize("place", sorted(_ALL))
def test_is_linear(place: str) -> None:
    pattern, searched = _ALL[place]
    compiled = re.compile(pattern)
    assert [text[:40] for text in _worst(pattern) if is_slow(compiled, text, searched=searched)] == []


def test_every_pattern_is_read() -> None:
    assert set(_NOT_READ) >= _UNREAD, _UNREAD - set(_NOT_READ)


def test_glob_is_linear() -> None:
    exemption = Exemption("*a" * 40 + "*b", "reason", "owner", date(2026, 1, 1))
    before = time.process_time()
    assert not exemption.covers("a" * 2000)
    assert time.process_time() - before < _SECONDS
    assert Exemption("urn:*[1]?", "reason", "owner", date(2026, 1, 1)).covers("urn:x[1]2")


@pytest.mark.parametrize(
    "line",
    [
        "a**/a**/a**/a**/b",
        "a**b*c*d",
        "**/a/**/a/**/a/**/b",
        "*a*a*a*a*a*b",
        "a*/**/a*/**/b",
        "**a*b**",
        "[a-z]*[a-z]*!",
    ],
)
def test_ignore_line_is_linear(line: str) -> None:
    (pattern,) = read_patterns(line)
    for text in ("a" * _LONGEST, "a/" * (_LONGEST // 2), "ab/" * (_LONGEST // 3), *_worst(pattern.expression.pattern)):
        assert not is_slow(pattern.expression, text, searched=False), text[:40]


def test_there_are_patterns() -> None:
    assert len(_ALL) > 90, len(_ALL)


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|a)*b", r"\s*,", r"a+b", r"x*y"])
def test_what_is_not_linear_is_found(pattern: str) -> None:
    assert any(is_slow(re.compile(pattern), text, searched=True) for text in _worst(pattern))
