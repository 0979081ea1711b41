"""A virtual environment for the CLI: the one that runs the tests, with a `pip` that answers at once."""

from __future__ import annotations

import sysconfig
import venv
from pathlib import Path

__all__ = ["environment"]

# Before each command the CLI asks for pip's version and for the installed packages, to look for plugins to
# install, which takes longer than all that is tested here.
_PIP = """
import sys
print("[]" if "list" in sys.argv else "pip 25.0 from here (python 3)")
"""


def environment(folder: Path) -> Path:
    """Make the environment in `folder`; it sees every package that the tests see."""
    venv.create(folder, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    (own / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (own / "pip").mkdir()
    (own / "pip" / "__init__.py").touch()
    (own / "pip" / "__main__.py").write_text(_PIP)
    return folder
