"""Digest → readers: the day whose issue is due, as a mail to each recipient, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import duckdb

from pipeline.digests.charts import volume_chart
from pipeline.digests.digest_issue import composed, digest_rules
from pipeline.digests.digest_model import Digest
from pipeline.digests.mail import digest_mail, held_mail, mail_id, report_mail
from pipeline.digests.rendering import long_day
from pipeline.edges import warehouse
from pipeline.edges.mailing import MailServer, mail_server, sending
from pipeline.edges.outbox import Outbox, Posted
from pipeline.edges.partitions import Partitions
from pipeline.edges.raw_documents import RawDocuments
from pipeline.model import QualityResult
from pipeline.settings import Settings

Make = Callable[[str, str], tuple[str, EmailMessage]]  # recipient, sender → name of the mail, the mail


def deliver(
    here: Settings, *, now: datetime, day: date | None = None, to: Sequence[str] = (), again: bool = False
) -> list[Posted]:
    """Send the digest that is due to everybody who has not had it; without a mail server, write it to its files.

    day     another day than the one that is due
    to      other recipients than those of the settings
    again   send mails once more of which nobody knows whether they went out
    """
    with warehouse.reader(here.published_path) as connection:
        on = day or (due_day(now, here) if here.scheduled else newest_day(connection))
        if on is None:
            return []
        if not _has_digest(connection, on) and (held := held_batches(here, connection)):
            return _notice(here, connection, held, about=long_day(on), key=on.isoformat(), now=now, again=again)
        raw = RawDocuments(here.data_dir / "raw" / "documents")
        digest = composed(connection, on, None, digest_rules(here), raw)
    chart = _chart(digest)

    def make(recipient: str, sender: str) -> tuple[str, EmailMessage]:
        name = mail_id("digest", digest.department, digest.day.isoformat(), recipient)
        message = digest_mail(digest, sender=sender, recipient=recipient, at=now, chart_png=chart)
        return f"{digest.day.isoformat()}.{name[:12]}", message

    return _post(here, make, to=to or here.recipients, now=now, again=again)


def deliver_notice(here: Settings, batch: str, *, now: datetime) -> list[Posted]:
    """Tell everybody that a batch is held, and why; nothing when it is not. No earlier digest goes out in its place."""
    stops = stops_of(Partitions.of(here), batch)
    if not stops:
        return []
    held = {batch: stops}
    if not here.published_path.exists():
        return _notice(here, None, held, about="the newest batch", key=batch, now=now, again=False)
    with warehouse.reader(here.published_path) as connection:
        return _notice(here, connection, held, about="the newest batch", key=batch, now=now, again=False)


def deliver_report(here: Settings, batch: str, *, subject: str, text: str, html: str, now: datetime) -> list[Posted]:
    """The quality report of a batch to those who answer for the data, once; nothing when nobody is named."""

    def make(recipient: str, sender: str) -> tuple[str, EmailMessage]:
        name = mail_id("quality", here.department, batch, subject, recipient)
        message = report_mail(
            subject=subject, text=text, html=html, sender=sender, recipient=recipient, at=now, name=name
        )
        return f"quality.{name[:12]}", message

    return _post(here, make, to=here.data_recipients, now=now, again=False) if here.data_recipients else []


def due_day(now: datetime, here: Settings) -> date:
    """The day whose issue is due: yesterday, from the hour of issue on."""
    local = now.astimezone(here.zone)
    issued_today = local.time() >= here.issue_time
    return local.date() - timedelta(days=1 if issued_today else 2)


def newest_day(connection: duckdb.DuckDBPyConnection) -> date | None:
    """The newest day that has a digest."""
    found: date | None = connection.execute("select max(digest_on) from digests").fetchall()[0][0]
    return found


def held_batches(here: Settings, connection: duckdb.DuckDBPyConnection) -> dict[str, list[QualityResult]]:
    """Batches that missed the gate and were never loaded, with what stopped them."""
    partitions = Partitions.of(here)
    loaded = {batch for (batch,) in connection.execute("select batch from batches").fetchall()}
    found = {key: stops_of(partitions, key) for key in partitions.keys("quality_results") if key not in loaded}
    return {key: stops for key, stops in found.items() if stops}


def stops_of(partitions: Partitions, batch: str) -> list[QualityResult]:
    """What the gate found on a batch that holds a publication; nothing when the batch was never checked."""
    if not partitions.exists(f"quality_results/{batch}"):
        return []
    results = partitions.read(f"quality_results/{batch}", QualityResult)
    return [result for result in results if result.severity == "stop" and not result.passed]


def _has_digest(connection: duckdb.DuckDBPyConnection, day: date) -> bool:
    rows = connection.execute("select 1 from digests where digest_on = $day", {"day": day}).fetchall()
    return bool(rows)


def _notice(
    here: Settings,
    connection: duckdb.DuckDBPyConnection | None,
    held: Mapping[str, Sequence[QualityResult]],
    *,
    about: str,
    key: str,
    now: datetime,
    again: bool,
) -> list[Posted]:
    last = newest_day(connection) if connection else None
    reasons = tuple(
        dict.fromkeys(
            f"{stop.description} Found: {stop.observed}" for _, stops in sorted(held.items()) for stop in stops
        )
    )

    def make(recipient: str, sender: str) -> tuple[str, EmailMessage]:
        name = mail_id("held", here.department, key, *reasons, recipient)
        message = held_mail(
            department=here.department,
            about=about,
            reasons=reasons,
            last=long_day(last) if last else None,
            sender=sender,
            recipient=recipient,
            at=now,
            name=name,
        )
        return f"held.{name[:12]}", message

    return _post(here, make, to=here.recipients, now=now, again=again)


def _post(here: Settings, make: Make, *, to: Sequence[str], now: datetime, again: bool) -> list[Posted]:
    """One mail a recipient. Where nobody is named, one is written to its file for whoever looks there."""
    server: MailServer | None = mail_server(here) if to else None
    sender = server.sender if server and server.sender else here.mail_from
    outbox, posted = Outbox(here.outbox_path), []
    for recipient in to or ("",):
        name, message = make(recipient, sender)
        send = sending(server) if server and recipient else None
        posted.append(outbox.post(message, name=name, recipient=recipient, at=now, send=send, again=again))
    return posted


def _chart(digest: Digest) -> bytes | None:
    several = sum(count > 0 for _, count in digest.volume) > 1
    return volume_chart(digest.volume, day=digest.day) if several else None
