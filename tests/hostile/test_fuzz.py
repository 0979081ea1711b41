"""Shipped stack files with a few changes, run through the command line: an exit code of the list, and no traceback.

Most changes keep the settings valid, so that what lies behind them is reached: the program, the policies, the page.
"""

from __future__ import annotations

import copy
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from preview.cli import preview
from preview.run import ROOT
from tests.stacks import FILES

_CODES = {0, 1, 2, 3, 4, 64}
_RUNS = 70
_SECONDS, _MEGABYTES = 5, 512
_HOSTILE = [
    "", " ", "x" * 300, "-", "*", "a" * 64, "${service.api.url}", "::error::x", "\x1b[2J", "{}", "[]", "null", "é",
    "a\nb", "%s", "{0}", "[bold]x", "</td><script>", "arn:aws:s3:::x", "0", "1e9", "None", "<unknown>", "../..",
]  # fmt: skip
Path_ = tuple[str | int, ...]


def _nodes(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    yield path, value
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _nodes(item, (*path, key))


def _holder(root: Any, path: Path_) -> Any:
    for part in path[:-1]:
        root = root[part]
    return root


def _mutated(areas: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    changed = copy.deepcopy(areas)
    for _ in range(draw.choice([1, 1, 1, 1, 2])):
        path, value = draw.choice([(path, value) for path, value in _nodes(changed) if path])
        holder = _holder(changed, path)
        if isinstance(value, bool):
            holder[path[-1]] = not value
        elif isinstance(value, int | float):
            holder[path[-1]] = draw.choice([value + 1, max(value - 1, 1), value * 2, value * 2, -1])
        elif isinstance(value, str) and draw.random() < 0.15:
            holder[path[-1]] = draw.choice(_HOSTILE)
        elif isinstance(value, str):
            others = [other for where, other in _nodes(areas) if where[-1:] == path[-1:] and isinstance(other, str)]
            holder[path[-1]] = draw.choice(others or [value])
        elif isinstance(value, dict) and value and len(path) > 1 and draw.random() < 0.5:
            key = draw.choice(list(value))
            value[f"{key}2"] = copy.deepcopy(value[key])
        elif isinstance(value, list) and value:
            draw.choice([value.reverse, partial(value.append, value[0]), value.pop])()
        elif len(path) > 1:
            holder.pop(path[-1])
    return changed


def _run(config: dict[str, Any], path: Path) -> tuple[int, str]:
    path.write_text(yaml.safe_dump({"config": config}, allow_unicode=True))
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(preview)
    result = CliRunner().invoke(app, ["--config-file", str(path), "--json", str(path.with_suffix(".json"))])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.mark.check
def test_changed_files_give_a_documented_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(21)
    reached: Counter[str] = Counter()
    slow: list[str] = []
    for number in range(_RUNS):
        name = draw.choice(FILES)
        config = yaml.safe_load((ROOT / name).read_text())["config"]
        prefix = "agent-platform:"
        areas = _mutated({key: value for key, value in config.items() if key.startswith(prefix)}, draw)
        others = {key: value for key, value in config.items() if not key.startswith(prefix)}
        path = tmp_path / f"any-{number}.yaml"
        before = time.process_time()
        code, output = _run({**others, **areas}, path)
        taken = time.process_time() - before
        assert code in _CODES, output
        assert "Traceback" not in output
        assert "\x1b" not in output
        if taken > _SECONDS:
            slow.append(f"{path}: {taken:.1f} s")
        reached["plan" if path.with_suffix(".json").exists() else "settings"] += 1
    with capsys.disabled():
        print(f"\nof {_RUNS} changed files {reached['plan']} reached a plan")
    assert slow == []
    assert reached["plan"] >= _RUNS / 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < _MEGABYTES * 1024
