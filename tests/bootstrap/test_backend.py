"""The state backend as a whole: resources, outputs, refused settings, policies, and the script that deploys it."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bootstrap.backend import backend
from policy.guardrails import load_config
from preview import check, policies, run, stackfile
from preview.plan import Plan
from preview.run import ROOT, ProgramError
from settings import state_backend
from settings.loader import SettingsError
from tests.aws_models.checker import check_all
from tests.engine.programs import offline
from tests.recording import one

BOOTSTRAP = ROOT / "bootstrap"
PROJECT = "agent-platform-state"
KEY, ALIAS, BUCKET = "aws:kms/key:Key", "aws:kms/alias:Alias", "aws:s3/bucket:Bucket"
SOUND = {"aws:region": "eu-central-1", f"{PROJECT}:bucket": "acme-pulumi-state"}


@cache
def planned(**settings: str) -> Plan:
    values = {**SOUND, **{f"{PROJECT}:{key}": value for key, value in settings.items()}}
    file = stackfile.StackFile(stack="state", path=Path("Pulumi.state.yaml"), values=values, secret_keys=())
    return run.plan(
        file,
        project=PROJECT,
        phases=("preview", "deployed"),
        program=backend,
    )


def test_the_folder_is_a_project_of_its_own(tmp_path: Path) -> None:
    """As Pulumi runs it: by its own __main__.py, with a file that `bootstrap/up` writes."""
    assert stackfile.project_name(BOOTSTRAP) == PROJECT
    file = tmp_path / "Pulumi.state.yaml"
    file.write_text("config:\n" + "".join(f"  {key}: {value}\n" for key, value in SOUND.items()))
    plan = offline(BOOTSTRAP, file)
    assert [record.urn for record in plan.phases["preview"].records] == [
        record.urn for record in planned().phases["preview"].records
    ]


def test_children() -> None:
    for phase in planned().phases.values():
        names = sorted(record.name for record in phase.records if record.custom)
        assert names == [
            "aws",
            "state",
            "state-encryption",
            "state-key",
            "state-key-alias",
            "state-lifecycle",
            "state-ownership",
            "state-policy",
            "state-public-access",
            "state-versioning",
        ]
        assert check.unregistered(phase) == []


def test_the_key_is_rotated_protected_and_outlives_the_backend() -> None:
    for phase in planned().phases.values():
        key = one(phase, KEY)
        assert key.inputs["enableKeyRotation"] is True
        assert (key.protect, key.retain_on_delete) == (True, True)
        assert one(phase, ALIAS).inputs["name"] == "alias/acme-pulumi-state"
    deployed = planned().phases["deployed"]
    (rule,) = one(
        deployed, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    ).inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["kmsMasterKeyId"] == one(deployed, KEY).outputs["arn"]


def test_outputs_for_login_and_stack_init() -> None:
    assert planned().phases["deployed"].outputs == {
        "backend_url": "s3://acme-pulumi-state?region=eu-central-1&awssdk=v2",
        "secrets_provider": "awskms://alias/acme-pulumi-state?region=eu-central-1",
    }


def test_strict_policies_pass_and_none_is_undecided() -> None:
    config = load_config(ROOT / "policy/profiles/require-cmk.json")
    for profile in (load_config(ROOT / "policy/profiles/strict.json"), config):
        judged = policies.judge(planned(), profile, date(2026, 11, 21))
        for phase in judged.phases.values():
            assert phase.report is not None
            assert [(violation.policy, violation.urn) for violation in phase.report.violations] == []
        report = judged.phases["deployed"].report
        assert report is not None
        assert not report.undecided


def test_aws_accepts_every_value() -> None:
    verdicts = check_all(planned().phases["deployed"].records)
    assert [str(fault) for verdict in verdicts for fault in verdict.faults] == []


def test_without_protect_it_can_be_destroyed() -> None:
    phase = planned(protect="false").phases["deployed"]
    assert not one(phase, BUCKET).protect
    assert one(phase, KEY).retain_on_delete


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, (f"{PROJECT}:bucket: is missing", "aws:region: is missing")),
        ({**SOUND, f"{PROJECT}:bucket": "Acme.State"}, ("is not a bucket name", "such as acme-pulumi-state")),
        ({**SOUND, f"{PROJECT}:bucket": "acme--x-s3"}, ("is not a bucket name",)),
        ({**SOUND, f"{PROJECT}:noncurrent_days": "1"}, (f"{PROJECT}:noncurrent_days", "is too small; write 7 or more")),
        ({**SOUND, f"{PROJECT}:bukcet": "x"}, ("did you mean bucket?",)),
        ({**SOUND, "aws:region": "europe"}, ("aws:region", "is not a region")),
        ({**SOUND, "aws:allowedAccountIds": "123456789012x"}, ("aws:allowedAccountIds", "in quotes")),
        ({**SOUND, "aws:defaultTags": "{}"}, ("aws:defaultTags", "would have no effect")),
        ({**SOUND, "aws:allowedAccountIds": "[1]"}, ("aws:allowedAccountIds[0]", "is not text")),
    ],
)
def test_refusals(values: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as error:
        state_backend.parse(values, PROJECT)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_a_fault_reaches_the_user_without_a_traceback() -> None:
    with pytest.raises(ProgramError, match="is not a bucket name"):
        planned(bucket="NO")


class TestCommand:
    """`make state-backend`, with fakes of the CLI."""

    def make(self, folder: Path, *arguments: str, cli: str | None = None, path: str = "") -> tuple[int, str, str]:
        tools = folder / "tools"
        tools.mkdir(exist_ok=True)
        if cli is not None:
            (tools / "pulumi").write_text(f"#!/bin/sh\n{cli}")
            (tools / "pulumi").chmod(0o755)
        for name in ("dirname", "grep", "mkdir"):
            link = tools / name
            if not link.exists():
                link.symlink_to(next(p for p in ("/usr/bin", "/bin") if Path(p, name).exists()) + f"/{name}")
        process = subprocess.run(
            ["/bin/sh", path or str(BOOTSTRAP / "up"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": str(tools), "HOME": os.environ.get("HOME", "/")},
        )
        return process.returncode, process.stdout, process.stderr

    def copy(self, folder: Path) -> str:
        (folder / "bootstrap").mkdir()
        (folder / "bootstrap" / "up").write_text((BOOTSTRAP / "up").read_text())
        return str(folder / "bootstrap" / "up")

    def test_reports_a_missing_cli(self, tmp_path: Path) -> None:
        code, _, stderr = self.make(tmp_path, "acme-state", "us-east-1", path=self.copy(tmp_path))
        assert code == 2
        assert "the pulumi CLI is missing" in stderr
        assert not (tmp_path / "bootstrap" / "Pulumi.state.yaml").exists()

    def test_make_reports_it_before_it_installs_anything(self, tmp_path: Path) -> None:
        make = next(path for path in (Path("/usr/bin/make"), Path("/bin/make")) if path.exists())
        process = subprocess.run(
            [str(make), "-f", str(ROOT / "Makefile"), "state-backend"],
            cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)},
        )  # fmt: skip
        assert process.returncode == 2
        assert "the pulumi CLI is missing" in process.stderr
        assert list(tmp_path.iterdir()) == []

    def test_prints_its_usage_without_a_name(self, tmp_path: Path) -> None:
        code, _, stderr = self.make(tmp_path, cli="exit 9", path=self.copy(tmp_path))
        assert code == 2
        assert "usage: make state-backend BUCKET=" in stderr

    def test_writes_the_settings_runs_pulumi_and_prints_the_two_lines(self, tmp_path: Path) -> None:
        cli = (
            'echo "$PULUMI_BACKEND_URL $*" >>calls\n'
            'case "$*" in *backend_url*) echo "s3://b?region=r&awssdk=v2";; *provider*) echo awskms://k;; esac\n'
        )
        script = self.copy(tmp_path)
        code, stdout, stderr = self.make(tmp_path, "acme-state", "us-east-1", "123456789012", cli=cli, path=script)
        assert code == 0, stderr
        assert "  pulumi login 's3://b?region=r&awssdk=v2'" in stdout
        assert "  pulumi stack init STACK --secrets-provider 'awskms://k'" in stdout
        folder = tmp_path / "bootstrap"
        file = stackfile.read(folder / "Pulumi.state.yaml", PROJECT)
        assert state_backend.parse(file.values, PROJECT).allowed_account_ids == ("123456789012",)
        calls = (folder / "calls").read_text().splitlines()
        assert [call.partition(" ")[2] for call in calls][:2] == ["stack select --create state", "up --stack state"]
        assert {call.partition(" ")[0] for call in calls} == {f"file://{folder}/state"}
        code, _, stderr = self.make(tmp_path, "another-state", "us-east-1", path=script)
        assert code == 2
        assert "names another bucket" in stderr

    def test_stops_where_up_was_declined(self, tmp_path: Path) -> None:
        cli = 'case "$*" in up*) exit 255;; esac\n'
        code, stdout, _ = self.make(tmp_path, "acme-state", "us-east-1", cli=cli, path=self.copy(tmp_path))
        assert code == 255
        assert "pulumi login" not in stdout
