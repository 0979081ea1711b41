"""Which use of a service needs which interface endpoint, where nothing leads to the internet."""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings import Settings
from settings.loader import parse
from settings.networking.endpoints import endpoints, foreign_image

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1"
# A task pulls its image, and writes its log, whatever else it does.
ALWAYS = {"ecr.api", "ecr.dkr", "logs"}
DATA: dict[str, Any] = {
    "postgres": {
        "managed": {},
        "generated": {"credentials": "generated"},
        "iam": {"credentials": "iam"},
    },
    "redis": {"cache": {}},
    "queues": {"jobs": {}},
    "buckets": {"raw": {}},
    "tables": {"logs": {"attributes": {"id": "string"}, "partition_key": "id"}},
    "secrets": {"kept": {"store": "parameter"}, "open": {}},
    "file_systems": {"files": {"access_points": {"api": {"uid": 1000, "gid": 1000}}}},
}
VOLUME = {"file_system": "files", "access_point": "api", "path": "/data"}

# What the service does -> what it needs beside ALWAYS.
TABLE: list[tuple[str, dict[str, Any], set[str]]] = [
    ("nothing else", {}, set()),
    ("reads a secret", {"secrets": {"A": "open"}}, {"secretsmanager"}),
    ("reads a secret that is declared nowhere", {"secrets": {"A": "new"}}, {"secretsmanager"}),
    ("reads a secret parameter", {"secrets": {"A": "kept"}}, {"ssm"}),
    ("reads both", {"secrets": {"A": "open", "B": "kept"}}, {"secretsmanager", "ssm"}),
    ("signs in to a database by password", {"connects_to": ["managed"]}, {"secretsmanager"}),
    ("signs in to a database by URL", {"connects_to": ["generated"]}, {"secretsmanager"}),
    ("signs in to a database by a token that it signs itself", {"connects_to": ["iam"]}, set()),
    ("connects to Redis", {"connects_to": ["cache"]}, {"secretsmanager"}),
    ("has configuration files", {"files": {"/etc/app/app.yml": "a: 1"}}, {"ssm"}),
    ("lets people in by ECS Exec", {"exec": True}, {"ssmmessages"}),
    ("publishes metrics", {"publishes": "App/Prod"}, {"monitoring"}),
    ("is traced", {"tracing": True, "memory": 1024}, {"xray"}),
    ("consumes a queue", {"consumes": ["jobs"]}, {"sqs"}),
    ("sends to a queue", {"sends_to": ["jobs"]}, {"sqs"}),
    ("reads a bucket, through the gateway that is always there", {"buckets": {"raw": "read"}}, set()),
    ("reads a table", {"tables": {"logs": "read"}}, {"dynamodb"}),
    # By its mount target, in the network itself.
    ("mounts a file system", {"volumes": [VOLUME]}, set()),
    # By Cloud Map's DNS, which the network answers.
    ("is found by name", {"discovery": True}, set()),
]


def settings(service: dict[str, Any], *, named: tuple[str, ...] = (), egress: str = "aws-only") -> Settings:
    areas = {
        "environment": "dev",
        "networking": {
            "zones": ["us-east-1a", "us-east-1b"],
            "nat": "none" if egress == "aws-only" else "single",
            "egress": egress,
            "endpoints": named,
        },
        "data": DATA,
        "compute": {
            "files_image": IMAGE,
            "collector_image": IMAGE,
            "services": {"api": {"image": IMAGE, "architecture": "arm64", "port": 80, **service}} if service else {},
        },
        "observability": {"custom_metrics": {"App/Prod": {"metrics": {"Requests": {}}}}},
    }
    texts = {f"agent-platform:{key}": v if isinstance(v, str) else json.dumps(v) for key, v in areas.items()}
    return parse({"aws:region": "us-east-1", **texts}, "agent-platform", "dev")


@pytest.mark.parametrize(("service", "more"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_use_needs_these_and_no_others(service: dict[str, Any], more: set[str]) -> None:
    assert endpoints(settings({"port": 80, **service})) == tuple(sorted(ALWAYS | more))


def test_those_that_are_named_come_on_top() -> None:
    found = endpoints(settings({"port": 80}, named=("bedrock-runtime", "logs")))
    assert found == ("bedrock-runtime", "ecr.api", "ecr.dkr", "logs")


def test_with_a_way_to_the_internet_only_those_that_are_named() -> None:
    assert endpoints(settings({"exec": True}, egress="internet")) == ()
    assert endpoints(settings({"exec": True}, named=("logs",), egress="internet")) == ("logs",)


def test_the_gateway_of_a_table_is_free_and_there_with_the_internet_too() -> None:
    reads = {"tables": {"logs": "read"}, "consumes": ["jobs"]}
    assert endpoints(settings(reads, egress="internet")) == ("dynamodb",)
    assert endpoints(settings(reads, named=("logs", "dynamodb"), egress="internet")) == ("logs", "dynamodb")


def test_without_services_none() -> None:
    assert endpoints(settings({})) == ()


def test_one_off_tasks_need_theirs_too() -> None:
    task = {"image": IMAGE, "architecture": "arm64", "secrets": {"A": "kept"}}
    found = settings({"port": 80})
    with_task = found.model_copy(
        update={"compute": type(found.compute).model_validate({"tasks": {"migration": task}, "files_image": IMAGE})}
    )
    assert endpoints(with_task) == tuple(sorted(ALWAYS | {"ssm"}))


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (None, None),
        ("pending", None),
        (IMAGE, None),
        (f"{IMAGE.partition(':')[0]}@sha256:{'0' * 64}", None),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1", "is in eu-west-1, and endpoints lead to us-east-1 only"),
        ("nginx:1.29", "is pulled over the internet"),
        # Amazon's public registry has no endpoint.
        ("public.ecr.aws/docker/library/nginx:1.29", "is pulled over the internet"),
        ("ghcr.io/123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1", "is pulled over the internet"),
    ],
)
def test_images_that_cannot_be_pulled(image: str | None, reason: str | None) -> None:
    assert foreign_image(image, "us-east-1") == reason
