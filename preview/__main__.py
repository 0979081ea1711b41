"""`python -m preview`."""

import gc
import os
import signal
from types import FrameType


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """End at once: an exception in the middle of the event loop could be lost, or leave it waiting for ever."""
    os._exit(130)


signal.signal(signal.SIGINT, _interrupted)
# The process is short: searching for garbage takes up to a third of its time. `run.plan` collects where it pays.
gc.disable()

from preview.cli import main  # noqa: E402

try:
    main()
finally:
    # At its end the interpreter would search all that there is for garbage, which takes longer than the policies.
    gc.freeze()
