"""Refuses every connection that is not to this machine, in each Python process that tests start.

Found on PYTHONPATH, it runs before the program; an audit hook cannot be taken out again.
"""

import ipaddress
import sys
from typing import Any

_LOCAL_NAMES = {"localhost", "ip6-localhost", ""}

refused: list[str] = []
"""What this process was refused, for a program may catch the error and go on."""


class NetworkRefusedError(RuntimeError):
    """The program reached for the network."""


def _is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not _is_local(host):
        refused.append(f"{event} to {host}")
        raise NetworkRefusedError(refused[-1])


sys.addaudithook(_refuse)
