"""What the network in the VPC leads to: databases, their proxies, Redis stores."""

from __future__ import annotations

from typing import Protocol

from components.values import Injection, Peer
from settings.compute.connects_to import Connect

__all__ = ["Server"]


class Server(Protocol):
    """A store that listens on a port."""

    @property
    def peer(self) -> Peer:
        """Where clients connect."""
        ...

    def injection(self, connect: Connect) -> Injection:
        """What a container needs for the connection."""
        ...
