"""Ports of this machine for servers that tests start."""

import socket

from ui.settings import HOST


def free_port() -> int:
    """Returns one on which nothing listens."""
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
    return port
