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
from components.compute.load_balancer_attachment import LoadBalancerAttachment, service_load_balancer
from components.compute.service_connect import ServiceConnectConfig, redeployment_triggers, service_connect
from components.compute.service_monitoring import ServiceMonitoring, service_metrics
from components.compute.service_registry import service_registry
from components.compute.task_definition import TaskDefinition, TaskDefinitionArgs
from components.data.queue_monitoring import QueueMetrics
from components.identity.role import Role, RoleArgs
from components.values import Peer
from settings.compute.services import Service as ServiceSettings

__all__ = ["Service", "ServiceArgs"]

_SHIFT_POLICY = "AmazonECSInfrastructureRolePolicyForLoadBalancers"


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
    container_insights: bool = False
    """Whether the cluster publishes the number of its tasks."""
    vpc_id: pulumi.Input[str]
    """The VPC."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Private subnets."""
    attachments: Sequence[LoadBalancerAttachment] = ()
    """The load balancers that forward to a service with a route. Autoscaling counts the requests of the first."""
    namespace_id: pulumi.Input[str] | None = None
    """The Cloud Map namespace in which a service with `discovery` or `dns_name` is registered."""
    service_connect: ServiceConnectConfig | None = None
    """Service Connect, for a gRPC service and for its clients."""
    consumed_queues: Sequence[QueueMetrics] = ()
    """The queues whose messages it processes."""
    rollback_alarms: Sequence[pulumi.Input[str]] = ()
    """Names of alarms that roll a deployment back."""
    rollback_on_alarms: bool = True
    """Whether they do so; the alarms stay, since ECS takes no service whose alarms are gone."""
    depends_on: Sequence[pulumi.Resource] = ()
    """What must exist before the first task starts: egress, capacity providers."""


class Service(Component):
    """A Fargate service in private subnets.

    Creates: task definition with its roles and log group; security group (no rules: paths are `Connection`s); ECS
    service, with a Service Connect proxy where it serves or calls gRPC; autoscaling, if set; the Cloud Map service of a
    service with `discovery`; where a deployment shifts a load balancer's traffic, the role that ECS does it with.
    Guarantees: no public address; both capacity providers from the first day, so that Spot is a setting; a failed
    deployment rolls back; a service whose image is pending runs no task; the owner of the revision (`deploy.owner`)
    is the only one to change it; autoscaling owns the number of tasks, and ECS the traffic weights; a service that
    writes a file system never runs two tasks at once; a gRPC client is deployed after its servers.
    """

    def __init__(self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        self._args = args
        self._container_name = args.task.container_name

        task = TaskDefinition(self.child_name("task"), args.task, opts=self.child_opts())
        group = self._security_group()
        service = self._service(task, group, self._shift_role())
        self.metrics = service_metrics(self._container_name, args.cluster_name, service.name)
        self.backlog = (
            Backlog(queues=args.consumed_queues, running=self.metrics.running) if args.consumed_queues else None
        )
        self._autoscaling(service)
        self.monitoring = ServiceMonitoring(
            name=self._container_name,
            metrics=self.metrics,
            replicas=args.settings.replicas,
            container_insights=args.container_insights,
            requests_per_target=args.attachments[0].requests_per_target if args.attachments else (),
            backlog=self.backlog,
        )

        self.name = service.name
        self.arn = service.id
        self.peer = Peer(name=self._container_name, security_group_id=group.id, port=args.settings.port)
        self.log_group_name = task.log_group_name
        self.task_definition_arn = task.arn
        self.dependencies: Sequence[pulumi.Resource] = [service]
        self.done(name=self.name)

    def _security_group(self) -> aws.ec2.SecurityGroup:
        return aws.ec2.SecurityGroup(
            self.child_name("group"),
            vpc_id=self._args.vpc_id,
            description=f"Tasks of {self._container_name}",
            revoke_rules_on_delete=True,
            opts=self.child_opts(),
        )

    def _service(self, task: TaskDefinition, group: aws.ec2.SecurityGroup, shift_role: Role | None) -> aws.ecs.Service:
        args, settings = self._args, self._args.settings
        min_percent, max_percent = healthy_percent(singleton=settings.singleton)
        return aws.ecs.Service(
            self.child_name(_replacement_suffix(args)),
            cluster=args.cluster_arn,
            task_definition=task.arn,
            desired_count=0 if settings.pending else settings.replicas.min,
            capacity_provider_strategies=capacity(settings.spot),
            # Lets a change of the strategy roll the tasks instead of replacing the service.
            force_new_deployment=True,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=list(args.subnet_ids), security_groups=[group.id], assign_public_ip=False
            ),
            load_balancers=self._load_balancers(shift_role),
            health_check_grace_period_seconds=settings.start_period_s if args.attachments else None,
            service_registries=self._service_registry(),
            service_connect_configuration=self._service_connect(task.log_group_name),
            triggers=redeployment_triggers(args.service_connect),
            deployment_minimum_healthy_percent=min_percent,
            deployment_maximum_percent=max_percent,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
            deployment_configuration=deployment(settings.deploy),
            alarms=alarms(args.rollback_alarms, enabled=args.rollback_on_alarms),
            # Rebalancing starts a task before it stops another, which needs room above 100 percent.
            availability_zone_rebalancing="DISABLED" if self._shifts_traffic or settings.singleton else "ENABLED",
            enable_execute_command=settings.exec,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            # `up` fails when ECS rolls the deployment back. A delivery pipeline waits for its own deployments.
            wait_for_steady_state=settings.deploy.owner == "pulumi" and not settings.pending,
            opts=self._service_opts(task, shift_role),
        )

    def _service_opts(self, task: TaskDefinition, shift_role: Role | None) -> pulumi.ResourceOptions:
        args, settings = self._args, self._args.settings
        return self.child_opts(
            ignore_changes=ignored_properties(
                settings.deploy, autoscaled=settings.replicas.autoscaled, balanced=bool(args.attachments)
            ),
            depends_on=[
                *task.dependencies,
                *args.depends_on,
                *(args.service_connect.dependencies if args.service_connect else ()),
                *(resource for attachment in args.attachments for resource in attachment.dependencies),
                *(shift_role.policies if shift_role else ()),
            ],
            custom_timeouts=timeouts(settings.deploy),
        )

    @property
    def _shifts_traffic(self) -> bool:
        return self._args.settings.deploy.strategy != "rolling"

    def _shift_role(self) -> Role | None:
        """The role with which ECS shifts a load balancer's traffic; Service Connect needs none for its own."""
        if not self._shifts_traffic or not self._args.attachments:
            return None
        return Role(
            self.child_name("shift"),
            RoleArgs(
                service="ecs.amazonaws.com",
                description=f"Shifts traffic between the revisions of {self._container_name}",
                conditions=self._args.task.account.is_source_where_sent,
                managed_policies=[self._args.task.account.managed_policy(_SHIFT_POLICY)],
            ),
            opts=self.child_opts(),
        )

    def _load_balancers(self, shift_role: Role | None) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
        return [
            service_load_balancer(
                attachment,
                container_name=self._container_name,
                container_port=self._args.settings.listens_on,
                shift_role_arn=shift_role.arn if shift_role else None,
            )
            for attachment in self._args.attachments
        ] or None

    def _service_registry(self) -> aws.ecs.ServiceServiceRegistriesArgs | None:
        settings, namespace_id = self._args.settings, self._args.namespace_id
        if namespace_id is None or not settings.registered:
            return None
        return service_registry(
            self,
            # Never the name that Service Connect uses; settings make sure of it.
            dns_name=settings.dns_name or settings.discovery_name or self._container_name,
            description=f"Tasks of {self._container_name}",
            namespace_id=namespace_id,
        )

    def _service_connect(self, log_group: pulumi.Input[str]) -> aws.ecs.ServiceServiceConnectConfigurationArgs | None:
        args = self._args
        if args.service_connect is None:
            return None
        return service_connect(
            self._container_name,
            args.settings,
            args.service_connect,
            log_group=log_group,
            region=args.task.account.region,
        )

    def _autoscaling(self, service: aws.ecs.Service) -> None:
        args, settings = self._args, self._args.settings
        if not settings.replicas.autoscaled or settings.pending:
            return
        Autoscaling(
            self.child_name("scaling"),
            AutoscalingArgs(
                settings=settings.replicas,
                cluster_name=args.cluster_name,
                service_name=service.name,
                requests_per_target=args.attachments[0].requests_per_target if args.attachments else (),
                backlog=self.backlog,
            ),
            opts=self.child_opts(),
        )


def _replacement_suffix(args: ServiceArgs) -> str:
    """The end of the ECS service's logical name; where it changes, a new service replaces the old one.

    A service whose traffic ECS shifts keeps the listener rules and the port that it was created with, whatever the
    settings say later. One that waits for its first image keeps its number of tasks, zero, and `up` does not wait for
    those of its first image; so that one makes a service of any strategy anew, unless a pipeline owns the image.
    """
    settings = args.settings
    parts = []
    if settings.deploy.strategy != "rolling" and args.attachments:
        parts += ["shifted", *(attachment.entry for attachment in args.attachments), str(settings.port)]
    if settings.pending and settings.deploy.owner == "pulumi":
        parts.append("pending")
    return "-".join(parts)
