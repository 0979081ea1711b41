"""CPU seconds of the runs of `--watch` when a file is saved, garbage collection and the look for changes included."""

from __future__ import annotations

import gc
import io
import json
import tempfile
import time
from contextlib import redirect_stdout, suppress
from pathlib import Path

from preview import cli, run, watch
from preview.judged import Request, inputs

_RUNS = 6


class _EndError(Exception):
    """Ends the loop, which does not end by itself."""


def main() -> None:
    """Print the figures as JSON, the first run's first; no garbage is collected during one, as in the preview."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Pulumi.dev.yaml"
        text = (run.ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        times: list[float] = []
        started = time.process_time()

        def save(_seconds: float) -> None:
            nonlocal started
            times.append(time.process_time() - started)
            if len(times) > _RUNS:
                raise _EndError
            path.write_text(f"{text}{'#' * len(times)}\n", encoding="utf-8")
            started = time.process_time()

        request = Request(path=path)
        with redirect_stdout(io.StringIO()), suppress(_EndError):
            watch.watch(lambda: cli.preview(config_file=path), lambda: inputs(request), sleep=save)
    print(json.dumps(times))
