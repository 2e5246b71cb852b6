"""Address → an open socket to a public host: resolved once, checked, and dialled at what was checked."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from pipeline.edges.addresses import Address, why_not_public
from pipeline.edges.deadlines import Deadline

Resolver = Callable[[str, int], Sequence[str]]  # host, port → IP addresses as text

_CONNECT_TIMEOUT_S = 7.0  # so that another address of the host can still be tried within the deadline
_MAX_ADDRESSES = 4


class NotPublic(Exception):
    """A host has an address that must not be dialled."""


class NoAnswer(Exception):
    """A name does not resolve, or none of its addresses takes a connection."""


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The system's answers for a name, in its order."""
    return [cast(str, answer[4][0]) for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def endpoints(
    host: str, port: int, *, resolver: Resolver, private_hosts: Mapping[str, str], deadline: Deadline
) -> list[tuple[str, int]]:
    """The (IP address, port) pairs at which a host may be dialled, in the resolver's order.

    One answer that is not public spoils them all: a name with a public and a private answer is an attack, or broken.
    Nothing is asked again between this check and the connection, so that no second answer can slip in (rebinding).

    private_hosts   host → "address" or "address:port" of the hosts that a setting names
    raises          NotPublic, NoAnswer, DeadlinePassed
    """
    if named := private_hosts.get(host):
        return [named_endpoint(named, port)]
    answers = _resolve(host, port, resolver, deadline)
    if not answers:
        raise NoAnswer(f"{host} has no address")
    for answer in answers:
        if why := why_not_public(answer):
            raise NotPublic(f"{host} is at {answer}: {why}")
    return [(str(answer), port) for answer in answers[:_MAX_ADDRESSES]]


def dial(endpoints: Sequence[tuple[str, int]], deadline: Deadline) -> socket.socket:
    """A connection to the first endpoint that takes one. Raises NoAnswer, DeadlinePassed."""
    failures = []
    for address, port in endpoints:
        try:
            return socket.create_connection((address, port), timeout=min(deadline.require(), _CONNECT_TIMEOUT_S))
        except OSError as error:
            failures.append(f"{address} port {port}: {error}")
    deadline.require()
    raise NoAnswer("; ".join(failures))


def named_endpoint(named: str, port: int) -> tuple[str, int]:
    """The place that a setting names: "10.1.2.3", "10.1.2.3:8080", "fd00::7" or "[fd00::7]:8080".

    port     where the setting names none
    raises   ValueError for a name in its place: a name server would then say where a private host is
    """
    address, _, own_port = named.rpartition(":") if named.count(":") == 1 or "]:" in named else (named, "", "")
    return str(ipaddress.ip_address(address.strip("[]"))), int(own_port or port)


def _resolve(host: str, port: int, resolver: Resolver, deadline: Deadline) -> list[Address]:
    """IP addresses of a host. The system's resolver knows no deadline, so that it works on a thread of its own."""
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        pass
    answered: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answered.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answered.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answered.get(timeout=deadline.require())
    except queue.Empty:
        deadline.require()
        raise NoAnswer(f"{host} was not resolved in time") from None
    if isinstance(answer, Exception):
        raise NoAnswer(f"{host} does not resolve ({answer})") from answer
    try:
        return [ipaddress.ip_address(text) for text in dict.fromkeys(answer)]
    except ValueError as error:
        raise NotPublic(f"{host} resolves to something that is no address ({error})") from error
