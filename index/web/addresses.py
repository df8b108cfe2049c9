"""Which addresses on the network may be connected to."""

import ipaddress
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressPolicy = Callable[[Address], bool]
"""Tells whether a connection to this address is allowed."""

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")
"""Of 6to4."""

_EXAMPLES = ipaddress.IPv6Network("3fff::/20")
"""Of documents. Python 3.11 does not know them yet."""


def is_public(address: Address) -> bool:
    """Tells whether an address is one of the public internet, and no way into a private network.

    An IPv4 address that is written as an IPv6 one is judged by what it leads to; the other
    tunnels (6to4, Teredo) are refused.
    """
    if isinstance(address, ipaddress.IPv4Address):
        special = address.is_multicast or address.is_reserved or address in _RELAYS
        return address.is_global and not special
    if address.ipv4_mapped or address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.sixtofour or address.teredo or address in _EXAMPLES:
        return False
    return address in _GLOBAL_UNICAST and address.is_global
