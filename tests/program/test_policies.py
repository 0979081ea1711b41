"""The stack files and the policy pack: what passes, what stays undecided, and what the command line answers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest

from policy.guardrails import RULES, PackConfig, Report, load_config
from policy.guardrails.config import parse_config
from policy.guardrails.evaluation import RULES_BY_ID
from preview import cli, files, policies, run, stackfile
from preview.plan import PhaseName, Plan
from tests.shown import all_text
from tests.stacks import FILES, planned

NAMES = [path.as_posix() for path in FILES]
PHASES: tuple[PhaseName, ...] = ("preview", "deployed")
TODAY = date(2026, 11, 21)
# Nothing of theirs has to outlive them.
BASELINE = {"Pulumi.dev.yaml", "systems/h2o-allegiant.dev.yaml"}
STRICT = run.ROOT / "policy/profiles/strict.json"
CANARY = "canary-27c1-never-show"
each_file = pytest.mark.parametrize("name", NAMES)
each_phase = pytest.mark.parametrize("phase", PHASES)

# At preview these must read a JSON document that names ids which AWS has yet to give.
UNDECIDED_AT_PREVIEW = {
    "ecs-containers-log",
    "ecs-no-host-access",
    "ecs-read-only-root",
    "iam-no-administrator",
    "iam-no-service-wildcard",
    "iam-sensitive-actions-scoped",
    "no-secrets-in-environment",
    "no-wildcard-principal",
    "s3-tls-only",
}
# What `strict` finds in the dev stack, by design: it is cheap, has no domain, and goes without a trace.
DEV_BY_STRICT = {
    ("deletion-protection", "load-balancer"),
    ("deletion-protection", "main"),
    ("final-snapshot", "main"),
    ("no-forced-deletion", "files"),
    ("secret-recovery-window", "cache-url"),
    ("secret-recovery-window", "openai-api-key"),
}


def profile(name: str) -> PackConfig:
    return load_config(run.ROOT / "policy/profiles" / f"{'baseline' if name in BASELINE else 'strict'}.json")


def everything() -> PackConfig:
    """Every rule mandatory, with the parameters of `strict`."""
    strict = json.loads(STRICT.read_text())
    return parse_config({rule: {**strict[rule], "enforcementLevel": "mandatory"} for rule in strict}, RULES_BY_ID)


@cache
def judged(name: str, level: str) -> Plan:
    configs = {"profile": profile, "all": lambda _: everything(), "strict": lambda _: load_config(STRICT)}
    return policies.judge(planned(name), configs[level](name), TODAY)


def report(plan: Plan, phase: PhaseName) -> Report:
    found = plan.phases[phase].report
    assert found is not None
    return found


def test_all_systems_are_judged() -> None:
    systems = {path.relative_to(run.ROOT).as_posix() for path in run.ROOT.glob("systems/*.yaml")}
    assert {"Pulumi.dev.yaml", "Pulumi.prod.yaml", "systems/knwl.yaml"} | systems == set(NAMES)


@each_file
@each_phase
def test_passes_its_profile_without_exemption(name: str, phase: PhaseName) -> None:
    found = report(judged(name, "profile"), phase)
    assert not found.mandatory
    assert [finding for finding in found.violations if finding.level == "mandatory"] == []
    assert (found.exempted, found.errors, found.warnings) == ((), (), ())


@pytest.mark.parametrize("name", ["Pulumi.dev.yaml", "Pulumi.prod.yaml"])
def test_the_stack_s_own_configuration_is_its_profile_and_exempts_nothing(name: str) -> None:
    own = load_config(policies.config_for(run.ROOT, planned(name).stack))
    assert own == profile(name)
    assert not [rule for rule, config in own.rules.items() if config.exemptions]


def test_a_stack_without_configuration_is_judged_by_strict() -> None:
    assert policies.config_for(run.ROOT, "knwl") == STRICT
    assert policies.config_for(run.ROOT, "mine", protected=False).name == "baseline.json"


@each_file
def test_nothing_is_undecided_once_deployed(name: str) -> None:
    assert report(judged(name, "all"), "deployed").undecided == ()


def test_at_preview_only_documents_are_undecided() -> None:
    undecided = {finding.policy for name in NAMES for finding in report(judged(name, "all"), "preview").undecided}
    assert undecided == UNDECIDED_AT_PREVIEW


@each_file
def test_no_decided_verdict_flips(name: str) -> None:
    """A verdict at preview is the one that `up` will give, unless it says that it cannot know."""
    plan = judged(name, "all")
    first, second = ({(f.policy, f.urn) for f in report(plan, phase).violations} for phase in PHASES)
    open_ = {(f.policy, f.urn) for f in report(plan, "preview").undecided}
    assert sorted(first - second) == []
    assert sorted(second - first - open_) == []


@each_phase
def test_strict_finds_in_dev_exactly_what_dev_leaves_out(phase: PhaseName) -> None:
    found = [f for f in report(judged("Pulumi.dev.yaml", "strict"), phase).violations if f.level == "mandatory"]
    assert {(f.policy, f.urn.rpartition("::")[2]) for f in found} == DEV_BY_STRICT


def changed(tmp_path: Path, name: str, line: str) -> Path:
    """A stack file with one more line in its configuration."""
    path = tmp_path / Path(name).name
    path.write_text((run.ROOT / name).read_text().rstrip("\n") + f"\n  {line}\n")
    return path


def previewed(capsys: pytest.CaptureFixture[str], **options: Any) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    code = 0
    try:
        cli.preview(**options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_exit_0_where_nothing_mandatory_is_violated(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, errors = previewed(capsys, config_file=run.ROOT / "Pulumi.prod.yaml", policy_config=STRICT)
    assert (code, errors) == (0, "")


@each_phase
def test_exit_2_where_a_mandatory_rule_is_violated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phase: PhaseName
) -> None:
    path = changed(tmp_path, "Pulumi.prod.yaml", "agent-platform:protect: false")
    code, output, errors = previewed(capsys, config_file=path, policy_config=STRICT, phase=cli.PhaseChoice[phase])
    assert (code, errors) == (2, "")
    for rule in ("deletion-protection", "final-snapshot", "no-forced-deletion", "secret-recovery-window"):
        assert rule in output


def test_exit_0_where_the_violated_rule_is_advisory(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = changed(tmp_path, "Pulumi.prod.yaml", "agent-platform:protect: false")
    config = tmp_path / "advisory.json"
    config.write_text(json.dumps({"all": "advisory"}))
    code, output, _ = previewed(capsys, config_file=path, policy_config=config)
    assert code == 0
    assert "deletion-protection" in output


@pytest.mark.parametrize(("phase", "expected"), [("preview", 2), ("deployed", 0)])
def test_undecided_stops_where_the_organisation_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phase: PhaseName, expected: int
) -> None:
    config = tmp_path / "pack.json"
    config.write_text(json.dumps({"ecs-no-host-access": {"enforcementLevel": "mandatory", "undecided": "mandatory"}}))
    code, _, errors = previewed(capsys, stack="prod", policy_config=config, phase=cli.PhaseChoice[phase])
    assert (code, errors) == (expected, "")


def test_exit_1_comes_before_exit_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = changed(tmp_path, "Pulumi.prod.yaml", "agent-platform:protekt: false")
    code, _, errors = previewed(capsys, config_file=path, policy_config=STRICT)
    assert code == 1
    assert "protekt" in errors


@pytest.fixture
def unplanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault must be told before the program is planned, which takes far longer."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("the program was planned")

    monkeypatch.setattr(run, "plan", refuse)


EXEMPTION = {"urn": "*", "reason": "a trial", "owner": "platform team", "expires": "2027-03-31"}


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ('{"rds-backup": "mandatory"}', ['unknown policy "rds-backup"', 'Did you mean "rds-backups"?']),
        ({"rds-backups": {"dayz": 7}}, ['policy "rds-backups"', 'unknown key "dayz"', 'Did you mean "days"?']),
        (
            {"rds-backups": {"days": "seven"}},
            ['policy "rds-backups"', '"days" must be a whole number', "found a string"],
        ),
        (
            {"rds-backups": {"enforcementLevel": "strict"}},
            ['policy "rds-backups"', '"enforcementLevel" must be one of disabled, advisory, mandatory, remediate'],
        ),
        (
            {"rds-backups": {"exemptions": [{**EXEMPTION, "expires": "31.03.2027"}]}},
            ['policy "rds-backups"', "exemptions[0]", '"expires" is not a date: write YYYY-MM-DD'],
        ),
        (
            {"rds-backups": {"exemptions": [{**EXEMPTION, "expires": "2099-01-01"}]}},
            ['policy "rds-backups"', "exemptions[0]", "more than 12 months ahead: choose"],
        ),
        (
            {"rds-backups": {"exemptions": [{**EXEMPTION, "owner": " "}]}},
            ['policy "rds-backups"', "exemptions[0]", '"owner" is missing or empty: write a string'],
        ),
        (
            {"rds-backups": {"exemptions": [{**EXEMPTION, "expire": "x"}]}},
            ['policy "rds-backups"', "exemptions[0]", 'unknown key "expire"', 'Did you mean "expires"?'],
        ),
        ("{,}", ["pack.json:1:2", "not valid JSON"]),
        ("[]", ["expected an object that maps policies to their configuration, found a list"]),
    ],
    ids=["policy", "key", "type", "level", "date", "expiry", "owner", "exemption-key", "json", "shape"],
)
@pytest.mark.usefixtures("unplanned")
def test_exit_1_where_the_pack_s_configuration_is_broken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, config: Any, named: list[str]
) -> None:
    path = tmp_path / "pack.json"
    path.write_text(config if isinstance(config, str) else json.dumps(config))
    code, output, errors = previewed(capsys, stack="dev", policy_config=path, phase=cli.PhaseChoice.preview)
    assert (code, output) == (1, "")
    assert errors.startswith("error: ")
    assert [text for text in named if text not in errors] == []
    assert len(errors.splitlines()) <= 10
    assert "Traceback" not in errors


@pytest.mark.usefixtures("unplanned")
def test_exit_1_where_the_pack_s_configuration_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, errors = previewed(capsys, stack="dev", policy_config=tmp_path / "none.json")
    assert code == 1
    assert "none.json: cannot be read" in errors


@pytest.fixture(scope="module")
def secretive() -> Plan:
    """The dev stack with a canary in its configuration and a generated password, judged by `strict`."""
    file = stackfile.read(run.ROOT / "Pulumi.dev.yaml", "agent-platform")
    data = json.loads(file.values["agent-platform:data"])
    data["secrets"] = {"openai-api-key": {"from_config": "keys:openai"}}
    data["postgres"]["main"]["credentials"] = "generated"
    values = {**file.values, "agent-platform:data": json.dumps(data), "keys:openai": CANARY}
    changed_file = stackfile.StackFile(
        stack="dev", path=Path("Pulumi.dev.yaml"), values=values, secret_keys=("keys:openai",)
    )
    plan = run.plan(changed_file, project="agent-platform", phases=PHASES)
    return policies.judge(plan, load_config(STRICT), TODAY)


@pytest.fixture(scope="module")
def written(secretive: Plan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    paths = {f"{kind}_file": folder / kind for kind in ("json", "sarif", "junit")}
    files.write(secretive, **paths)
    return {path.name: path.read_text() for path in paths.values()}


def test_no_report_tells_a_secret(secretive: Plan, written: dict[str, str]) -> None:
    made = secretive.phases["deployed"].of_type("random:index/randomPassword:RandomPassword")
    assert len(made) == 2
    for text in (*written.values(), all_text(secretive)):
        assert CANARY not in text
        assert not [password.name for password in made if password.outputs["result"] in text]


def test_json(secretive: Plan, written: dict[str, str]) -> None:
    made = json.loads(written["json"])
    for phase in PHASES:
        shown = made["phases"][phase]["policy"]
        assert set(shown) == {"violations", "undecided", "exempted", "warnings", "errors"}
        found = report(secretive, phase)
        assert [item["policy"] for item in shown["violations"]] == [item.policy for item in found.violations]
        urns = {resource["urn"] for resource in made["phases"][phase]["resources"]}
        for item in (*shown["violations"], *shown["undecided"]):
            assert {"policy", "severity", "level", "urn", "message"} <= set(item)
            assert item["urn"] in urns
            assert item["policy"] in RULES_BY_ID


def test_sarif(secretive: Plan, written: dict[str, str]) -> None:
    """What GitHub code scanning wants of a SARIF 2.1.0 file."""
    made = json.loads(written["sarif"])
    assert made["version"] == "2.1.0"
    assert made["$schema"].endswith("sarif-2.1.0.json")
    (only,) = made["runs"]
    driver = only["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
    found = report(secretive, "deployed")
    assert Counter(result["ruleId"] for result in only["results"]) == Counter(
        finding.policy for finding in (*found.violations, *found.undecided, *found.errors, *found.exempted)
    )
    prints = set()
    for result in only["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.dev.yaml"
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        prints.update(result["partialFingerprints"].values())
    assert len(prints) == len(only["results"]) >= len(DEV_BY_STRICT)


def test_junit(secretive: Plan, written: dict[str, str]) -> None:
    suite = ElementTree.fromstring(written["junit"])
    found = report(secretive, "deployed")
    mandatory = [finding for finding in found.violations if finding.level == "mandatory"]
    assert suite.tag == "testsuite"
    assert suite.get("name") == "dev deployed"
    assert int(suite.get("tests", "0")) == len(suite.findall("testcase"))
    assert int(suite.get("failures", "0")) == len(list(suite.iter("failure"))) == len(mandatory)
    assert suite.get("errors") == "0"
    failed = {case.get("classname") for case in suite.findall("testcase") if case.find("failure") is not None}
    assert failed == {f"policy.{finding.policy}" for finding in mandatory}
    silent = {case.get("name") for case in suite.findall("testcase") if case.get("classname") == "policy"}
    assert len(silent) == len(RULES) - len({f.policy for f in (*found.violations, *found.undecided)})
    # A rule that did not run has not passed.
    skipped = {case.get("name") for case in suite.findall("testcase") if case.find("skipped") is not None}
    assert (
        load_config(STRICT).of(next(rule for rule in RULES if rule.id == "customer-managed-keys")).level == "disabled"
    )
    assert "customer-managed-keys" in skipped


def test_the_command_writes_all_three(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paths = {kind: tmp_path / f"out.{kind}" for kind in ("json", "sarif", "junit")}
    code, _, _ = previewed(
        capsys,
        stack="dev",
        policy_config=STRICT,
        phase=cli.PhaseChoice.deployed,
        json_file=paths["json"],
        sarif_file=paths["sarif"],
        junit_file=paths["junit"],
    )
    assert code == 2  # the reports are there although, and because, the command fails
    assert json.loads(paths["json"].read_text())["stack"] == "dev"
    assert json.loads(paths["sarif"].read_text())["runs"]
    assert ElementTree.fromstring(paths["junit"].read_text()).get("name") == "dev deployed"


def test_json_on_standard_output_is_nothing_but_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, errors = previewed(capsys, stack="prod", json_file=Path("-"), phase=cli.PhaseChoice.preview)
    assert (code, errors) == (0, "")
    assert json.loads(output)["stack"] == "prod"
