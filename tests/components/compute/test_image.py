"""Images: the one that a service runs, the permission to pull it, and tags computed from content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pulumi
import pytest

from components.compute.image import BuiltImage, BuiltImageArgs, content_tag, image_of, pull_permissions
from components.compute.repository import Repository, RepositoryArgs
from preview import run
from preview.plan import Plan
from preview.run import ProgramError
from settings.compute import image as image_settings
from settings.compute.image import Build
from tests.accounts import account
from tests.components.compute.service_plans import service_settings
from tests.recording import children, every_phase, one, record

IMAGE = "awsx:ecr:Image"
ARM = "linux/arm64"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "app" / "src").mkdir(parents=True)
    (tmp_path / "app" / "Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "app" / "src" / "main.py").write_text("print(1)\n")
    (tmp_path / "other.Dockerfile").write_text("FROM scratch\n")
    return tmp_path


def built_image_plan(service: dict[str, Any]) -> Plan:
    def program() -> None:
        settings = service_settings(image=None, **service)
        repository = Repository(
            "api-repository",
            RepositoryArgs(
                settings=image_settings.Repository(), repository_name="test-api", key_arn="key", protect=False
            ),
        )
        image = BuiltImage("api-image", BuiltImageArgs(service="api", settings=settings, repository=repository))
        pulumi.export("image", image_of(settings, repository, image))

    return record(program)


def image_plan(with_repository: bool = False, **service: Any) -> Plan:
    def program() -> None:
        settings = service_settings(**service)
        repository = None
        if with_repository:
            repository = Repository(
                "api-repository",
                RepositoryArgs(
                    settings=image_settings.Repository(), repository_name="test-api", key_arn="key", protect=False
                ),
            )
        pulumi.export("image", image_of(settings, repository, None))
        permissions = pull_permissions(settings.image, repository, account())
        pulumi.export("pull", [[list(p.actions), list(p.resources)] for p in permissions])

    return record(program)


PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
TOKEN = [["ecr:GetAuthorizationToken"], ["*"]]


def test_a_public_image_needs_no_permission() -> None:
    outputs = image_plan(image="ghcr.io/x/api:1").phases["deployed"].outputs
    assert outputs == {"image": "ghcr.io/x/api:1", "pull": []}


@pytest.mark.parametrize("suffix", [":1.2", "@sha256:0123"])
def test_an_image_in_another_account_s_registry(suffix: str) -> None:
    image = f"210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api{suffix}"
    outputs = image_plan(image=image).phases["deployed"].outputs
    arn = "arn:aws:ecr:eu-west-1:210987654321:repository/team/api"
    assert outputs == {"image": image, "pull": [TOKEN, [PULL, [arn]]]}


def test_a_tag_of_the_service_s_own_repository() -> None:
    phase = image_plan(with_repository=True, image=None, tag="abc123").phases["deployed"]
    repository = one(phase, "aws:ecr/repository:Repository").outputs
    assert phase.outputs["image"] == f"{repository['repositoryUrl']}:abc123"
    assert phase.outputs["pull"] == [TOKEN, [PULL, [repository["arn"]]]]


def test_a_pending_image_has_a_placeholder() -> None:
    image = image_plan(image="pending").phases["deployed"].outputs["image"]
    assert image != "pending"
    assert image.startswith("public.ecr.aws/")


@pytest.mark.parametrize(("architecture", "platform"), [("arm64", "linux/arm64"), ("x86_64", "linux/amd64")])
def test_built_image(architecture: str, platform: str) -> None:
    build: dict[str, Any] = {
        "context": "systems",
        "dockerfile": "Dockerfile",
        "args": {"B": "2", "A": "1"},
        "target": "final",
    }
    plan = built_image_plan({"architecture": architecture, "build": build})
    for phase in plan.phases.values():
        assert (IMAGE, "api-image") in [(record.type, record.name) for record in phase.records]
        inputs = one(phase, IMAGE).inputs
        assert inputs["platform"] == platform
        assert inputs["imageTag"] == content_tag("api", Build.model_validate(build), run.ROOT, platform)
        assert (inputs["context"], inputs["dockerfile"], inputs["target"]) == ("systems", "Dockerfile", "final")
        assert inputs["args"] == {"A": "1", "B": "2"}
    deployed = plan.phases["deployed"]
    repository = one(deployed, "aws:ecr/repository:Repository").outputs["repositoryUrl"]
    assert one(deployed, IMAGE).inputs["repositoryUrl"] == repository


def test_a_built_image_runs_by_digest() -> None:
    outputs = built_image_plan({"build": {"context": "systems"}}).phases["deployed"].outputs
    assert "@sha256:" in outputs["image"]


def test_earlier_images_stay_in_the_repository() -> None:
    """The image's resource, which awsx names by its tag, inherits the option; its deletion would delete the image."""
    for phase in built_image_plan({"build": {"context": "systems"}}).phases.values():
        assert one(phase, IMAGE).retain_on_delete


def test_a_built_image_adds_nothing_but_itself() -> None:
    phase = built_image_plan({"build": {"context": "systems"}}).phases["preview"]
    assert [type_ for type_, _ in children(phase)] == [
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:ecr/repository:Repository",
    ]
    assert not {"dockerfile", "target", "args"} & one(phase, IMAGE).inputs.keys()


def test_a_context_that_is_not_a_folder_is_refused() -> None:
    with pytest.raises(
        ProgramError,
        match=r"compute\.services\.api\.build\.context: nowhere is not a folder; name the folder that holds the Docker",
    ):
        every_phase(built_image_plan({"build": {"context": "nowhere"}}))


def test_the_same_content_has_the_same_tag(app: Path) -> None:
    """Also with other times, in other folders that are built from a path of the same name, and with empty folders."""
    first = content_tag("api", Build(context="app"), app, ARM)
    (app / "app" / "Dockerfile").touch()
    (app / "app" / "empty").mkdir()
    assert content_tag("api", Build(context="app"), app, ARM) == first
    moved = app.rename(app.with_name("moved"))
    assert content_tag("api", Build(context="app"), moved, ARM) == first


def test_what_docker_ignores_does_not_count(app: Path) -> None:
    (app / "app" / ".dockerignore").write_text("**/__pycache__\n*.md\n.git\n")
    first = content_tag("api", Build(context="app"), app, ARM)
    for name in ("__pycache__/main.pyc", "src/__pycache__/main.pyc", "README.md", ".git/HEAD"):
        (app / "app" / name).parent.mkdir(exist_ok=True)
        (app / "app" / name).write_text("x")
    assert content_tag("api", Build(context="app"), app, ARM) == first


@pytest.mark.parametrize(
    "name", [".git/HEAD", "node_modules/x.js", "__pycache__/x.pyc", ".venv/x", ".pulumi/x", "x.md"]
)
def test_whatever_docker_sends_counts(app: Path, name: str) -> None:
    """docker-build builds again where it changes, and would push a second image with a used tag."""
    (app / "app" / name).parent.mkdir(exist_ok=True)
    (app / "app" / name).write_text("1")
    first = content_tag("api", Build(context="app"), app, ARM)
    (app / "app" / name).write_text("2")
    assert content_tag("api", Build(context="app"), app, ARM) != first


def test_an_ignored_dockerfile_counts(app: Path) -> None:
    (app / "app" / ".dockerignore").write_text("Dockerfile\n.dockerignore\n")
    first = content_tag("api", Build(context="app"), app, ARM)
    (app / "app" / "Dockerfile").write_text("FROM busybox\n")
    assert content_tag("api", Build(context="app"), app, ARM) != first


def test_a_dockerfiles_own_ignore_file(app: Path) -> None:
    (app / "app" / ".dockerignore").write_text("src")
    (app / "other.Dockerfile.dockerignore").write_text("README.md")
    build = Build(context="app", dockerfile="other.Dockerfile")
    first = content_tag("api", build, app, ARM)
    (app / "app" / "README.md").write_text("x")
    assert content_tag("api", build, app, ARM) == first
    (app / "app" / "src" / "main.py").write_text("print(2)\n")
    assert content_tag("api", build, app, ARM) != first


def test_two_services_of_one_context_have_two_tags(app: Path) -> None:
    """awsx names the image by its tag, and two of one name are one resource."""
    tags = {content_tag(service, Build(context="app"), app, ARM) for service in ("api", "worker")}
    assert len(tags) == 2


def test_ecr_accepts_the_tag(app: Path) -> None:
    tag = content_tag("api-with-18-signs-", Build(context="app"), app, ARM)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", tag)
    assert tag.startswith("api-with-18-signs-")


@pytest.mark.parametrize(
    "change", ["text", "name", "new", "deleted", "executable", "readable", "dockerfile", "link", "linked"]
)
def test_other_content_has_another_tag(app: Path, change: str) -> None:
    """A tag is immutable, so a second image could not be pushed with it."""
    build = Build(context="app", dockerfile="other.Dockerfile")
    source, link = app / "app" / "src" / "main.py", app / "app" / "link"
    link.symlink_to("src/main.py")
    first = content_tag("api", build, app, ARM)
    changes = {
        "text": lambda: source.write_text("print(2)\n"),
        "name": lambda: source.rename(source.with_name("other.py")),
        "new": lambda: source.with_name("new.py").write_text(""),
        "deleted": source.unlink,
        "executable": lambda: source.chmod(0o755),
        "readable": lambda: source.chmod(0o600),
        "dockerfile": lambda: (app / "other.Dockerfile").write_text("FROM busybox\n"),
        "link": lambda: (link.unlink(), link.symlink_to("src/../src/main.py")),
        "linked": lambda: source.write_text("print(3)\n"),
    }
    changes[change]()
    assert content_tag("api", build, app, ARM) != first


def test_other_arguments_have_another_tag(app: Path) -> None:
    tags = {
        content_tag("api", Build.model_validate({"context": "app", **changes}), app, platform)
        for changes, platform in (
            ({}, ARM),
            ({}, "linux/amd64"),
            ({"args": {"A": "1"}}, ARM),
            ({"args": {"A": "2"}}, ARM),
            ({"target": "final"}, ARM),
            ({"dockerfile": "other.Dockerfile"}, ARM),
            ({"dockerfile": "app/Dockerfile"}, ARM),
            ({"context": "./app"}, ARM),
        )
    }
    assert len(tags) == 8
