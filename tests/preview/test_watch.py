"""`--watch`: what is noticed, what follows, and with which options it cannot go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from preview import cli, run, watch
from preview.judged import Request, inputs


class _EndError(Exception):
    """Ends the loop, which does not end by itself."""


def watched(folder: Path, steps: list[Any], *, exit_code: int = 0) -> list[str]:
    """What happened, where each pause takes the next step: a name and a text to write, or nothing."""
    happened: list[str] = []
    remaining: Iterator[Any] = iter(steps)

    def once() -> None:
        happened.append("run")
        if exit_code:
            raise SystemExit(exit_code)

    def sleep(seconds: float) -> None:
        assert 0 < seconds < 1
        step = next(remaining, None)
        if step is None:
            raise _EndError
        name, text = step
        (folder / name).write_text(text) if text is not None else (folder / name).unlink()

    with pytest.raises(_EndError):
        watch.watch(
            once,
            lambda: [folder / "Pulumi.x.yaml", folder / "plan.json"],
            code=lambda: [folder / "module.py"],
            sleep=sleep,
            restart=lambda: happened.append("restart"),
        )
    return happened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.x.yaml").write_text("a: 1\n")
    (tmp_path / "module.py").write_text("A = 1\n")
    return tmp_path


def test_a_file_that_is_written_made_or_removed_is_previewed_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [("Pulumi.x.yaml", "a: 22\n"), ("other.txt", ""), ("plan.json", "{}"), ("plan.json", None)]
    assert watched(folder, steps) == ["run"] * 4
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert [line.rpartition("/")[2] for line in lines] == ["Pulumi.x.yaml ---", "plan.json ---", "plan.json ---"]
    assert all(line.startswith("--- ") for line in lines)


def test_a_fault_does_not_end_it(folder: Path) -> None:
    assert watched(folder, [("Pulumi.x.yaml", "a: 22\n")], exit_code=1) == ["run", "run"]


def test_a_change_of_the_code_starts_the_process_anew(folder: Path) -> None:
    assert watched(folder, [("module.py", "A = 22\n")]) == ["run", "restart", "run"]


def test_code_that_is_not_python_waits_for_its_correction(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [("module.py", "A = (\n"), ("other.txt", ""), ("module.py", "A = 22\n")]
    assert watched(folder, steps) == ["run", "restart", "run"]
    assert capsys.readouterr().err.count("module.py: ") == 1


def test_the_code_is_that_of_the_project() -> None:
    files = watch.code_files()
    assert {run.ROOT / "__main__.py", run.ROOT / "preview" / "watch.py"} <= set(files)
    assert not [path for path in files if not path.is_relative_to(run.ROOT) or ".venv" in path.parts]


def test_the_inputs_of_a_preview(tmp_path: Path) -> None:
    request = Request(path=tmp_path / "a", against=tmp_path / "b", esc=tmp_path / "c", reference=[f"x={tmp_path}/d"])
    files = inputs(request)
    assert {tmp_path / name for name in "abcd"} <= set(files)
    assert {run.ROOT / "Pulumi.yaml", run.ROOT / "policy/config/dev.json"} <= set(files)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        *(({name: Path("-")}, "again with each change; name a file") for name in ("json_file", "summary_file")),
        *(({name: Path("-")}, "again with each change; name a file") for name in ("sarif_file", "faults_file")),
        ({"json_file": Path("/dev/stdout")}, "again with each change; name a file"),
        ({"strict_hints": True}, "--strict-hints has no effect with --watch"),
        ({"against_file": Path("/dev/null")}, "cannot see when /dev/null changes"),
    ],
)
def test_options_that_do_not_go_with_it(options: dict[str, Any], words: str) -> None:
    with pytest.raises(typer.BadParameter, match=words):
        cli.preview(stack="dev", with_watch=True, **options)


def test_the_command_says_64(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["preview", "--stack", "dev", "--watch", "--json", "-"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 64
    assert "name a file for --json" in capsys.readouterr().err


def test_the_process_goes_on_after_a_fault_and_ends_with_130(tmp_path: Path) -> None:
    path, out = tmp_path / "Pulumi.dev.yaml", tmp_path / "out"
    path.write_text("config: {}\n")
    with out.open("w") as file:
        command = [sys.executable, "-m", "preview", "--config-file", str(path), "--watch"]
        process = subprocess.Popen(command, cwd=run.ROOT, stdout=file, stderr=file)
    try:
        until(out, "error: ")
        path.write_text((run.ROOT / "tests/small/Pulumi.dev.yaml").read_text())
        until(out, "previewed offline")
        until(out, "Policies")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
    finally:
        process.kill()
        process.wait()
    assert "changed: " + os.fspath(path) in out.read_text()


def until(path: Path, text: str) -> None:
    """Wait until the file has the text."""
    end = time.monotonic() + 90
    while text not in path.read_text():
        assert time.monotonic() < end, path.read_text()
        time.sleep(0.2)
