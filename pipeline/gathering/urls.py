"""Addresses as sources spell them → one address for one article, and whose it is. Data: seeds/tracking_parameters.csv.

courlan does not do this here: it drops query keys without a value ("/story.asp?12345") and keys such as `uid`, `cid`
and `ref` wherever they stand, and so gives two articles one address. A tracking parameter too many makes a duplicate,
which the comparison of texts finds; an article too few is never found. Only what a seed row names is dropped.
"""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from tld import get_fld

from pipeline.gathering.web_address import WebAddress

_MAX_LENGTH = 4_000
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = "/%:@!$&'()*+,;=~-._?[]|"
# How content systems mark the AMP page of an article within its path.
_UNUSUAL = re.compile(r"[^A-Za-z0-9/_~.-]|/\.")  # anything else in a path is spelt in one way only
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp)$|(?<=\.)amp\.(?=html?$)|^/amp(?=/.)", re.IGNORECASE)
_MOBILE_LABEL = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|stm)$", re.IGNORECASE)
_MAX_UNWRAPPED = 3
_MAX_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What of an address is not the article's. Every row of the data has its reason beside it."""

    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # site or "*" → patterns, lower case
    wrappers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # site or host → parameters with the address
    hosts: Mapping[str, str] = field(default_factory=dict)  # host → the host of the same articles
    amp_hosts: tuple[str, ...] = ()  # caches that carry the address in their path

    @classmethod
    def read(cls, rows: Iterable[str]) -> AddressRules:
        """Rules from the lines of a CSV file with the columns kind, host, pattern, reason. Raises ValueError."""
        parameters: dict[str, list[str]] = {}
        wrappers: dict[str, list[str]] = {}
        hosts, amp_hosts = {}, []
        for number, row in enumerate(csv.DictReader(rows, strict=True), start=2):
            match row:
                case {"kind": "parameter", "host": host, "pattern": pattern}:
                    parameters.setdefault(host, []).append(pattern.lower())
                case {"kind": "wrapper", "host": host, "pattern": pattern}:
                    wrappers.setdefault(host, []).append(pattern)
                case {"kind": "mobile_host", "pattern": pattern} if "=" in pattern:
                    mobile, _, usual = pattern.partition("=")
                    hosts[mobile] = usual
                case {"kind": "amp_host", "pattern": pattern}:
                    amp_hosts.append(pattern)
                case _:
                    raise ValueError(f"line {number}: expected parameter, wrapper, mobile_host or amp_host, got {row}")
        return cls(
            {host: tuple(patterns) for host, patterns in parameters.items()},
            {host: tuple(names) for host, names in wrappers.items()},
            hosts,
            tuple(amp_hosts),
        )


def canonicalise(url: str, rules: AddressRules) -> str | None:
    """The address of the article that this address leads to, to be stored, shown and fetched; None if it is not http.

    Tracking, AMP, mobile hosts, wrappers, fragments and default ports are taken away; host and percent-encoding get
    one spelling. Scheme, path and the order of what remains stay, because servers may tell them apart. Doing it twice
    changes nothing.
    """
    try:
        parts = urlsplit(url.strip())
        for _ in range(_MAX_UNWRAPPED):
            if (inner := _unwrapped(parts, rules)) is None:
                break
            parts = urlsplit(inner)
        host, port = _host_and_port(parts.scheme, parts.netloc)
    except ValueError:
        return None
    host = rules.hosts.get(host, host)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc += f":{port}"
    path = _AMP_PATH.sub("", _normal_path(parts.path)) or "/"
    query = parts.query
    if query:
        query = "&".join(piece for piece in query.split("&") if piece and not _is_tracking(piece, host, rules))
        query = quote(_normal_percent(query), safe=_QUERY_SAFE)
    canonical = urlunsplit((parts.scheme, netloc, path, query, ""))
    return canonical if len(canonical) <= _MAX_LENGTH else None


def address_key(canonical: str) -> str:
    """What two addresses of one article share: no scheme, no www., m. or amp., no closing slash, parameters in order.

    For comparing only; it is no address.
    """
    parts = urlsplit(canonical)
    host = _MOBILE_LABEL.sub("", parts.netloc)
    path = _INDEX.sub("", parts.path).rstrip("/")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def declared_canonical(url: str, declared: str | None, rules: AddressRules) -> str | None:
    """The address that a page gives for itself (rel=canonical, og:url), if it can be believed; else None.

    Believed on the same site only, and not when it is the site's front page: content systems print that on every page
    that they have no better idea for. A canonical address on another site names the outlet of the text, not the page:
    see `origin_of`.
    """
    canonical = _declared(url, declared, rules)
    if canonical is None or site_of(canonical) != site_of(url):
        return None
    return canonical if urlsplit(canonical).path != "/" or urlsplit(url).path in ("", "/") else None


def origin_of(url: str, declared: str | None, rules: AddressRules) -> str | None:
    """The address on another site that a page declares as its original: where the outlet of the text published it."""
    canonical = _declared(url, declared, rules)
    if canonical is None or site_of(canonical) == site_of(url) or urlsplit(canonical).path == "/":
        return None
    return canonical


def site_of(url: str) -> str:
    """The registered domain of an address ("bbc.co.uk"), by the public suffix list; else the host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return url
    if found := get_fld(f"https://{host}/", fail_silently=True):
        return found
    return host if host.replace(".", "").isdecimal() or ":" in host else ".".join(host.split(".")[-2:])


@lru_cache(maxsize=4_096)
def _host_and_port(scheme: str, netloc: str) -> tuple[str, int | None]:
    """Host in ASCII and the port if it is not the scheme's own. Raises ValueError for what no request can go to."""
    address = WebAddress.parse(f"{scheme}://{netloc}/")
    return address.host.rstrip("."), None if address.port == {"http": 80, "https": 443}[scheme] else address.port


def _declared(url: str, declared: str | None, rules: AddressRules) -> str | None:
    try:
        return canonicalise(urljoin(url, declared.strip()), rules) if declared else None
    except ValueError:
        return None


def _unwrapped(parts: SplitResult, rules: AddressRules) -> str | None:
    """The address inside a wrapper's address; None when it is no wrapper."""
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("google.com", "google.co.uk") and parts.path.startswith("/amp/"):
        return _from_cache_path(parts)
    if host.endswith(rules.amp_hosts):
        return _from_cache_path(parts)
    for start in _label_starts(host) if parts.query else ():
        if names := rules.wrappers.get(host[start:]):
            given = dict(parse_qsl(parts.query)) if parts.query.count("&") < _MAX_PARAMETERS else {}
            return next(
                (given[name] for name in names if given.get(name, "").startswith(("http://", "https://"))), None
            )
    return None


def _label_starts(host: str) -> list[int]:
    """Where the labels of a host begin: of "a.b.example" 0, 2 and 4."""
    return [0, *(place + 1 for place, character in enumerate(host) if character == ".")]


def _from_cache_path(parts: SplitResult) -> str | None:
    """ "/c/s/www.x.example/story" or "/amp/s/www.x.example/story": s is for https."""
    secure, _, rest = parts.path.lstrip("/").partition("/")[2].partition("/")
    if secure != "s":
        secure, rest = "", parts.path.lstrip("/").partition("/")[2]
    return f"{'https' if secure else 'http'}://{rest}" + (f"?{parts.query}" if parts.query else "") if rest else None


def _is_tracking(piece: str, host: str, rules: AddressRules) -> bool:
    name = unquote(piece.partition("=")[0]).lower()
    own = (rules.parameters.get(host[start:], ()) for start in _label_starts(host))
    return any(fnmatchcase(name, pattern) for patterns in (rules.parameters.get("*", ()), *own) for pattern in patterns)


def _normal_path(path: str) -> str:
    if path and not _UNUSUAL.search(path):
        return path
    path = quote(_normal_percent(path), safe=_PATH_SAFE)
    if "/." in path:
        closing = "/" if path.endswith(("/", "/.", "/..")) else ""
        path = posixpath.normpath(path).replace("//", "/").rstrip("/") + closing
    return path or "/"


def _normal_percent(text: str) -> str:
    """%7e → ~, %2f → %2F: one spelling for each character."""

    def spelt(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else f"%{found[1].upper()}"

    return _PERCENT.sub(spelt, text)
