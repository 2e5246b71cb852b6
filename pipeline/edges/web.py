"""Address → response, from the open web and from nowhere else.

No Python client has a total deadline, withstands private addresses, slow bodies and bombs, and notices a truncated
body; so urllib3 speaks HTTP here over sockets that we open ourselves:

- the name is resolved once, every answer must be public, and one of those very answers is dialled; so on each hop
- one deadline covers names, connections, redirects and bodies (deadlines.py)
- bodies are read raw up to a limit and decoded by us (content_coding.py); headers have http.client's limits
- TLS is always verified, proxies of the environment are never asked, no cookie and no credential is ever sent
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

import urllib3.connection
import urllib3.exceptions

from pipeline.edges.deadlines import Deadline, DeadlinePassed
from pipeline.edges.dialling import NoAnswer, NotPublic, Resolver, dial, endpoints, resolve_by_system
from pipeline.gathering.content_coding import Undecoded, decode_body
from pipeline.gathering.web_address import WebAddress
from pipeline.model import Reason, Rejection

BeforeHop = Callable[[str], Rejection | None]  # asked before each request: waits for its turn, may refuse the address

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_WITH_BODY = frozenset({200, 203})  # bodies of errors and redirects are not read at all
_MAX_REDIRECTS = 5  # what RFC 9309 grants robots.txt
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise its answer by. Sent back byte for byte as it came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The last answer to a request: 200 or 203 with its body, 304 or an error status without one."""

    url: str  # as asked
    final_url: str  # after redirects
    moved_to: str | None  # where permanent redirects (301, 308) alone led; None without any
    status: int
    status_words: str
    headers: tuple[tuple[str, str], ...]
    raw_body: bytes  # transfer coding removed, content coding as it came
    body: bytes  # decoded
    fetched_at: datetime
    ip_address: str  # what was dialled

    def header(self, name: str) -> str | None:
        """The first header of that name, case ignored."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def validators(self) -> Validators:
        """ETag and Last-Modified of this answer."""
        return Validators(self.header("ETag"), self.header("Last-Modified"))


class _Fault(Exception):
    """Ends one request; it leaves this module as a Rejection."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class _OpenedHTTP(urllib3.connection.HTTPConnection):
    """HTTP over a socket that is already open: the library never resolves a name."""

    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


class _OpenedHTTPS(urllib3.connection.HTTPSConnection):
    """HTTPS over a socket that is already open; the certificate must be that of the host name in the address."""

    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


@dataclass(frozen=True, kw_only=True)
class Web:
    """The open web as one function, `get`. Threads may share it.

    private_hosts   host name → the address ("10.1.2.3" or "10.1.2.3:8080") at which it is dialled. The only hosts
                    that may be private: an intranet feed is named by a setting, never by what a name server says
    """

    user_agent: str
    deadline_s: float = 20.0
    private_hosts: Mapping[str, str] = field(default_factory=dict)
    resolver: Resolver = resolve_by_system
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def get(
        self,
        url: str,
        *,
        max_bytes: int,
        accept: str = "*/*",
        validators: Validators = Validators(),
        before_hop: BeforeHop = lambda url: None,
    ) -> Response | Rejection:
        """The answer to a GET after at most five redirects, or why there is none. Ends by the deadline.

        max_bytes    limit of the body, as it came and decoded
        before_hop   called with the address of every hop, before its name is resolved; its time is not counted
        """
        deadline = Deadline(self.deadline_s)
        headers = {"User-Agent": self.user_agent, "Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}
        if validators.etag is not None:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified is not None:
            headers["If-Modified-Since"] = validators.last_modified
        at, moved_to, all_permanent = url, None, True
        try:
            for _ in range(_MAX_REDIRECTS + 1):
                with deadline.paused():
                    refused = before_hop(at)
                if refused is not None:
                    return Rejection(url, refused.reason, refused.detail)
                response = self._exchange(url, at, headers, max_bytes, moved_to, deadline)
                location = response.header("Location")
                if response.status not in _REDIRECTS or location is None:
                    return response
                at = _next_hop(at, location)
                all_permanent = all_permanent and response.status in _PERMANENT
                moved_to = at if all_permanent else moved_to
        except _Fault as fault:
            return Rejection(url, fault.reason, str(fault))
        return Rejection(url, Reason.TOO_MANY_REDIRECTS, f"more than {_MAX_REDIRECTS}, the last to {at[:200]}")

    def _exchange(
        self, asked: str, url: str, headers: Mapping[str, str], max_bytes: int, moved_to: str | None, deadline: Deadline
    ) -> Response:
        """One request over one connection. Whatever a hostile answer makes the libraries raise becomes a fault."""
        try:
            address = _parsed(url)
            places = endpoints(
                address.host,
                address.port,
                resolver=self.resolver,
                private_hosts=self.private_hosts,
                deadline=deadline,
            )
            with dial(places, deadline) as opened, deadline.guarding(opened):
                ip_address = str(opened.getpeername()[0])
                connection = self._connection(address, opened, deadline)
                try:
                    connection.request("GET", address.target, headers=headers, preload_content=False)
                    with contextlib.closing(connection.getresponse()) as answer:
                        raw = _read(answer, max_bytes) if answer.status in _WITH_BODY else b""
                finally:
                    connection.close()
                deadline.require()
        except Exception as error:
            raise _fault(error, deadline) from error
        body = decode_body(raw, answer.headers.get("Content-Encoding", ""), max_bytes=max_bytes)
        if isinstance(body, Undecoded):
            raise _Fault(body.reason, body.detail)
        return Response(
            url=asked,
            final_url=url,
            moved_to=moved_to,
            status=answer.status,
            status_words=answer.reason or "",
            headers=tuple(answer.headers.iteritems()),
            raw_body=raw,
            body=body,
            fetched_at=self.clock(),
            ip_address=ip_address,
        )

    def _connection(
        self, address: WebAddress, opened: socket.socket, deadline: Deadline
    ) -> urllib3.connection.HTTPConnection:
        timeout = deadline.require()
        connection: _OpenedHTTP | _OpenedHTTPS
        if address.scheme == "https":
            connection = _OpenedHTTPS(address.host, address.port, timeout=timeout, ssl_context=self.tls)
        else:
            connection = _OpenedHTTP(address.host, address.port, timeout=timeout)
        connection.opened = opened
        return connection


def _parsed(url: str) -> WebAddress:
    try:
        return WebAddress.parse(url)
    except ValueError as error:
        raise _Fault(Reason.BAD_ADDRESS, str(error)[:300]) from error


def _read(answer: urllib3.response.BaseHTTPResponse, max_bytes: int) -> bytes:
    """The raw body. http.client removes the chunked coding: unlike urllib3's stream() it limits the chunk lines."""
    announced = answer.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced[:20]) > max_bytes:
        raise _Fault(Reason.TOO_LARGE, f"{announced[:20]} bytes announced; at most {max_bytes} are read")
    raw = bytearray()
    while chunk := answer.read(_CHUNK, decode_content=False):
        raw += chunk
        if len(raw) > max_bytes:
            raise _Fault(Reason.TOO_LARGE, f"more than {max_bytes} bytes")
    if not raw and not {"content-length", "transfer-encoding"} & {name.lower() for name in answer.headers}:
        raise _Fault(Reason.INCOMPLETE, "the answer ends before its body, perhaps within its headers")
    return bytes(raw)


def _next_hop(at: str, location: str) -> str:
    """Where a Location header leads. Its bytes are UTF-8 where that reads well (http.client takes them for Latin-1)."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(at, location.strip()).partition("#")[0]
    except ValueError as error:
        raise _Fault(Reason.BAD_ADDRESS, f"redirected to {location[:200]!r}: {error}") from error


def _fault(error: Exception, deadline: Deadline) -> _Fault:
    """What an error of any layer below means for the request."""
    try:
        deadline.require()
    except DeadlinePassed as passed:
        return _Fault(Reason.DEADLINE, str(passed))
    detail = f"{type(error).__name__}: {error}"[:300]
    match error:
        case _Fault():
            return error
        case NotPublic():
            return _Fault(Reason.PRIVATE_ADDRESS, str(error))
        case NoAnswer():
            return _Fault(Reason.UNREACHABLE, str(error))
        case ssl.SSLError() | urllib3.exceptions.SSLError():
            return _Fault(Reason.TLS_FAILED, detail)
        case http.client.IncompleteRead() | urllib3.exceptions.IncompleteRead() | urllib3.exceptions.ProtocolError():
            return _Fault(Reason.INCOMPLETE, detail)
        case TimeoutError() | urllib3.exceptions.TimeoutError():
            return _Fault(Reason.DEADLINE, detail)
        case http.client.HTTPException() if not isinstance(error, OSError):
            return _Fault(Reason.BAD_RESPONSE, detail)
        case OSError():
            return _Fault(Reason.UNREACHABLE, detail)
        case _:
            return _Fault(Reason.BAD_RESPONSE, detail)
