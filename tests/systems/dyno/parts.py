"""What the lines of dyno-agent read off its plan."""

from __future__ import annotations

import base64
from typing import Any

from preview.plan import Plan, Record
from tests.systems.lines import container, document, of

__all__ = ["arguments", "environment", "files", "granted", "secrets", "service", "subnet_ids"]


def service(plan: Plan, name: str) -> Record:
    """The ECS service."""
    return of(plan, "ecs/service:Service", name)


def environment(plan: Plan, name: str) -> dict[str, str]:
    """Plain variables of the container."""
    return {item["name"]: item["value"] for item in container(plan, name).get("environment", [])}


def secrets(plan: Plan, name: str) -> dict[str, str]:
    """Variables by `valueFrom`."""
    return {item["name"]: item["valueFrom"] for item in container(plan, name).get("secrets", [])}


def arguments(plan: Plan, name: str) -> dict[str, str]:
    """Command-line flags of the container."""
    flags = (argument.partition("=") for argument in container(plan, name)["command"])
    return {flag: value for flag, _, value in flags}


def granted(plan: Plan, role: str, action: str) -> list[dict[str, Any]]:
    """The statements of a role's policy that hold `action`."""
    statements = document(of(plan, ":RolePolicy", f"{role}-policy"), "policy")["Statement"]
    return [statement for statement in statements if action in statement["Action"]]


def files(plan: Plan, name: str) -> dict[str, str]:
    """The files of a container, put together from the parameters as its writer does, by their path inside."""
    task = of(plan, ":TaskDefinition", f"{name}-task")
    main, writer = document(task, "containerDefinitions")
    assert main["dependsOn"] == [{"containerName": writer["name"], "condition": "SUCCESS"}]
    parameters = {
        r.outputs["arn"]: r.inputs["insecureValue"]
        for r in plan.phases["deployed"].of_type("aws:ssm/parameter:Parameter")
    }
    parts = {item["name"]: parameters[item["valueFrom"]] for item in writer["secrets"]}
    inside = {mount["sourceVolume"]: mount["containerPath"] for mount in main["mountPoints"]}
    roots = {mount["containerPath"]: inside[mount["sourceVolume"]] for mount in writer["mountPoints"]}
    found = {}
    for line in writer["command"][0].splitlines():
        if not line.startswith("printf"):
            continue
        names = line.split('"')[1].strip("${}").split("}${")
        target = line.rpartition("> ")[2]
        root = next(root for root in roots if target.startswith(f"{root}/"))
        text = base64.b64decode("".join(parts[name] for name in names)).decode()
        found[roots[root] + target.removeprefix(root)] = text
    return found


def subnet_ids(plan: Plan, tier: str) -> set[Any]:
    """The two subnets of a tier."""
    found = {
        r.id for r in plan.phases["deployed"].records if r.name.startswith(f"network-{tier}-") and "Subnet" in r.type
    }
    assert len(found) == 2
    return found
