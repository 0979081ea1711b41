"""`python -m tests.settings.own_checks`: deletes each check of broken_own.py in turn and says which files then pass."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import settings
from preview.coreyaml import as_text
from preview.run import ROOT
from settings.autonaming import KEY
from tests.settings.broken import broken_config
from tests.settings.broken_own import OWN, Own
from tests.settings.corpus import ALL

__all__ = ["passing", "without"]


def passing() -> list[str]:
    """The names of the broken files that the settings of this process take."""
    names = []
    for broken in ALL:
        config = {key: as_text(value) for key, value in broken_config(broken).items() if key != KEY}
        full = {key if ":" in key else f"agent-platform:{key}": text for key, text in config.items()}
        try:
            settings.parse(full, "agent-platform", "broken")
        except settings.SettingsError:
            continue
        names.append(broken.name)
    return names


def without(own: Own) -> list[str]:
    """The names of the broken files that pass once the check of `own` is deleted, in a copy of the settings.

    Errors: ValueError where the check is not in its file exactly once.
    """
    with tempfile.TemporaryDirectory() as folder:
        for entry in ROOT.iterdir():
            if entry.name != "settings" and not entry.name.startswith("."):
                (Path(folder) / entry.name).symlink_to(entry)
        shutil.copytree(ROOT / "settings", Path(folder) / "settings", ignore=shutil.ignore_patterns("__pycache__"))
        file = Path(folder) / "settings" / own.file
        text = file.read_text(encoding="utf-8")
        if text.count(own.check) != 1 or own.check == own.without:
            raise ValueError(f"{own.file} has {text.count(own.check)} times: {own.check}")
        file.write_text(text.replace(own.check, own.without), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "tests.settings.own_checks", "--passing"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout)


def main() -> None:
    """Print each check with the files that pass without it."""
    if "--passing" in sys.argv:
        print(json.dumps(passing()))
        return
    print(f"with every check: {passing()}")
    for own in OWN:
        print(f"without `{own.check}` ({own.file}): {without(own)}", flush=True)


if __name__ == "__main__":
    main()
