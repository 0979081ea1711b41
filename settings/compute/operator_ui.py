"""Recognises a user interface for operators, which must not be public."""

from __future__ import annotations

import re

from settings.compute.services import Service

__all__ = ["operator_ui"]

# Whoever reaches one of these reads a system's inner life, and with most of them changes it.
_KNOWN = frozenset(
    {
        "adminer",
        "alertmanager",
        "dozzle",
        "flower",
        "grafana",
        "jaeger",
        "kibana",
        "pgadmin",
        "pgadmin4",
        "phpmyadmin",
        "portainer",
        "prometheus",
        "pushgateway",
        "thanos",
        "victoriametrics",
    }
)
_WORDS = re.compile(r"[^a-z0-9]+")


def operator_ui(name: str, service: Service) -> str | None:
    """The image, name, path or variable of a known operators' interface; else None."""
    route = service.route
    signs = {
        f"image {service.image}": _repository(service.image or ""),
        f"name {name}": name,
        **{f"path {path}": path.lstrip("/").partition("/")[0] for path in (route.paths if route else ())},
    }
    for sign, text in signs.items():
        if _KNOWN & set(_WORDS.split(text.lower())):
            return sign
    settings = sorted(variable for variable in service.environment if variable.startswith("GF_"))
    return f"variable {settings[0]}" if settings else None


def _repository(image: str) -> str:
    """The image without its registry's host, tag and digest."""
    host, slash, rest = image.partition("@")[0].partition("/")
    path = rest if slash and ("." in host or ":" in host) else image.partition("@")[0]
    return path.partition(":")[0]
