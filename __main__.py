"""A home on AWS for containerised AI-agent and API backends; the stack's settings say what is in it."""

import pulumi

import settings
from wiring.backup_plan import build_backup_plan
from wiring.compute import build_compute
from wiring.context import stack_context
from wiring.data import build_data
from wiring.edge import build_edge
from wiring.key import build_key
from wiring.monitoring import build_monitoring
from wiring.networking import build_network
from wiring.outputs import resolve
from wiring.reminders import build_reminders
from wiring.rotations import build_rotations
from wiring.saved_queries import build_saved_queries
from wiring.schedules import build_schedules
from wiring.web_app import build_web_app

config = settings.load()
ctx = stack_context(config)
for hint in settings.hints(config):
    pulumi.log.warn(str(hint))

# The key that encrypts data, secrets and logs.
key = build_key(ctx, config)

# A VPC whose only public parts are the load balancer and NAT, or an existing one.
network = build_network(ctx, config, key)

# Databases, caches, buckets, queues, file systems and secrets.
data = build_data(ctx, config, network, key)

# The web app on Amplify, if there is one.
web_app = build_web_app(ctx, config, data)

# Load balancer, routes, HTTP API, distribution.
edge = build_edge(ctx, config, network, key, web_app)

# The backup plan, for what asks for it.
backup_plan = build_backup_plan(ctx, config, data)

# Cluster, services and standalone tasks, each with exactly the network paths that it needs.
compute = build_compute(ctx, config, network, data, edge)

# Tasks that EventBridge Scheduler runs.
schedules = build_schedules(ctx, config, network, data, compute)

# After the rotation of a password: a new deployment of the services that read it.
rotations = build_rotations(ctx, config, data, compute)

# Alarms, their recipients, dashboards, saved queries, reminders.
monitoring = build_monitoring(
    ctx, config, data, edge, compute, backup_plan=backup_plan, rotations=rotations, schedules=schedules
)
build_saved_queries(ctx, config, network, data, edge=edge, compute=compute)
build_reminders(ctx, config, data, monitoring)

outputs = resolve(
    config,
    network=network,
    data=data,
    edge=edge,
    compute=compute,
    schedules=schedules,
    monitoring=monitoring,
    backup_plan=backup_plan,
    web_app=web_app,
)
for name, value in outputs.items():
    pulumi.export(name, value)
