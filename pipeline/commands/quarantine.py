"""The quarantine: rows with their history, read again or released. What is let through passes the gate again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.auditing.expectations import load_rules
from pipeline.auditing.gate import thresholds
from pipeline.edges import warehouse
from pipeline.edges.partitions import Partitions
from pipeline.edges.release_log import Release, add_release, read_releases
from pipeline.errors import Misuse
from pipeline.model import Article, DocumentRecord, Quarantined
from pipeline.settings import Settings, settings

Row = dict[str, Any]


def quarantine_rows() -> list[Row]:
    """Every row, the newest first: what the warehouse remembers, and what batches that are held have beyond it.

    reason, rule and value say why; source is the document or page; first and last seen are instants of the sources
    """
    here = settings()
    partitions = Partitions.of(here)
    known = _remembered(here)
    released = {release.quarantine_id for release in read_releases(here.releases_path)}
    found: dict[str, Row] = {}
    for batch in sorted({key.partition(".")[0] for key in partitions.keys("quarantine")}):
        rows = partitions.read_batch("quarantine", batch, Quarantined)
        seen = _seen(partitions, batch) if rows else ""
        for row in rows:
            before = known.get(row.quarantine_id)
            found[row.quarantine_id] = {
                "quarantine_id": row.quarantine_id,
                "state": "released" if row.quarantine_id in released else "open",
                "stage": row.stage,
                "dataset": row.dataset,
                "subject": row.subject,
                "reason": str(row.reason),
                "rule": row.rule,
                "value": row.value,
                "source": row.document_id or row.subject,
                "batch": batch,
                "first_seen_at": before["first_seen_at"] if before else seen,
                "last_seen_at": max(before["last_seen_at"], seen) if before else seen,
                "tries": before["tries"] if before else 1,
            }
    for quarantine_id, old in known.items():
        found.setdefault(quarantine_id, old | {"state": "resolved" if old["state"] == "open" else old["state"]})
    return sorted(found.values(), key=lambda one: (one["last_seen_at"], one["quarantine_id"]), reverse=True)


def shown(quarantine_id: str) -> Row:
    """One row with its rule in words and the headline or size of its source. Raises Misuse when there is none."""
    here, row = settings(), _row(quarantine_id)
    partitions = Partitions.of(here)
    rules = {rule.name: rule for rule in load_rules(thresholds(here, datetime.now(UTC)))}
    rule = rules.get(row["rule"])
    articles = partitions.read(f"articles/{row['batch']}", Article) if row["dataset"] == "articles" else []
    article = next((each for each in articles if each.article_id == row["subject"]), None)
    return row | {
        "expected": rule.description if rule else "",
        "what_to_do": rule.hint if rule else "Look at the source, correct the rules or the source, and retry.",
        "title": article.title.text if article else None,
        "outlet": article.outlet if article else None,
        "why_released": next(
            (each.why for each in read_releases(here.releases_path) if each.quarantine_id == row["quarantine_id"]), None
        ),
    }


def retried(which: Sequence[str], *, say: Callable[[str], None]) -> str:
    """Read the sources of rows or batches again and walk them down the path; what became of them, in a sentence.

    which    ids of rows, first digits of such, or batches; everything that is open when empty
    raises   ContractBroken when a batch is held (again)
    """
    from pipeline.commands.run_command import again

    before = {row["quarantine_id"]: row for row in quarantine_rows() if row["state"] == "open"}
    batches = {row["batch"] for row in before.values()}
    if which:
        batches = {one if one in batches else _row(one)["batch"] for one in which}
    if not batches:
        return "Nothing is in quarantine."
    for batch in sorted(batches):
        say(f"batch {batch}")
        again(batch, say=say)
    left = {row["quarantine_id"] for row in quarantine_rows() if row["state"] == "open"}
    gone = [one for one, row in before.items() if row["batch"] in batches and one not in left]
    tried = sum(row["batch"] in batches for row in before.values())
    return f"{len(gone)} of {tried} pass now; {len(left)} stay in quarantine."


def released(quarantine_id: str, *, why: str, now: datetime, say: Callable[[str], None]) -> str:
    """Let a row through, or a batch that a rule holds, and send its batch through the gate again.

    raises   Misuse when nothing can be let through: a source that gave no article can only be retried
    """
    from pipeline.commands.run_command import again

    row = _row(quarantine_id)
    if row["stage"] != "check":
        raise Misuse(
            "the source gave no article that could be let through; retry it instead", about=row["quarantine_id"]
        )
    if not why.strip():
        raise Misuse("expected a reason", about="--why")
    here = settings()
    add_release(here.releases_path, Release(quarantine_id=row["quarantine_id"], at=now, why=why.strip()))
    again(row["batch"], say=say)
    left = [each for each in quarantine_rows() if each["state"] == "open" and each["subject"] == row["subject"]]
    if left:
        return f"Released, but {row['subject']} also misses {', '.join(sorted(each['rule'] for each in left))}."
    return f"Released: {row['subject']} passed the gate without {row['rule']}."


def _row(quarantine_id: str) -> Row:
    """The row of an id or of its first digits."""
    found = [row for row in quarantine_rows() if row["quarantine_id"].startswith(quarantine_id)]
    if not found or not quarantine_id:
        raise Misuse(
            "nothing in quarantine has this id; pipeline quarantine list --all shows what has", about=quarantine_id
        )
    if len(found) > 1:
        raise Misuse(f"{len(found)} rows begin with it; give more of it", about=quarantine_id)
    return found[0]


def _remembered(here: Settings) -> dict[str, Row]:
    """What the published copy holds, by id."""
    if not here.published_path.exists():
        return {}
    with warehouse.reader(here.published_path) as connection:
        rows = connection.execute(
            "select quarantine_id, state, stage, dataset, subject, reason, rule, value, "
            "coalesce(document_id, subject) as source, batch, first_seen_at, last_seen_at, tries from quarantine"
        ).fetchall()
    names = (
        *("quarantine_id", "state", "stage", "dataset", "subject", "reason", "rule", "value", "source", "batch"),
        *("first_seen_at", "last_seen_at", "tries"),
    )
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for row in found:
        for name in ("first_seen_at", "last_seen_at"):
            row[name] = row[name].astimezone(UTC).isoformat()
    return {row["quarantine_id"]: row for row in found}


def _seen(partitions: Partitions, batch: str) -> str:
    """When the sources of a batch came; when it was checked, where it has none."""
    records = partitions.read_batch("documents", batch, DocumentRecord)
    if records:
        return max(record.first_seen_at for record in records).astimezone(UTC).isoformat()
    checked_at = max(path.stat().st_mtime for path in partitions.of_batch("quarantine", batch))
    return datetime.fromtimestamp(int(checked_at), UTC).isoformat()
