"""Runs the preview again whenever a file that it reads changes."""

from __future__ import annotations

import ast
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from preview.run import ROOT

__all__ = ["changed_files", "code_files", "stamps", "watch"]

_PAUSE_S = 0.3
# When a file was written and how long it is; None where there is none.
Stamp = tuple[int, int] | None


def watch(
    run: Callable[[], None],
    files: Callable[[], Iterable[Path]],
    *,
    code: Callable[[], Iterable[Path]] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    restart: Callable[[], None] | None = None,
) -> None:
    """Run, and run again when one of `files` changes; a change of the code starts the process anew. Never returns.

    A run that ends with an exit code, such as that of a fault, is followed by the next one.
    """
    code, restart = code or code_files, restart or _restart
    while True:
        before, old_code = stamps(files()), stamps(code())
        with suppress(SystemExit):  # what is wrong is printed
            run()
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()  # what is loaded by now stays, and need not be searched with each run
        modules = {**stamps(code()), **old_code}
        printed: set[str] = set()
        while not (changed := [*changed_files(before), *_changed_code(modules, printed)]):
            sleep(_PAUSE_S)
        names = ", ".join(_near(path) for path in changed)
        print(f"\n--- {datetime.now().astimezone():%H:%M:%S}, changed: {names} ---", flush=True)
        if not modules.keys().isdisjoint(changed):
            restart()


def _changed_code(modules: Mapping[Path, Stamp], printed: set[str]) -> list[Path]:
    """The modules that changed; none as long as one is not Python, with which the process could not start."""
    changed = changed_files(modules)
    faults = [fault for fault in map(_syntax_fault, changed) if fault]
    for fault in faults:
        if fault not in printed:
            print(f"error: {fault}", file=sys.stderr, flush=True)
            printed.add(fault)
    return [] if faults else changed


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """The files as they are now."""
    return {path: _stamp(path) for path in paths}


def changed_files(before: Mapping[Path, Stamp]) -> list[Path]:
    """Those that were written, made or removed since."""
    return [path for path, stamp in before.items() if _stamp(path) != stamp]


def code_files() -> list[Path]:
    """The project's modules that are in use, and the program itself."""
    names = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    paths = {Path(name) for name in names if name} | {ROOT / "__main__.py"}
    return sorted(path for path in paths if path.is_relative_to(ROOT) and "site-packages" not in path.parts)


def _syntax_fault(path: Path) -> str:
    """Why a module is not Python, or nothing; one that was removed is left to those that import it."""
    try:
        ast.parse(path.read_bytes())
    except FileNotFoundError:
        return ""
    except (OSError, SyntaxError, ValueError) as error:
        return f"{_near(path)}: {error}"
    return ""


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _restart() -> None:
    """The same command in this process's place, so that no module of old code stays."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _near(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
