"""Monitoring of dyno-agent: what Prometheus scrapes and Grafana shows, read from the files that the tasks get."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import yaml

from preview.plan import Plan
from tests.systems.dyno.parts import arguments, environment, files, granted, secrets, service
from tests.systems.lines import container, document, of

__all__ = [
    "custom_metrics",
    "dashboards",
    "data_source",
    "grafana_admin",
    "grafana_server",
    "prometheus_server",
    "registered",
    "scrape_targets",
]

NAMESPACE = "DynoAgent/Production"


def registered(plan: Plan) -> dict[str, int]:
    """Every name that the plan registers in its private zone, with the port of the service behind it."""
    namespace = of(plan, ":PrivateDnsNamespace")
    assert namespace.inputs["vpc"] == of(plan, ":Vpc").id
    found = {}
    for registry in plan.phases["deployed"].of_type("aws:servicediscovery/service:Service"):
        assert registry.inputs["dnsConfig"]["namespaceId"] == namespace.id
        assert registry.inputs["dnsConfig"]["dnsRecords"] == [{"type": "A", "ttl": 10}]
        name = registry.inputs["name"]
        assert service(plan, name).inputs["serviceRegistries"] == {"registryArn": registry.outputs["arn"]}
        found[f"{name}.{namespace.inputs['name']}"] = container(plan, name)["portMappings"][0]["containerPort"]
    return found


def prometheus_server(plan: Plan) -> None:
    flags = arguments(plan, "prometheus")
    assert flags["--storage.tsdb.retention.time"] == "30d"
    assert flags["--web.external-url"] == plan.phases["deployed"].outputs["prometheus_url"]
    assert flags["--web.route-prefix"] == urlsplit(flags["--web.external-url"]).path == "/prometheus"
    group = of(plan, ":TargetGroup", "prometheus").inputs
    assert group["healthCheck"]["path"] == f"{flags['--web.route-prefix']}/-/healthy"
    assert container(plan, "prometheus")["user"] == "65534:65534"
    mounted = {mount["containerPath"]: mount["readOnly"] for mount in container(plan, "prometheus")["mountPoints"]}
    assert mounted[flags["--storage.tsdb.path"]] is False
    assert flags["--config.file"] in files(plan, "prometheus")


def scrape_targets(plan: Plan) -> None:
    config = yaml.safe_load(files(plan, "prometheus")["/etc/prometheus/prometheus.yml"])
    jobs: dict[str, Any] = {job["job_name"]: job for job in config["scrape_configs"]}
    app = jobs["fastapi"]["dns_sd_configs"]
    assert [(one["names"], one["type"]) for one in app] == [(["fastapi.services.internal"], "A")]
    for target in app:
        assert {registered(plan)[name] for name in target["names"]} == {target["port"]}
    prefix = arguments(plan, "prometheus")["--web.route-prefix"]
    assert jobs["prometheus"]["metrics_path"] == f"{prefix}/metrics"
    port = container(plan, "prometheus")["portMappings"][0]["containerPort"]
    assert jobs["prometheus"]["static_configs"] == [{"targets": [f"localhost:{port}"]}]


def grafana_server(plan: Plan) -> None:
    made = environment(plan, "grafana")
    assert made["GF_SERVER_ROOT_URL"] == f"{plan.phases['deployed'].outputs['grafana_url']}/"
    assert made["GF_SERVER_SERVE_FROM_SUB_PATH"] == "true"
    prefix = urlsplit(made["GF_SERVER_ROOT_URL"]).path.rstrip("/")
    assert of(plan, ":TargetGroup", "grafana").inputs["healthCheck"]["path"] == f"{prefix}/api/health"
    assert container(plan, "grafana")["user"] == "472:0"
    mounted = {mount["containerPath"]: mount["readOnly"] for mount in container(plan, "grafana")["mountPoints"]}
    assert mounted["/var/lib/grafana"] is False
    assert "/tmp" in {mount["containerPath"] for mount in container(plan, "grafana")["linuxParameters"]["tmpfs"]}


def grafana_admin(plan: Plan) -> None:
    made = environment(plan, "grafana")
    assert (made["GF_AUTH_ANONYMOUS_ENABLED"], made["GF_USERS_ALLOW_SIGN_UP"]) == ("false", "false")
    version = of(plan, ":SecretVersion", "grafana-admin-password-value")
    assert secrets(plan, "grafana")["GF_SECURITY_ADMIN_PASSWORD"] == version.inputs["secretId"]
    password = of(plan, ":RandomPassword").outputs["result"]
    assert version.inputs["secretString"] == password
    assert password not in json.dumps(plan.to_json())


def data_source(plan: Plan) -> None:
    config = yaml.safe_load(files(plan, "grafana")["/etc/grafana/provisioning/datasources/prometheus.yml"])
    (source,) = config["datasources"]
    url = urlsplit(source["url"])
    assert (source["type"], source["access"], source["isDefault"]) == ("prometheus", "proxy", True)
    assert registered(plan)[url.hostname or ""] == url.port
    assert url.path == arguments(plan, "prometheus")["--web.route-prefix"]


def dashboards(plan: Plan) -> None:
    made = files(plan, "grafana")
    (provider,) = yaml.safe_load(made["/etc/grafana/provisioning/dashboards/dyno-agent.yml"])["providers"]
    boards = [json.loads(text) for path, text in made.items() if path.startswith(f"{provider['options']['path']}/")]
    assert [board["uid"] for board in boards] == ["dyno-agent"]
    (source,) = yaml.safe_load(made["/etc/grafana/provisioning/datasources/prometheus.yml"])["datasources"]
    jobs = yaml.safe_load(files(plan, "prometheus")["/etc/prometheus/prometheus.yml"])["scrape_configs"]
    for panel in boards[0]["panels"]:
        assert panel["datasource"]["uid"] == source["uid"]
        assert panel["targets"]
        for target in panel["targets"]:
            assert any(f'job="{job["job_name"]}"' in target["expr"] for job in jobs), target["expr"]


def custom_metrics(plan: Plan) -> None:
    (statement,) = granted(plan, "fastapi-task-task", "cloudwatch:PutMetricData")
    assert statement["Condition"] == {"StringEquals": {"cloudwatch:namespace": NAMESPACE}}
    alarms = [r.inputs for r in plan.phases["deployed"].of_type("aws:cloudwatch/metricAlarm:MetricAlarm")]
    watched = {alarm["metricName"]: alarm for alarm in alarms if alarm.get("namespace") == NAMESPACE}
    assert set(watched) == {"AllocationFailures", "SLABreaches"}
    topic = of(plan, ":Topic").id
    assert all(alarm["alarmActions"] == [topic] for alarm in watched.values())
    widgets = document(of(plan, ":Dashboard"), "dashboardBody")["widgets"]
    shown = {metric[1] for w in widgets for metric in w["properties"].get("metrics", []) if metric[0] == NAMESPACE}
    assert shown == {"AllocationRequests", "AllocationFailures", "SLABreaches"}
