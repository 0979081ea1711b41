"""Against an earlier plan or a state: what `up` would do, whose data would be lost, and the exit code."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
import yaml

from preview import diff
from preview.against import Against, against
from preview.cli import preview
from preview.page_changes import change_lines, loss_lines
from preview.plan import Plan
from preview.run import ROOT
from tests.recording import record
from tests.shown import page_of

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}


def program(zone: str = "us-east-1a", *, bucket: bool = True, **more: Any) -> Callable[[], None]:
    def run() -> None:
        key = aws.kms.Key(more.get("key", "key"))
        aws.rds.Instance(
            "main",
            instance_class=more.get("instance", "db.t4g.micro"),
            engine="postgres",
            identifier="main",
            availability_zone=zone,
            kms_key_id=pulumi.Output.concat(key.arn, more.get("suffix", "")),
            password=pulumi.Output.secret("a-password"),
            opts=pulumi.ResourceOptions(protect=more.get("protect", False)),
        )
        if bucket:
            aws.s3.Bucket("uploads")

    return run


def written(plan: Plan, folder: Path) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan.to_json()))
    return path


def exported(plan: Plan, folder: Path) -> Path:
    """A state such as `pulumi stack export` writes after an `up` of the plan."""
    state = [
        {
            "urn": record.urn,
            "type": record.type,
            "custom": record.custom,
            "id": record.id,
            "inputs": {key: SECRET if key in record.secret else value for key, value in record.inputs.items()},
            "outputs": {**record.outputs, **record.inputs},
            "propertyDependencies": {key: list(urns) for key, urns in record.property_dependencies.items()},
            "protect": record.protect,
        }
        for record in plan.phases["deployed"].records
    ]
    path = folder / "state.json"
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": state}}))
    return path


@pytest.fixture(params=[written, exported], ids=["plan", "state"])
def keep(request: pytest.FixtureRequest) -> Callable[[Plan, Path], Path]:
    return request.param


Keep = Callable[[Plan, Path], Path]


def compared(keep: Keep, folder: Path, before: Callable[[], None], after: Callable[[], None]) -> Against:
    return against(diff.read(keep(record(before), folder)), record(after))


def shown(found: Against) -> list[str]:
    lines = [line.text for line in change_lines(found, ())]
    assert any("only AWS knows" in line for line in lines) == (found.earlier.state is not None)
    return [line for line in lines if "only AWS knows" not in line]


def test_nothing_changes_and_nothing_is_lost(keep: Keep, tmp_path: Path) -> None:
    found = compared(keep, tmp_path, program(), program())
    assert (found.losses, shown(found)) == ([], ["`up` would change nothing"])
    assert found.to_json()["resources"] == []


def test_data_that_would_be_lost_is_said_in_words(keep: Keep, tmp_path: Path) -> None:
    found = compared(keep, tmp_path, program(), program("us-east-1b", bucket=False))
    assert [one.text for one in found.losses] == [
        "the database main would be replaced, because availabilityZone changes: its data is lost unless a snapshot of "
        "it is restored",
        "the bucket uploads would be deleted: its objects are lost unless they were copied; AWS refuses to delete a "
        "bucket that has any",
    ]
    assert [line.text for line in loss_lines(found)] == [f"! {one.text}" for one in found.losses]
    title, *lines = page_of(record(program("us-east-1b", bucket=False)), found).splitlines()[1:]
    assert title.startswith(f"Data would be lost (against {found.earlier.path.as_posix()}; go on with ")
    assert lines[: len(found.losses)] == [f"  ! {one.text}" for one in found.losses]
    assert found.to_json()["data_loss"][0]["text"] == found.losses[0].text


def test_a_database_is_replaced_with_its_key(keep: Keep, tmp_path: Path) -> None:
    found = compared(keep, tmp_path, program(), program(key="other"))
    assert sorted(one.text.split(":")[0] for one in found.losses) == [
        "the database main would be replaced, because kmsKeyId changes",
        "the key key would be deleted",
    ]


def test_what_only_up_can_know_is_said_as_unknown(tmp_path: Path) -> None:
    found = compared(written, tmp_path, program(), program(suffix="-2"))
    (loss,) = found.losses
    assert loss.text.startswith("the database main may be replaced: whether kmsKeyId changes is known only at `up`")
    assert any(line.endswith("unknown: a change of kmsKeyId would replace it") for line in shown(found))


def test_each_kind_has_its_line(keep: Keep, tmp_path: Path) -> None:
    found = compared(
        keep, tmp_path, program(protect=True), program("us-east-1b", protect=True, instance="db.t4g.large")
    )
    lines = shown(found)
    assert lines[0] == "`up` would replace 1; 1 refused"
    assert lines[1].endswith("replaced, because of availabilityZone; the old one is deleted first")
    assert lines[2].endswith("refused: it is protected: Pulumi neither deletes nor replaces it (`protect`)")
    later = compared(keep, tmp_path, program(), program(instance="db.t4g.large"))
    assert shown(later)[0] == "`up` would change 1; 1 deferred"
    assert later.losses == []


def test_an_empty_state_has_everything_created(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"version": 3, "deployment": {"manifest": {}}}')
    found = against(diff.read(path), record(program()))
    assert (len(found.transition.of("created")), found.losses) == (3, [])


def test_a_state_of_another_project_or_without_the_preview_phase(tmp_path: Path) -> None:
    plan = record(program())
    path = exported(plan, tmp_path)
    path.write_text(path.read_text().replace("::agent-platform::", "::other::"))
    with pytest.raises(diff.DiffError, match="is a state of the project other, not agent-platform"):
        against(diff.read(path), plan)
    only = Plan(stack=plan.stack, config_file=plan.config_file, phases={"deployed": plan.phases["deployed"]})
    with pytest.raises(diff.DiffError, match="is compared with the preview phase"):
        against(diff.read(exported(plan, tmp_path)), only)


def run(**options: Any) -> tuple[Any, str]:
    """The exit code and the output of the command."""
    with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
        try:
            preview(**options)
        except SystemExit as ended:
            return ended.code, said.getvalue()
    return 0, said.getvalue()


def test_the_command_fails_where_data_would_be_lost_unless_it_is_allowed(tmp_path: Path) -> None:
    settings = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text())
    settings["config"]["agent-platform:networking"]["cidr"] = "10.99.0.0/16"
    changed = tmp_path / "Pulumi.dev.yaml"
    changed.write_text(yaml.safe_dump(settings))
    earlier, now = tmp_path / "plan.json", tmp_path / "now.json"
    assert run(config_file=ROOT / "Pulumi.dev.yaml", json_file=earlier)[0] == 0
    code, said = run(config_file=changed, stack="dev", against_file=earlier, json_file=now)
    assert code == 3
    title = said.splitlines()[1]
    assert title.startswith(f"Data would be lost (against {earlier.as_posix()}; go on with --allow-data-loss")
    assert "the VPC network would be replaced, because cidrBlock changes" in said
    transition = json.loads(now.read_text())["transition"]
    assert transition["phase"] == "deployed"
    assert {"VPC", "subnet"} <= {loss["text"].split()[1] for loss in transition["data_loss"]}
    assert run(config_file=changed, stack="dev", against_file=earlier, allow_data_loss=True)[0] == 0
