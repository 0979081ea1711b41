"""Settings of standalone tasks."""

from __future__ import annotations

from settings.compute.workload import Workload
from settings.model import Fault
from settings.types import Name

__all__ = ["Task"]


class Task(Workload):
    """A container that is run by hand or by a deployment and ends, such as a database migration."""

    image_from: Name | None = None
    """Run the image of this service, whatever it is."""

    def _faults(self) -> list[Fault]:
        faults = []
        if (self.image is None) == (self.image_from is None):
            what = (
                "is missing, and so is image_from; write"
                if self.image is None
                else "is given together with image_from; keep"
            )
            faults.append(Fault("image", f"{what} one of them"))
        return [*faults, *self.reference_faults(), *super()._faults()]
