"""Why each kind of resource of the default stacks is there, and how to switch it off or on: the table of the docs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from preview import run, stackfile

__all__ = ["FILES", "KINDS", "Kind", "counts", "table"]

FILES = ("Pulumi.dev.yaml", "systems/knwl.yaml")
"""The stack files whose resources the table counts."""


class Kind(NamedTuple):
    """One row: types that are there for one reason, by the last part of their token."""

    types: tuple[str, ...]
    why: str
    switch: str


KINDS = (
    Kind(
        ("Vpc", "Subnet", "RouteTable", "RouteTableAssociation", "Route", "InternetGateway"),
        "the network: public, private and isolated subnets in each zone",
        "`networking.existing` uses a VPC that you have; fewer `networking.zones`",
    ),
    Kind(
        ("NatGateway", "NetworkInterface", "Instance", "LaunchTemplate", "Eip", "EipAssociation"),
        "NAT, through which tasks reach the internet",
        "`networking.nat`: `single`, `per-zone`, `instance` or `none`",
    ),
    Kind(
        ("DefaultSecurityGroup",),
        "the VPC's default group without rules, so that nothing gets access by mistake",
        "always",
    ),
    Kind(
        ("VpcEndpoint",),
        "the S3 gateway endpoint: image layers and objects bypass NAT; free",
        "always; `tables` of a service adds the one of DynamoDB, `networking.endpoints` others",
    ),
    Kind(("FlowLog",), "which connections the network accepted and rejected", "always; `networking.flow_logs.traffic`"),
    Kind(
        ("SecurityGroup", "SecurityGroupIngressRule", "SecurityGroupEgressRule"),
        "a group for each part, and two rules for each network path",
        "`connects_to`, `route` of a service",
    ),
    Kind(
        ("Cluster", "ClusterCapacityProviders", "Service", "TaskDefinition"),
        "the ECS cluster, and its services",
        "`compute.services`; `spot` of a service",
    ),
    Kind(
        ("Target", "Policy"),
        "autoscaling of a service",
        "`replicas` of a service: with equal `min` and `max` and no `schedule` there is none",
    ),
    Kind(("Repository", "LifecyclePolicy"), "a service's images, and how many are kept", "`repository` of a service"),
    Kind(
        ("Role", "RolePolicy", "RolePolicyAttachment"),
        "roles of each task, of starting it, and of AWS services that act for the stack; none is shared",
        "as what they serve",
    ),
    Kind(
        ("LoadBalancer", "Listener", "ListenerRule", "TargetGroup"),
        "the entry of services with a `route`; blue/green deployments have two target groups",
        "`route` of a service; `deploy.strategy`",
    ),
    Kind(
        ("Api", "Integration", "ApiRoute", "Stage", "VpcLink"),
        "the HTTP API in front of an internal load balancer: HTTPS without a domain",
        "`edge.http_api`; without it the load balancer is public",
    ),
    Kind(
        ("LogMetricFilter",),
        "count throttled requests, of the API and by route",
        "`edge.http_api.throttle` or `.routes`; off by default",
    ),
    Kind(
        ("Certificate", "CertificateValidation", "Record"),
        "the load balancer's certificate and its names",
        "`edge.load_balancer.certificate`",
    ),
    Kind(
        ("DatabaseInstance", "DatabaseParameterGroup", "DatabaseSubnetGroup"),
        "PostgreSQL; its parameters require TLS",
        "`data.postgres`",
    ),
    Kind(
        ("SecretRotation", "StateMachine"),
        "rotate the database's password, then redeploy the services that read it",
        "`credentials` of the database: only `managed` has them",
    ),
    Kind(("RandomId",), "the name of the database's final snapshot", "`protect`; on in prod"),
    Kind(
        ("ReplicationGroup", "ParameterGroup", "SubnetGroup", "RandomPassword"),
        "Redis, and its password",
        "`data.redis`",
    ),
    Kind(
        ("Secret", "SecretVersion"),
        "values that services read: yours (created empty), and the URL of Redis",
        "`data.secrets`, `data.redis`",
    ),
    Kind(
        (
            "Bucket",
            "BucketLifecycleConfiguration",
            "BucketOwnershipControls",
            "BucketPolicy",
            "BucketPublicAccessBlock",
            "BucketServerSideEncryptionConfiguration",
            "BucketVersioning",
        ),
        "a bucket: private, encrypted, versioned, TLS only; the provider has a resource for each",
        "`data.buckets`; logs of requests to it: `access_logs`",
    ),
    Kind(("Key",), "one key for data, and one for the topic: AWS's own key does not let alarms publish", "always"),
    Kind(
        ("LogGroup",),
        "logs of tasks, the database, Redis, the HTTP API and flows; groups that AWS creates itself never expire",
        "as what they serve; `observability.log_retention_days`",
    ),
    Kind(("MetricAlarm",), "what a person should look at", "`observability.alarms`; `null` for none"),
    Kind(
        ("EventRule", "EventTarget"),
        "report failed deployments, stopped tasks and fail-overs; one starts the state machine after a rotation",
        "`observability.events: false`; the one of a rotation as above",
    ),
    Kind(
        ("Topic", "TopicPolicy"),
        "where alarms and events are sent; `emails` and `slack` subscribe",
        "always",
    ),
    Kind(("Dashboard",), "the metrics of all parts on one page", "`observability.dashboards`"),
    Kind(("Provider",), "Pulumi's AWS provider, which sets the tags of every resource", "always"),
)

# Tokens whose last part another type has, too, or says too little.
_NAMES = {
    "aws:apigatewayv2/route:Route": "ApiRoute",
    "aws:rds/instance:Instance": "DatabaseInstance",
    "aws:rds/parameterGroup:ParameterGroup": "DatabaseParameterGroup",
    "aws:rds/subnetGroup:SubnetGroup": "DatabaseSubnetGroup",
    "pulumi:providers:aws": "Provider",
}


def counts(file: str, root: Path = run.ROOT) -> Counter[str]:
    """How many resources of each type a stack file makes, by the names of `KINDS`."""
    plan = run.plan(stackfile.read(root / file, "agent-platform"), project="agent-platform", phases=("preview",))
    types = [record.type for record in plan.phases["preview"].records if record.custom]
    return Counter(_NAMES.get(type_, type_.rpartition(":")[2]) for type_ in types)


def table(found: Mapping[str, Counter[str]] | None = None, kinds: Iterable[Kind] = KINDS) -> str:
    """The table as Markdown; `found` holds what each stack file makes, by default that of `FILES`."""
    by_file = {file: counts(file) for file in FILES} if found is None else found
    kinds = list(kinds)
    rows = [
        f"| {', '.join(f'`{name}`' for name in kind.types)} | "
        + "".join(f"{sum(made[name] for name in kind.types)} | " for made in by_file.values())
        + f"{kind.why} | {kind.switch} |"
        for kind in kinds
    ]
    made = {name for types in by_file.values() for name in types}
    listed = [name for kind in kinds for name in kind.types]
    faults = {
        "has no row": made - set(listed),
        "is in no stack file": set(listed) - made,
        "is in two rows": {name for name in listed if listed.count(name) > 1},
    }
    told = [f"{', '.join(sorted(names))} {fault}" for fault, names in faults.items() if names]
    if told:
        raise ValueError(f"preview/inventory.py: {'; '.join(told)}")
    totals = "".join(f"**{sum(types.values())}** | " for types in by_file.values())
    head = f"| resources | {' | '.join(f'`{file}`' for file in by_file)} | why | switch |"
    return "\n".join([head, f"|{'---|' * (len(by_file) + 3)}", *rows, f"| **all** | {totals}| |"])
