"""`python -m preview`."""

import gc
import os
import signal
import sys
from pathlib import Path
from types import FrameType


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """End at once: an exception in the middle of the event loop could be lost, or leave it waiting for ever."""
    os._exit(130)


signal.signal(signal.SIGINT, _interrupted)
if hasattr(signal, "SIGPIPE"):
    # As with other commands, `| head` ends this one without a word.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
# The process is short: searching for garbage takes up to a third of its time. `run.plan` collects where it pays.
gc.disable()

try:
    from preview.cli import main
except ImportError as error:
    if error.name == "enum":
        sys.exit("error: the preview needs Python 3.11 or newer; run `make preview PYTHON=python3.12`")
    package = (error.name or "").partition(".")[0]
    if not isinstance(error, ModuleNotFoundError) or (Path(__file__).parent.parent / package).is_dir():
        raise  # a fault of the project's own modules, or a name that a module lacks
    sys.exit(
        f"error: the Python package {package} is not installed; run `make preview`, which installs everything into "
        ".venv, or `.venv/bin/python -m preview`"
    )

try:
    main()
finally:
    # At its end the interpreter would search all that there is for garbage, which takes longer than the policies.
    gc.freeze()
