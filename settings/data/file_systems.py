"""Settings of file systems."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from settings.form import matches
from settings.model import Fault, Model, refuse
from settings.types import Name, WritablePath

__all__ = ["AccessPoint", "FileSystem"]

# UpdateFileSystem accepts no more; the highest value of a region may be lower.
HIGHEST_MIB_S = 3414


DirectoryMode = Annotated[
    str,
    matches(
        r"0?[0-7]{3}", 'is not a mode of a directory; write octal digits in quotes, such as "0750"', in_schema=True
    ),
]


def _throughput(value: Any) -> Any:
    if value == "elastic":
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("is neither elastic nor a whole number of MiB/s; write elastic or a number such as 20")
    if not 1 <= value <= HIGHEST_MIB_S:
        raise ValueError(f"is not a throughput that EFS provisions (1 to {HIGHEST_MIB_S} MiB/s); write elastic or 20")
    return value


class AccessPoint(Model):
    """A directory of a file system, with the one user for all reads and writes through it."""

    uid: Annotated[int, Field(ge=0, le=4294967295)]
    """User id, which owns the directory. Changing it replaces the access point; files keep their owner."""
    gid: Annotated[int, Field(ge=0, le=4294967295)]
    """Group id. Changing it replaces the access point; files keep their group."""
    permissions: DirectoryMode = "0750"
    """Mode of the directory when it is made, as text in octal digits. Changing it replaces the access point, and
    leaves a directory that exists as it is."""
    path: Annotated[WritablePath, StringConstraints(max_length=100)] | None = None
    """The directory, made at the first mount; by default the access point's name. Changing it replaces the access
    point; the files stay in the old directory."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.path is not None and self.path.count("/") > 4:
            refuse([Fault("path", f"{self.path} has more than the four levels that EFS creates; shorten it")])
        return self


class FileSystem(Model):
    """An EFS file system: encrypted, in isolated subnets, one mount target a zone; about 0.30 USD a GB and month."""

    throughput: Annotated[
        Literal["elastic"] | int, BeforeValidator(_throughput, json_schema_input_type=Literal["elastic"] | int)
    ] = "elastic"
    """`elastic` bills what is read (0.03 USD a GB) and written (0.06); a number provisions so many MiB/s, about
    6 USD each a month (20 cost about 120). EFS lowers a provisioned value once in 24 hours only."""
    ia_after_days: Literal[1, 7, 14, 30, 60, 90, 180, 270, 365] | None = 30
    """Days without access after which a file moves to Infrequent Access (0.016 USD a GB and month); it comes back
    when it is read. `null` moves none."""
    backup: bool | None = None
    """Daily backups by EFS itself, kept for 35 days, about 0.05 USD a GB and month; by default on, unless it is in the
    backup plan."""
    backup_plan: bool = False
    """In the stack's backup plan (`data.backup`), whose recovery points outlive the file system."""
    access_points: Annotated[dict[Name, AccessPoint], Field(min_length=1, max_length=100)]
    """Access points by name; all mounts use one of them."""

    @property
    def own_backup(self) -> bool:
        """Whether EFS's automatic backups are on."""
        return not self.backup_plan if self.backup is None else self.backup
