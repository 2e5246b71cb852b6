"""When may a host, or a feed, be asked again? Pure: the clock is an argument."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.gathering.web_address import WebAddress

# RFC 9309 gives no rate; one request a second is what large crawlers keep to with hosts that state none.
SECONDS_BETWEEN_REQUESTS = 1.0
# A site may ask for more (Crawl-delay). Beyond a minute one host would hold up the hour's run.
MAX_SECONDS_BETWEEN_REQUESTS = 60.0

POLL_INTERVAL = timedelta(minutes=50)  # under the hour of the schedule, so that no feed misses every second run
FIRST_BACK_OFF = timedelta(hours=1)
MAX_WAIT = timedelta(hours=24)  # no Retry-After and no back-off keeps a feed away for longer
_JITTER = 0.25  # share of the back-off by which feeds that failed together are spread


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The instant that a Retry-After header names, no later than 24 hours from now; None when it names none.

    Seconds or an HTTP date (RFC 9110, 10.2.3). A date that has passed, a negative number and junk name no instant.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), MAX_WAIT.total_seconds()))
    else:
        try:
            then = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        wait = then.replace(tzinfo=then.tzinfo or UTC) - now
    return now + min(wait, MAX_WAIT) if wait > timedelta(0) else None


def back_off(failures: int, *, key: str) -> timedelta:
    """How long to wait after so many failures in a row: 1, 2, 4, 8, 16, 24, 24 … hours, plus up to a quarter.

    The jitter is derived from `key` and the count, so that the schedule of a feed can be checked and 40 feeds that
    failed in the same second do not come back in the same second. Never more than 24 hours.
    """
    if failures < 1:
        return timedelta(0)
    doubled: timedelta = min(FIRST_BACK_OFF * 2 ** min(failures - 1, 10), MAX_WAIT)
    drawn = hashlib.blake2b(f"{key}\x1f{failures}".encode(), digest_size=4).digest()
    return min(doubled * (1 + _JITTER * int.from_bytes(drawn) / 2**32), MAX_WAIT)


def host_of(url: str) -> str:
    """The host whose patience a request to this address takes; the address itself when it is none."""
    try:
        return WebAddress.parse(url).host
    except ValueError:
        return url


def by_host(urls: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Addresses of the same host together, in the order given; hosts in the order of their first address."""
    grouped: dict[str, list[str]] = {}
    for url in urls:
        grouped.setdefault(host_of(url), []).append(url)
    return {host: tuple(members) for host, members in grouped.items()}


def shard_of(url: str, shards: int) -> int:
    """Which of so many tasks asks this address. All of a host are in one, so that no two tasks meet at its door."""
    digest = hashlib.blake2b(host_of(url).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % shards
