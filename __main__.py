"""A home on AWS for containerised AI-agent and API backends; the stack's settings say what is in it."""

import pulumi

import settings
from wiring.backups import backups
from wiring.entry import entry
from wiring.outputs import resolve
from wiring.queries import queries
from wiring.reminders import reminders
from wiring.rotations import rotations
from wiring.schedules import schedules
from wiring.services import services
from wiring.site import site
from wiring.stores import stores
from wiring.vpc import vpc
from wiring.watch import watch
from wiring.web_app import web_app

config = settings.load()
here = site(config)

# Where everything stands: a VPC whose only public parts are the load balancer and NAT, or an existing one.
network = vpc(here, config)

# What is kept: one key, databases and secrets.
kept = stores(here, config, network)

# What people see: the web app, if Amplify serves one.
shown = web_app(here, config, kept)

# The way in: load balancer, routes, HTTP API, distribution.
way_in = entry(here, config, network, shown)

# What is kept twice, daily.
saved = backups(here, config, kept)

# What runs: cluster and services, each with exactly the network paths that it needs.
running = services(here, config, network, kept, way_in)

# What runs by the clock.
timed = schedules(here, config, network, kept, running)

# What follows when a password is rotated: the services that read it start anew.
rotated = rotations(here, config, kept, running)

# Who looks after it: alarms, their recipients, dashboards, saved queries.
eyes = watch(here, config, kept, way_in, running, rotated=rotated, timed=timed)
queries(here, config, network, kept, entry=way_in, services=running)
reminders(here, config, kept, eyes)

values = resolve(
    network=network,
    stores=kept,
    entry=way_in,
    services=running,
    timed=timed,
    watch=eyes,
    backup=saved,
    amplify=shown,
)
for name, reference in config.outputs.items():
    pulumi.export(name, values[reference])
