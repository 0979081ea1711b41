"""Configuration files: stored in parameters that SSM accepts, and written unchanged by the writer's script."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pulumi
import pytest

from components.compute.config_files import ConfigFiles, ConfigFilesArgs
from preview.plan import Plan
from tests.recording import record

PARAMETER = "aws:ssm/parameter:Parameter"
IMAGE = "public.ecr.aws/docker/library/busybox:1.37"
FILES = {
    "/etc/app/app.yml": "a: '{{ $labels.instance }}'\n\n  trailing  \n",
    "/etc/app/rules/long.json": "".join(f"ä{i}\n" for i in range(3000)),
    "/opt/x/it's.txt": "$HOME `id` \\n %s",
}


def files_plan(files: dict[str, str], stack: str = "test") -> Plan:
    def program() -> None:
        args = ConfigFilesArgs(files=files, stack=stack, workload="api", image=IMAGE)
        component = ConfigFiles("api-task-files", args)
        pulumi.export("writer", pulumi.Output.json_dumps(component.writer("/test/service/api", "us-east-1")))
        pulumi.export("mounts", component.mount_points)
        pulumi.export("volumes", list(component.volumes))
        pulumi.export("read", [list(component.permission.actions), list(component.permission.resources)])

    return record(program)


def writer(plan: Plan) -> dict[str, Any]:
    return json.loads(plan.phases["deployed"].outputs["writer"])


def run_writer(plan: Plan, root: Path) -> dict[str, str]:
    """Run the writer's script with the parameters' values; the texts that it wrote, by path in the container."""
    phase, container = plan.phases["deployed"], writer(plan)
    by_arn = {r.outputs["arn"]: r.inputs["insecureValue"] for r in phase.of_type(PARAMETER)}
    env = {item["name"]: by_arn[item["valueFrom"]] for item in container["secrets"]}
    for mount in container["mountPoints"]:
        (root / mount["containerPath"].strip("/")).mkdir(parents=True)
    script = container["command"][0].replace("/files/", f"{root}/files/")
    shell = shutil.which("sh")
    assert shell is not None
    subprocess.run([shell, "-euc", script], env={"PATH": "/usr/bin:/bin", **env}, check=True)
    texts = {}
    for written, mounted in zip(container["mountPoints"], phase.outputs["mounts"], strict=True):
        assert written["sourceVolume"] == mounted["sourceVolume"]
        base = root / written["containerPath"].strip("/")
        for path in base.rglob("*"):
            if path.is_file():
                texts[f"{mounted['containerPath']}/{path.relative_to(base).as_posix()}"] = path.read_text()
    return texts


def test_files_arrive_unchanged(tmp_path: Path) -> None:
    assert run_writer(files_plan(FILES), tmp_path) == FILES


def test_parameters_are_what_ssm_accepts() -> None:
    for phase in files_plan(FILES).phases.values():
        parameters = phase.of_type(PARAMETER)
        assert len(parameters) > len(FILES)
        for parameter in parameters:
            inputs = parameter.inputs
            assert (inputs["type"], inputs["tier"]) == ("String", "Standard")
            assert 1 <= len(inputs["insecureValue"]) <= 4096
            # PutParameter: a value must not nest another parameter.
            assert "{{" not in inputs["insecureValue"]
            assert not inputs["name"].lstrip("/").lower().startswith(("aws", "ssm"))


@pytest.mark.parametrize("stack", ["aws-main", "ssm"])
def test_names_carry_the_stack_and_no_reserved_prefix(stack: str) -> None:
    names = {r.inputs["name"] for r in files_plan({"/etc/app/a.yml": "a"}, stack).phases["preview"].of_type(PARAMETER)}
    assert names == {f"/config/{stack}/api/etc/app/a.yml/0"}


def test_nested_directories_share_a_volume() -> None:
    outputs = files_plan(FILES).phases["preview"].outputs
    assert [mount["containerPath"] for mount in outputs["mounts"]] == ["/etc/app", "/opt/x"]
    assert outputs["volumes"] == ["files-0", "files-1"]
    assert all(mount["readOnly"] for mount in outputs["mounts"])


def test_the_writer_has_few_privileges_and_exits() -> None:
    container = writer(files_plan(FILES))
    assert container["essential"] is False
    assert container["readonlyRootFilesystem"] is True
    assert container["linuxParameters"] == {"capabilities": {"drop": ["ALL"]}}
    assert container["image"] == IMAGE
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/test/service/api"


def test_a_changed_file_makes_a_new_revision() -> None:
    before, after = (writer(files_plan({"/etc/app/a.yml": text})) for text in ("a", "b"))
    assert before["environment"] != after["environment"]
    assert {**before, "environment": []} == {**after, "environment": []}


def test_the_execution_role_reads_exactly_these_parameters() -> None:
    phase = files_plan(FILES).phases["deployed"]
    actions, resources = phase.outputs["read"]
    assert actions == ["ssm:GetParameters"]
    assert set(resources) == {r.outputs["arn"] for r in phase.of_type(PARAMETER)}
