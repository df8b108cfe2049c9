"""Refuses every connection that is not to this machine, in each Python process that tests start.

Found on PYTHONPATH, it runs before the program. It is no audit hook: one in Python lets threads
change places while they install coverage's trace function, of which Python 3.11 lets one die.
"""

import ipaddress
import socket
from functools import wraps

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


def _refuse(call: str, host: str | bytes | None) -> None:
    if not _is_local(host):
        refused.append(f"{call} of {host!r}")
        raise NetworkRefusedError(refused[-1])


def _guard_names() -> None:
    resolve = socket.getaddrinfo

    @wraps(resolve)
    def guarded(host: str | bytes | None, *arguments: object, **options: object) -> object:
        _refuse("getaddrinfo", host)
        return resolve(host, *arguments, **options)  # type: ignore[arg-type]

    socket.getaddrinfo = guarded  # type: ignore[assignment]


def _guard_addresses(method: str) -> None:
    reach = getattr(socket.socket, method)

    @wraps(reach)
    def guarded(self: socket.socket, *arguments: object) -> object:
        match arguments[-1]:
            case (str() as host, *_):
                _refuse(method, host)
        return reach(self, *arguments)

    setattr(socket.socket, method, guarded)


_guard_names()
for _method in ("connect", "connect_ex", "sendto"):
    _guard_addresses(_method)
