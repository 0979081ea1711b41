"""A directory that outlives the task."""

from __future__ import annotations

from settings.model import Model
from settings.types import Name, WritablePath

__all__ = ["Volume"]


class Volume(Model):
    """An access point of a file system, mounted into the container. A service that writes it runs one task only."""

    file_system: Name
    """The file system, of `data.file_systems`."""
    access_point: Name
    """Its access point, which sets the directory, its owner and the user for all reads and writes."""
    path: WritablePath
    """Where the container finds it."""
    read_only: bool = False
    """Mount it without the right to write; then the service may run more than one task."""

    @property
    def name(self) -> str:
        """The volume's name in the task definition."""
        return f"{self.file_system}-{self.access_point}"
