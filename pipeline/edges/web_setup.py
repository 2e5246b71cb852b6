"""Settings → the web, the register, the workers and the rules that a run uses."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edges.archive import Archive
from pipeline.edges.dialling import named_endpoint
from pipeline.edges.fetching import Fetcher
from pipeline.edges.isolation import Limits, Workers
from pipeline.edges.pacing import Pacer
from pipeline.edges.register_store import RegisterStore
from pipeline.edges.robots import Robots
from pipeline.edges.taking_in import FeedRules
from pipeline.edges.web import Web
from pipeline.errors import ConfigurationError
from pipeline.gathering.urls import AddressRules
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.gathering.likeness import Profile, Wording

_FEW = 40  # documents that one process reads sooner than two have started


def instant_now() -> datetime:
    """The clock of a run, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def clock_from(at: datetime) -> Callable[[], datetime]:
    """The clock of a run that is of the instant `at`: it goes on from there while the run lasts."""
    started = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - started)


def web_of(here: Settings, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Web:
    """The web as the settings want it. Raises ConfigurationError."""
    for host, named in here.private_hosts.items():
        try:
            named_endpoint(named, 80)
        except ValueError as error:
            raise ConfigurationError(f"expected an IP address, perhaps with a port: {error}", about=host) from error
    private_hosts = {host.lower(): named for host, named in here.private_hosts.items()}
    return Web(user_agent=here.user_agent, deadline_s=here.fetch_deadline_s, private_hosts=private_hosts, clock=clock)


def store_of(here: Settings) -> RegisterStore:
    """The feed register."""
    return RegisterStore(here.data_dir / "register")


def workers_of(count: int = 2) -> Workers:
    """Worker processes for what strangers sent."""
    return Workers(count, limits=Limits())


def workers_for(document_count: int) -> Workers:
    """Workers for so many documents: a process takes a second to start, in which it could read thirty pages."""
    return workers_of(1 if document_count < _FEW else 2)


def archive_of(here: Settings, now: datetime) -> Archive:
    """A new archive file of this hour's raw responses; a second run of the hour gets a file of its own."""
    folder = here.data_dir / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while True:
        try:
            return Archive(folder / f"{now:%Y-%m-%dT%H}-{number:03}.warc.gz", software=here.user_agent)
        except FileExistsError:
            number += 1


def fetcher_of(here: Settings, *, web: Web, archive: Archive, pacer: Pacer | None = None) -> Fetcher:
    """A fetcher that keeps to robots.txt and to one request a second and host."""
    store = store_of(here)
    token = here.user_agent.partition("/")[0]
    pacer = pacer or Pacer(interval_s=here.seconds_between_requests)
    robots = Robots(web, pacer, token=token, folder=store.robots_folder, clock=web.clock)
    return Fetcher(web=web, before_hop=robots.before_hop, archive=archive, store=store, threads=here.fetch_threads)


def feed_rules(here: Settings) -> FeedRules:
    """What parsing a feed needs to know. Raises ConfigurationError."""
    path = here.seeds_dir / "tracking_parameters.csv"
    try:
        addresses = AddressRules.read(path.read_text("utf-8").splitlines())
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigurationError(str(error), about=str(path)) from error
    return FeedRules(zone=here.zone, addresses=addresses, max_bytes=here.max_feed_bytes)


def wording_of(here: Settings) -> Wording:
    """How items of a kind are worded. Raises ConfigurationError."""
    from pipeline.gathering.likeness import Wording

    path = here.seeds_dir / "item_patterns.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return Wording.read(csv.DictReader(file, strict=True))
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ConfigurationError(str(error), about=str(path)) from error


def corpus_of(here: Settings, wording: Wording) -> Profile:
    """What the documents in seeds/ are about. Raises ConfigurationError when there are none."""
    from pipeline.gathering.likeness import profile

    texts = [file.read_text("utf-8", "replace") for file in sorted(Path(here.seeds_dir).glob("*.txt"))]
    try:
        return profile(texts, wording)
    except ValueError as error:
        raise ConfigurationError(str(error), about=str(here.seeds_dir)) from error
