"""Starts a stand-in for each plugin that the engine starts, all in one process, which is warm."""

from __future__ import annotations

import json
import socketserver
import stat
import sys
import threading
from contextlib import suppress
from pathlib import Path

from tests.engine.plugins.orders import Orders
from tests.engine.plugins.server import running

__all__ = ["PACKAGES", "Hub", "launchers"]

PACKAGES = ("aws", "awsx", "random", "docker", "docker-build")

# The engine runs this as `pulumi-resource-<package>`: it asks the hub for a server of its own, tells the
# engine its port, and ends when the engine ends it, or is gone itself.
# The first lines start Python through the shell, since a path with spaces cannot stand behind `#!`.
_LAUNCHER = """#!/bin/sh
'''exec' "{python}" -IS "$0" "$@"
' '''
import json, os, socket
hub = socket.create_connection(("127.0.0.1", {port}))
orders = {{key: value for key, value in os.environ.items() if key.startswith("STAND_IN_")}}
hub.sendall(json.dumps({{"package": "{package}", "orders": orders}}).encode() + b"\\n")
hub.settimeout(0.5)
print(hub.recv(16).decode().strip(), flush=True)
parent = os.getppid()
while os.getppid() == parent:
    try:
        hub.recv(1)
        break
    except TimeoutError:
        pass
"""


class _Plugin(socketserver.StreamRequestHandler):
    """One connection is one plugin process: its server lives as long as the launcher."""

    def handle(self) -> None:
        wanted = json.loads(self.rfile.readline())
        with running(wanted["package"], Orders.given(wanted["orders"])) as port, suppress(OSError):
            self.wfile.write(f"{port}\n".encode())
            self.rfile.read(1)


class Hub(socketserver.ThreadingTCPServer):
    """Listens for launchers on a port of its own."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Plugin)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        """The port that the launchers connect to."""
        return self.server_address[1]


def launchers(folder: Path, hub: Hub) -> None:
    """Write `pulumi-resource-…` scripts into `folder`, which belongs on the CLI's PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        script = folder / f"pulumi-resource-{package}"
        script.write_text(_LAUNCHER.format(python=sys.executable, port=hub.port, package=package))
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
