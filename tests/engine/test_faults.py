"""After a fault the next `up` carries on: nothing is made twice, nothing is orphaned."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.engine.plugins.journal import living, made_twice

# Six resources, each of which waits for the one before.
_PROGRAM = """
import pulumi
from pulumi_aws import rds, sns

before = []
for i in range(6):
    before = [sns.Topic(f"topic-{i}", opts=pulumi.ResourceOptions(depends_on=before))]
if pulumi.Config().get_bool("database"):
    guard = pulumi.Config().require_bool("guard")
    rds.Instance("db", instance_class="db.t4g.micro", deletion_protection=guard, skip_final_snapshot=True)
"""
_TOPICS = [f"topic-{i}" for i in range(6)]


@pytest.fixture
def chain(workspace: MakeWorkspace, tmp_path: Path) -> Workspace:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "__main__.py").write_text(_PROGRAM)
    (folder / "Pulumi.yaml").write_text("{name: chain, runtime: python}")
    (folder / "Pulumi.dev.yaml").write_text("config: {aws:region: us-east-1}\n")
    return workspace(folder, folder / "Pulumi.dev.yaml")


def existing(made: Workspace) -> list[str]:
    return sorted(urn.rpartition("::")[2] for urn in living(made.journal.read()).values())


def in_state(made: Workspace) -> list[str]:
    return sorted(r["urn"].rpartition("::")[2] for r in made.state() if r["type"].startswith("aws:"))


def assert_carries_on(made: Workspace) -> None:
    """The next `up` finishes what is missing, and only that."""
    done = existing(made)
    before = len(made.journal.read())
    made.up()
    calls = made.journal.read()
    created = [c["urn"].rpartition("::")[2] for c in calls[before:] if c["call"] == "created"]
    assert sorted([*done, *created]) == _TOPICS
    assert made_twice(calls) == []
    assert existing(made) == in_state(made) == _TOPICS
    made.up("--expect-no-changes")


def wait_for_hang(made: Workspace, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not any(call["call"] == "hanging" for call in made.journal.read()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "the stand-in was not called"
        time.sleep(0.02)


def test_a_create_that_fails_in_the_middle(chain: Workspace) -> None:
    told = chain.up(orders=chain.orders(fail="create:4"), fails=True)
    assert "told to fail at create:4" in told
    assert existing(chain) == in_state(chain) == _TOPICS[:3]
    assert_carries_on(chain)


def test_a_provider_that_hangs_and_is_cancelled(chain: Workspace) -> None:
    process = chain.start("up", "--yes", "--skip-preview", orders=chain.orders(hang="create:3"))
    wait_for_hang(chain, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode != 0, out + err
    assert existing(chain) == in_state(chain) == _TOPICS[:2]
    assert_carries_on(chain)


@pytest.mark.parametrize("moment", ["check:4", "create:4"], ids=["between two creates", "before a create takes effect"])
def test_an_engine_that_is_killed(chain: Workspace, moment: str) -> None:
    process = chain.start("up", "--yes", "--skip-preview", orders=chain.orders(hang=moment))
    wait_for_hang(chain, process)
    chain.kill(process)
    assert existing(chain) == _TOPICS[:3]
    chain.run("cancel", "--yes")
    assert in_state(chain) == _TOPICS[:3]
    assert_carries_on(chain)


def test_what_aws_protects_is_destroyed_only_once_its_guard_is_off(chain: Workspace) -> None:
    chain.set("chain:database", True)
    chain.set("chain:guard", True)
    chain.up()
    destroy = ("destroy", "--yes", "--skip-preview")
    assert "deletionProtection is on" in chain.run(*destroy, fails=True)
    assert "db" in existing(chain)
    assert "db" in in_state(chain)
    chain.set("chain:guard", False)
    chain.up()
    chain.run(*destroy)
    assert existing(chain) == in_state(chain) == []
