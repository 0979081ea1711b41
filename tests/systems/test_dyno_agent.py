"""System 1, dyno-agent: every line of its table, and the exact network paths."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from policy.guardrails import load_config
from preview import run
from preview.network_paths import network_paths
from preview.policies import judge
from tests.stacks import planned, varied
from tests.systems.dyno import compute, data, entry, monitoring
from tests.systems.dyno.parts import arguments, environment, files
from tests.systems.every_system import COMMON
from tests.systems.lines import Line, check, container, of, taken_out

FILE = "systems/dyno-agent.yaml"
TABLE = [
    "0.0.0.0/0 -> load-balancer:443",
    "fastapi -> main:5432",
    "grafana -> prometheus:9090",
    "grafana -> shared:2049",
    "load-balancer -> fastapi:8000",
    "load-balancer -> grafana:3000",
    "load-balancer -> prometheus:9090",
    "prometheus -> fastapi:8000",
    "prometheus -> shared:2049",
]
# Beside the table's: port 80 redirects; images, AWS's APIs and the model's are reached over NAT; migrations.
BESIDE = [
    "0.0.0.0/0 -> load-balancer:80",
    "fastapi -> 0.0.0.0/0:443",
    "grafana -> 0.0.0.0/0:443",
    "migration -> 0.0.0.0/0:443",
    "migration -> main:5432",
    "prometheus -> 0.0.0.0/0:443",
]
PATHS = sorted([*TABLE, *BESIDE])

LINES = (
    *COMMON,
    Line("network: two zones, public and private", entry.network, ("networking:Network", ":NatGateway")),
    Line(
        "network: only the entry is public",
        entry.only_the_entry_is_public,
        ("edge:LoadBalancer", "data:FileSystem", "data:Postgres", "compute:Service"),
    ),
    Line("entry: one load balancer, three paths", entry.routes, ("edge:Route", "edge:LoadBalancer")),
    Line("entry: Prometheus and Grafana from own networks only", entry.guards, ("edge:Route",)),
    Line("entry: HTTP redirects to HTTPS", entry.redirect, ("load-balancer-http",)),
    Line("compute: three services", compute.three_services, ("compute:Service", "compute:Cluster", ":Repository")),
    Line("compute: singletons on EFS", compute.singletons, ("service:Service::prometheus", "service:Service::grafana")),
    Line("compute: ECS Exec", compute.exec_everywhere, ("compute:TaskDefinition",)),
    Line(
        "compute: Prometheus",
        monitoring.prometheus_server,
        ("Route::prometheus", "TaskDefinition::prometheus-task", "ConfigFiles::prometheus-task-files"),
    ),
    Line("compute: Grafana", monitoring.grafana_server, ("Route::grafana", "TaskDefinition::grafana-task")),
    Line(
        "monitoring: Prometheus scrapes by name",
        monitoring.scrape_targets,
        ("fastapi-registry", "compute:CloudMapNamespace", "compute:ConfigFiles"),
    ),
    Line("monitoring: data source", monitoring.data_source, ("prometheus-registry", "grafana-task-files")),
    Line("monitoring: dashboards", monitoring.dashboards, ("grafana-task-files", "prometheus-task-files")),
    Line(
        "metrics: one namespace, alarms, dashboard",
        monitoring.custom_metrics,
        (
            "fastapi-task-task",
            "AlarmSet::dynoagent-production-alarms",
            "observability:Dashboard",
            "observability:Topic",
        ),
    ),
    Line("data: PostgreSQL", data.database, ("data:Postgres",)),
    Line(
        "data: EFS",
        data.file_system,
        (":FileSystem", ":BackupPolicy", ":MountTarget", ":FileSystemPolicy", "data:Key"),
    ),
    Line(
        "data: an access point each",
        data.access_points,
        ("shared-point-prometheus", "shared-point-grafana", "Role::prometheus-task-task", "Role::grafana-task-task"),
    ),
    Line(
        "secrets: containers, and who reads them",
        compute.secret_containers,
        ("data:Secret", "fastapi-task-execution", "grafana-task-execution", "migration-task-execution"),
    ),
    Line("secrets: Grafana's admin", monitoring.grafana_admin, (":RandomPassword", "grafana-admin-password")),
    Line(
        "environment",
        compute.app_environment,
        ("data:Postgres", "TaskDefinition::fastapi-task", "TaskDefinition::migration-task"),
    ),
    Line(
        "outputs",
        data.outputs,
        ("load-balancer-record-dyno-example-com", ":Repository", "data:Postgres", "networking:Network"),
    ),
    Line(
        "operations: migration",
        compute.migration,
        ("compute:StandaloneTask", "migration-task-logs", "migration-group"),
    ),
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line(line: Line) -> None:
    check(line, planned(FILE))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_line_fails_without_its_component(line: Line) -> None:
    assert taken_out(line, planned(FILE)) == []


def test_network_paths() -> None:
    for phase in planned(FILE).phases.values():
        assert [str(path) for path in network_paths(phase)] == PATHS


def test_the_strict_profile_finds_nothing_and_exempts_nothing() -> None:
    strict = load_config(run.ROOT / "policy" / "profiles" / "strict.json")
    for name, phase in judge(planned(FILE), strict).phases.items():
        report = phase.report
        assert report is not None
        assert (report.violations, report.exempted) == ((), ())
        assert name == "preview" or report.undecided == ()


def test_what_is_optional_is_switched_on_by_settings() -> None:
    def change(areas: dict[str, Any]) -> None:
        database = areas["data"]["postgres"]["main"]
        database |= {"multi_az": True, "backup_plan": True, "proxy": {}}
        areas["data"]["file_systems"]["shared"]["backup_plan"] = True
        areas["data"]["backup"] = {"keep_days": 35}
        areas["edge"]["web_acl"] = {}
        areas["compute"]["services"]["fastapi"]["replicas"] = {"min": 1, "max": 4, "cpu_percent": 60}

    plan = varied(FILE, change)
    instance = of(plan, "rds/instance:Instance")
    assert instance.inputs["multiAz"] is True
    kept = set(of(plan, "backup/selection:Selection").inputs["resources"])
    assert kept == {instance.outputs["arn"], of(plan, "efs/fileSystem:FileSystem").outputs["arn"]}
    assert of(plan, ":BackupPolicy").inputs["backupPolicy"] == {"status": "DISABLED"}
    proxy = of(plan, "rds/proxy:Proxy")
    assert proxy.inputs["requireTls"] is True
    assert f"//{proxy.outputs['endpoint']}:5432/" in environment(plan, "fastapi")["DATABASE_URL_PROD"]
    association = of(plan, ":WebAclAssociation").inputs
    assert association["resourceArn"] == of(plan, "lb/loadBalancer:LoadBalancer").outputs["arn"]
    target = of(plan, "appautoscaling/target:Target").inputs
    assert (target["minCapacity"], target["maxCapacity"]) == (1, 4)


def test_alertmanager_is_a_fourth_service_by_settings_alone() -> None:
    def change(areas: dict[str, Any]) -> None:
        services = areas["compute"]["services"]
        prometheus = services["prometheus"]
        config = yaml.safe_load(prometheus["files"]["/etc/prometheus/prometheus.yml"])
        config["alerting"] = {
            "alertmanagers": [
                {
                    "path_prefix": "/alertmanager",
                    "dns_sd_configs": [{"names": ["alertmanager.services.internal"], "type": "A", "port": 9093}],
                }
            ]
        }
        config["rule_files"] = ["/etc/prometheus/rules.yml"]
        rule = {"alert": "Down", "expr": "up == 0", "annotations": {"summary": "{{ $labels.instance }} is down"}}
        prometheus["files"] |= {
            "/etc/prometheus/prometheus.yml": yaml.safe_dump(config),
            "/etc/prometheus/rules.yml": yaml.safe_dump({"groups": [{"name": "app", "rules": [rule]}]}),
        }
        prometheus["connects_to"] = ["fastapi", "alertmanager"]
        areas["data"]["file_systems"]["shared"]["access_points"]["alertmanager"] = {"uid": 65534, "gid": 65534}
        services["alertmanager"] = {
            "image": "quay.io/prometheus/alertmanager:v0.28.1",
            "architecture": "x86_64",
            "port": 9093,
            "user": "65534:65534",
            "discovery": True,
            "command": [
                "--config.file=/etc/alertmanager/alertmanager.yml",
                "--storage.path=/alertmanager",
                "--web.route-prefix=/alertmanager",
                "--cluster.listen-address=",
            ],
            "volumes": [{"file_system": "shared", "access_point": "alertmanager", "path": "/alertmanager"}],
            "files": {"/etc/alertmanager/alertmanager.yml": "route: {receiver: none}\nreceivers: [{name: none}]\n"},
        }

    plan = varied(FILE, change)
    assert [str(path) for path in network_paths(plan.phases["deployed"])] == sorted(
        [
            *PATHS,
            "alertmanager -> 0.0.0.0/0:443",
            "alertmanager -> shared:2049",
            "prometheus -> alertmanager:9093",
        ]
    )
    config = yaml.safe_load(files(plan, "prometheus")["/etc/prometheus/prometheus.yml"])
    (manager,) = config["alerting"]["alertmanagers"]
    assert manager["path_prefix"] == arguments(plan, "alertmanager")["--web.route-prefix"]
    (found,) = manager["dns_sd_configs"]
    assert {monitoring.registered(plan)[name] for name in found["names"]} == {found["port"]}
    assert "{{ $labels.instance }}" in files(plan, "prometheus")["/etc/prometheus/rules.yml"]
    assert of(plan, "ecs/service:Service", "alertmanager").inputs["deploymentMaximumPercent"] == 100
    assert container(plan, "alertmanager")["readonlyRootFilesystem"] is True
