"""The images that services and tasks run, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.compute.image import PLACEHOLDER, BuiltImage, BuiltImageArgs, image_of, pull_permissions
from components.compute.repository import ExistingRepository, ImageRepository, Repository, RepositoryArgs
from components.data.key import Key
from components.values import Permission
from settings import Settings
from settings.compute.image import Repository as RepositorySettings
from settings.compute.tasks import Task
from wiring.context import StackContext

__all__ = ["Image", "Images", "build_images"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image, and what it takes to pull it."""

    reference: pulumi.Input[str]
    permissions: Sequence[Permission]


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """The image of each service and task, and the repositories."""

    repositories: Mapping[str, ImageRepository]
    services: Mapping[str, Image]
    tasks: Mapping[str, Image]


def build_images(ctx: StackContext, settings: Settings, key: Key) -> Images:
    """Repositories, the images that `up` builds, and what everything runs; a task may run a service's image."""
    repositories = {
        name: _repository(ctx, name, repository_settings, key)
        for name, service in settings.compute.services.items()
        if (repository_settings := service.own_repository) is not None
    }
    services = {}
    for name, service in settings.compute.services.items():
        repository = repositories.get(name)
        built = None
        if service.build is not None and repository is not None:
            built = BuiltImage(
                f"{name}-image",
                BuiltImageArgs(service=name, settings=service, repository=repository),
                opts=ctx.opts(f"compute.services.{name}.build"),
            )
        services[name] = Image(
            reference=image_of(service, repository, built),
            permissions=pull_permissions(service.image, repository, ctx.account),
        )
    tasks = {name: _of_task(ctx, task, services) for name, task in settings.compute.tasks.items()}
    return Images(repositories=repositories, services=services, tasks=tasks)


def _repository(ctx: StackContext, name: str, repository_settings: RepositorySettings, key: Key) -> ImageRepository:
    if repository_settings.place is not None:
        return ExistingRepository(repository_settings.place, ctx.account)
    return Repository(
        f"{name}-repository",
        RepositoryArgs(
            settings=repository_settings,
            repository_name=ctx.physical_name("ecr", name),
            key_arn=key.arn,
            protect=ctx.protect,
        ),
        opts=ctx.opts(f"compute.services.{name}"),
    )


def _of_task(ctx: StackContext, task: Task, services: Mapping[str, Image]) -> Image:
    if task.image_from is not None:
        return services[task.image_from]
    reference = PLACEHOLDER if task.pending or task.image is None else task.image
    return Image(reference=reference, permissions=pull_permissions(task.image, None, ctx.account))
