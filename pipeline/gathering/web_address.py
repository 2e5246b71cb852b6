"""Address as text → host, port and request target, read one way only."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_MAX_LENGTH = 4_000
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*{_LABEL}\.?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address apart."""

    scheme: str
    host: str  # ASCII, lower case; an IP address without brackets
    port: int
    target: str  # path and query as they are sent, percent-encoded

    @classmethod
    def parse(cls, url: str) -> WebAddress:
        """Raises ValueError with what is wrong with the address.

        Spellings that two readers take for different hosts are refused and not mended: backslashes, white space, user
        names, percent signs in the host, numbers that are no dotted quad (0x7f.1, 2130706433, ①②⑦.⓪.⓪.①).
        """
        if len(url) > _MAX_LENGTH:
            raise ValueError(f"an address of {len(url)} characters; at most {_MAX_LENGTH} are read")
        if _UNSAFE.search(url):
            raise ValueError(f"{url[:200]!r} holds white space, a control character or a backslash")
        parts = urlsplit(url)
        if parts.scheme not in _PORTS:
            raise ValueError(f"scheme {parts.scheme[:20]!r} in {url[:200]!r}; http and https are fetched")
        if "@" in parts.netloc:
            raise ValueError(f"a user name before the host {(parts.hostname or '')[:100]!r}; none is ever sent")
        port = parts.port if parts.port is not None else _PORTS[parts.scheme]
        if port < 1024 and port not in _PORTS.values():
            raise ValueError(f"port {port} belongs to another protocol")
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
        return cls(parts.scheme, _ascii_host(parts.hostname or ""), port, f"{path}?{query}" if query else path)


def _ascii_host(name: str) -> str:
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    try:
        host = name.lower() if name.isascii() else name[:253].encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(f"{name[:100]!r} is no host name") from error
    if not _HOST.fullmatch(host):
        raise ValueError(f"{name[:100]!r} is no host name")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return str(ipaddress.IPv4Address(host))
    return host
