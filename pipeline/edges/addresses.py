"""IP address → may it be dialled? Everything that is not plainly the public Internet is refused.

Python's `is_global` alone will not do: it says yes to 64:ff9b::/96 (NAT64), fec0::/10, ::/96, multicast and
168.63.129.16, and before 3.13 to 2002::/16 (6to4), each of which can lead to a private network. IPv6 is therefore
read the other way round: only 2000::/3 has ever been given out, and of that the ranges below are left out.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA special-purpose registries (RFC 6890 and its updates), multicast, and what clouds use beside them.
_REFUSED = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's host service",
    "169.254.0.0/16": "link-local, where clouds keep credentials",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "multicast relay",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "2001::/23": "protocol assignments, Teredo among them",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4, which wraps any IPv4 address",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
}
_NETWORKS = tuple((ipaddress.ip_network(network), why) for network, why in _REFUSED.items())
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")


def why_not_public(address: Address) -> str | None:
    """Why this address must not be dialled, in a few words; None for a public one.

    IPv6 addresses that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP on link-local) are
    refused whatever they carry: no public outlet is reached by one, every attack collection is.
    """
    if isinstance(address, ipaddress.IPv6Address) and address not in _GIVEN_OUT:
        return "outside of 2000::/3"
    for network, why in _NETWORKS:
        if address.version == network.version and address in network:
            return why
    return None if address.is_global else "not global"
