"""Fargate services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.compute.autoscaling import Autoscaling, AutoscalingArgs
from components.compute.backlog import Backlog
from components.compute.deployment import alarms, capacity, deployment, healthy_percent, ignored_properties, timeouts
from components.compute.service_connect import ServiceConnectConfig, endpoints, service_connect
from components.compute.service_metrics import service_metrics
from components.compute.task_definition import TaskDefinition, TaskDefinitionArgs
from components.data.queue_metrics import QueueMetrics
from components.identity.role import Role, RoleArgs
from components.values import Metric, Peer
from settings.compute.services import Service as ServiceSettings

__all__ = ["LoadBalancerAttachment", "Service", "ServiceArgs"]

_RECORD_TTL_S = 10
_ECS_SHIFTS = "AmazonECSInfrastructureRolePolicyForLoadBalancers"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancerAttachment:
    """How a load balancer reaches the service."""

    target_group_arns: Sequence[pulumi.Input[str]]
    """One target group; two where a deployment shifts traffic between them."""
    rule_arn: pulumi.Input[str]
    """The listener rule whose weights ECS shifts."""
    dependencies: Sequence[pulumi.Resource]
    """What ties the target groups to a listener; ECS refuses a service without it."""
    requests_per_target: Sequence[Metric] = ()
    """Requests per target of each target group."""
    entry: str = "http"
    """The listener's kind, `http` or `https`: another one has another rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArgs:
    """Arguments of `Service`."""

    settings: ServiceSettings
    """The service's settings."""
    task: TaskDefinitionArgs
    """The task definition."""
    cluster_arn: pulumi.Input[str]
    """The cluster."""
    cluster_name: pulumi.Input[str]
    """The cluster's name, for autoscaling and metrics."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets."""
    attachments: Sequence[LoadBalancerAttachment] = ()
    """The load balancers that reach a service with a route; a deployment shifts the traffic of the first."""
    namespace_id: pulumi.Input[str] | None = None
    """Where a service with `discovery` or `dns_name` is registered."""
    connected: ServiceConnectConfig | None = None
    """Its place among gRPC services and their clients."""
    consumed: Sequence[QueueMetrics] = ()
    """The queues whose messages it works on."""
    rollback_alarms: Sequence[pulumi.Input[str]] = ()
    """Names of alarms that roll a deployment back."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must be there before the first task starts: the way out, capacity providers."""


class Service(Component):
    """A Fargate service in private subnets.

    Creates: task definition with its roles and log group, security group (no rules: paths are `Connection`s), ECS
    service with its Service Connect proxy where there is gRPC, autoscaling by setting, the registry of a service with
    `discovery`, and for a load balancer whose traffic a deployment shifts the role that ECS does it with.
    Guarantees: no public address; capacity providers from the first day, so that Spot is a setting; a failed
    deployment rolls back; a service whose image is pending runs no task; who owns the revision (`deploy.owner`) is
    the only one to change it; the number of tasks is left to autoscaling, traffic weights to ECS; a service that
    writes a file system never runs two tasks at once; a gRPC client is deployed after its servers.
    """

    def __init__(self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        settings = args.settings
        deploy, replicas = settings.deploy, settings.replicas
        connected = args.connected
        self._shifts = deploy.strategy != "rolling"
        least, most = healthy_percent(singleton=settings.singleton)
        task = TaskDefinition(self.child_name("task"), args.task, opts=self.child_opts())
        group = aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=args.vpc_id,
            description=f"Tasks of {args.task.container_name}",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )
        # Service Connect shifts traffic by itself.
        infrastructure = self._infrastructure_role(args) if self._shifts and args.attachments else None
        follows_pulumi = deploy.owner == "pulumi" and not settings.pending
        service = aws.ecs.Service(
            self.child_name(_replacement_suffix(args)),
            cluster=args.cluster_arn,
            task_definition=task.arn,
            desired_count=0 if settings.pending else replicas.min,
            capacity_provider_strategies=capacity(settings.spot),
            # Lets a change of the strategy roll the tasks instead of replacing the service.
            force_new_deployment=True,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=list(args.subnet_ids), security_groups=[group.id], assign_public_ip=False
            ),
            load_balancers=self._load_balancers(args, infrastructure),
            health_check_grace_period_seconds=settings.start_period_s if args.attachments else None,
            service_registries=self._registry(args),
            service_connect_configuration=service_connect(
                args.task.container_name,
                settings,
                connected,
                log_group=task.log_group_name,
                region=args.task.account.region,
            )
            if connected
            else None,
            triggers=endpoints(connected) if connected else None,
            deployment_minimum_healthy_percent=least,
            deployment_maximum_percent=most,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
            deployment_configuration=deployment(deploy),
            alarms=alarms(args.rollback_alarms),
            # It starts a task before it stops another, which needs room above 100 percent.
            availability_zone_rebalancing="DISABLED" if self._shifts or settings.singleton else "ENABLED",
            enable_execute_command=settings.exec,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            # `up` ends red when ECS rolls the deployment back; whoever else deploys waits by itself.
            wait_for_steady_state=follows_pulumi,
            opts=self.child_opts(
                ignore_changes=ignored_properties(
                    deploy, autoscaled=replicas.autoscaled, balanced=bool(args.attachments)
                ),
                depends_on=[
                    *task.dependencies,
                    *args.depends_on,
                    *(connected.dependencies if connected else ()),
                    *(resource for attachment in args.attachments for resource in attachment.dependencies),
                    *(infrastructure.policies if infrastructure else ()),
                ],
                custom_timeouts=timeouts(deploy),
            ),
        )
        self.metrics = service_metrics(args.task.container_name, args.cluster_name, service.name)
        self.backlog = Backlog(queues=args.consumed, running=self.metrics.running) if args.consumed else None
        if replicas.autoscaled and not settings.pending:
            Autoscaling(
                self.child_name("scaling"),
                AutoscalingArgs(
                    settings=replicas,
                    cluster_name=args.cluster_name,
                    service_name=service.name,
                    requests_per_target=args.attachments[0].requests_per_target if args.attachments else (),
                    backlog=self.backlog,
                ),
                opts=self.child_opts(),
            )
        self.arn = service.id
        self.dependencies: Sequence[pulumi.Resource] = [service]
        self.name = service.name
        self.peer = Peer(name=args.task.container_name, security_group_id=group.id, port=settings.port)
        self.log_group_name = task.log_group_name
        self.task_definition_arn = task.arn
        self.done(name=self.name)

    def _registry(self, args: ServiceArgs) -> aws.ecs.ServiceServiceRegistriesArgs | None:
        settings = args.settings
        if args.namespace_id is None or not settings.registered:
            return None
        registry = aws.servicediscovery.Service(
            self.child_name("registry"),
            # Never the name that Service Connect has, which settings see to.
            name=settings.dns_name or settings.discovery_name or args.task.container_name,
            description=f"Tasks of {args.task.container_name}",
            dns_config=aws.servicediscovery.ServiceDnsConfigArgs(
                namespace_id=args.namespace_id,
                routing_policy="MULTIVALUE",
                dns_records=[aws.servicediscovery.ServiceDnsConfigDnsRecordArgs(type="A", ttl=_RECORD_TTL_S)],
            ),
            # ECS reports the tasks' health, and without this fails them. The provider makes no empty block
            # (hashicorp/terraform-provider-aws#44285); as a mapping, the one value that there is warns nobody.
            health_check_custom_config={"failure_threshold": 1},
            # A task that was killed stays registered, and the registry could not be deleted.
            force_destroy=True,
            opts=self.child_opts(),
        )
        return aws.ecs.ServiceServiceRegistriesArgs(registry_arn=registry.arn)

    def _infrastructure_role(self, args: ServiceArgs) -> Role:
        return Role(
            self.child_name("shift"),
            RoleArgs(
                service="ecs.amazonaws.com",
                description=f"Shifts traffic between the revisions of {args.task.container_name}",
                managed_policies=[args.task.account.managed_policy(_ECS_SHIFTS)],
            ),
            opts=self.child_opts(),
        )

    def _load_balancers(
        self, args: ServiceArgs, infrastructure: Role | None
    ) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
        return [
            aws.ecs.ServiceLoadBalancerArgs(
                container_name=args.task.container_name,
                container_port=args.settings.listens_on,
                target_group_arn=attachment.target_group_arns[0],
                advanced_configuration=_shifting(attachment, infrastructure) if infrastructure else None,
            )
            for attachment in args.attachments
        ] or None


def _shifting(attachment: LoadBalancerAttachment, role: Role) -> aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs:
    return aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs(
        alternate_target_group_arn=attachment.target_group_arns[1],
        production_listener_rule=attachment.rule_arn,
        role_arn=role.arn,
    )


def _replacement_suffix(args: ServiceArgs) -> str:
    """What the ECS service's logical name carries, so that a change of it makes a new service before the old one goes.

    A service that ECS shifts keeps its load balancer as it was made, whatever the settings say later; and one that
    waits for its first image keeps its number of tasks, which is none.
    """
    settings = args.settings
    if settings.deploy.strategy != "rolling" and args.attachments:
        entry = "-".join(attachment.entry for attachment in args.attachments)
        return f"shifted-{entry}-{settings.port}"
    return "pending" if settings.pending and settings.deploy.owner == "pulumi" else ""
