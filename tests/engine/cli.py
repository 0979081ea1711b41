"""Runs the real CLI on a copy of a program, against a backend in a folder and the stand-in providers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from preview import stackfile
from tests.engine.plugins.journal import Journal
from tests.engine.plugins.orders import Orders

__all__ = ["PASSPHRASE", "CliError", "Workspace"]

PASSPHRASE = "only for tests"
_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "docs", "tests", "*.lock", "*.md", "Pulumi.*.yaml")


class CliError(AssertionError):
    """The CLI ended with another exit code than the test expects."""


class Workspace:
    """A program and one of its stacks in a folder of their own, with a backend and a journal.

    `tools` holds the stand-in plugins (`plugins`) and the environment that runs the program (`python`).
    """

    def __init__(self, folder: Path, program: Path, stack_file: Path, tools: Path) -> None:
        self.folder, self.program = folder, folder / "program"
        (folder / "state").mkdir(parents=True)
        self.journal = Journal(folder / "journal.jsonl")
        self.stack = stackfile.read(stack_file, "").stack
        shutil.copytree(program, self.program, ignore=_LEFT_OUT)
        shutil.copy(stack_file, self.settings_file)
        self.tools = tools
        self.use_environment(self.program / "Pulumi.yaml")
        self.project = stackfile.project_name(self.program)
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "AWS_"))},
            "PATH": os.pathsep.join([str(tools / "plugins"), os.environ["PATH"]]),
            "PULUMI_BACKEND_URL": f"file://{folder}/state",
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        }
        self.run("stack", "init", self.stack)

    @property
    def settings_file(self) -> Path:
        """The stack's file, where the CLI looks for it."""
        return self.program / f"Pulumi.{self.stack}.yaml"

    def set(self, key: str, value: Any) -> None:
        """Set one setting in the stack's file."""
        settings = yaml.safe_load(self.settings_file.read_text(encoding="utf-8"))
        settings["config"][key] = value
        self.settings_file.write_text(yaml.safe_dump(settings), encoding="utf-8")

    def start(self, *args: str, orders: Orders | None = None) -> subprocess.Popen[str]:
        """Start a CLI command and leave it running."""
        given = Orders(journal=self.folder / "journal.jsonl") if orders is None else orders
        return subprocess.Popen(
            ["pulumi", *args, "--non-interactive"],
            cwd=self.program,
            env={**self.environment, **given.environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    @staticmethod
    def kill(process: subprocess.Popen[str]) -> None:
        """Kill a command and all that it started, at once, as the end of the machine would."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,sess="], capture_output=True, text=True, check=True).stdout
        of_session = [int(pid) for pid, session in map(str.split, listed.splitlines()) if int(session) == process.pid]
        for pid in sorted({process.pid, *of_session}):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=60)

    def run(self, *args: str, orders: Orders | None = None, fails: bool = False) -> str:
        """Run a CLI command to its end and return what it prints.

        Errors: CliError, unless it ends as expected.
        """
        with self.start(*args, orders=orders) as process:
            out, err = process.communicate(timeout=180)
        if (process.returncode != 0) != fails:
            raise CliError(f"pulumi {' '.join(args)}: exit code {process.returncode}\n{out[-6000:]}\n{err[-6000:]}")
        return out + err if fails else out

    def preview(self, *args: str, orders: Orders | None = None) -> dict[str, Any]:
        """The engine's preview as its JSON."""
        return json.loads(self.run("preview", "--json", *args, orders=orders))

    def up(self, *args: str, orders: Orders | None = None, fails: bool = False) -> str:
        """Deploy."""
        return self.run("up", "--yes", "--skip-preview", *args, orders=orders, fails=fails)

    def state(self) -> list[dict[str, Any]]:
        """The resources of the stack's state, secrets in the clear."""
        exported = json.loads(self.run("stack", "export", "--show-secrets"))
        return exported["deployment"].get("resources") or []

    def orders(self, **faults: Any) -> Orders:
        """Orders to the stand-ins of one command."""
        return Orders(journal=self.folder / "journal.jsonl", **faults)

    def use_environment(self, file: Path) -> None:
        """Have the program or pack that `file` describes run by the tests' environment."""
        described = yaml.safe_load(file.read_text(encoding="utf-8"))
        described["runtime"] = {
            "name": "python",
            "options": {"toolchain": "pip", "virtualenv": str(self.tools / "python")},
        }
        file.write_text(yaml.safe_dump(described), encoding="utf-8")
