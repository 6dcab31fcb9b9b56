"""Which addresses a record system's name may resolve to: the client's networks, and some never. Resolves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

# `ipaddress` calls several of these global, and cloud metadata services live in others
_NEVER: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # "this host"
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, metadata 169.254.169.254
        "192.0.0.0/24",  # protocol assignments
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "::/96",  # unspecified, loopback, IPv4-compatible
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, local use
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fd00:ec2::254/128",  # metadata
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local, withdrawn
        "ff00::/8",  # multicast
    )
)


def read_network(text: str) -> Network:
    """ "10.20.0.0/16"; ValueError for anything else, host bits included."""
    return ip_network(text)


def is_allowed(text: str, networks: Sequence[Network], *, loopback: bool) -> bool:
    """Whether a connection to this address may be opened. Without `networks` only to public addresses.

    `loopback`: development, where the record system runs on the same machine.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if loopback and address.is_loopback:
        return True
    if any(address in network for network in _NEVER):
        return False
    if networks:
        return any(address in network for network in networks)
    return address.is_global and not address.is_multicast
