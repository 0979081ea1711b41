"""`observability.custom_metrics`: namespaces, and the services that publish in them."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.names import nearest
from settings.observability.custom_metrics import alike
from settings.rules.registry import reads, service_key
from settings.stack import Settings


@reads("observability")
def _namespaces(settings: Settings) -> Iterator[Fault]:
    yield from alike("observability.custom_metrics", settings.observability.custom_metrics)


@reads("compute", "observability")
def _published(settings: Settings) -> Iterator[Fault]:
    declared = list(settings.observability.custom_metrics)
    for name, service in settings.compute.services.items():
        if service.publishes is None or service.publishes in declared:
            continue
        guess = nearest(service.publishes, declared)
        yield Fault(
            service_key(name, "publishes"),
            f"{service.publishes} is not in observability.custom_metrics; "
            + (f"did you mean {guess}?" if guess else f"add it there, if only as `{service.publishes}: {{}}`"),
        )
