"""pipeline run and pipeline ingest: the whole path once, and a table of what was made and where."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import feed_steps, grouping_steps, steps
from pipeline.edges.partitions import Partitions
from pipeline.edges.publication import current_notice, read_publication
from pipeline.errors import ContractBroken, GateFailed, PipelineError
from pipeline.settings import ROOT, Settings, settings

_DEADLINE_S = 900  # a run over the seeds takes half a minute; so long is for slow machines and large folders
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """Hashes of everything that readers get: what changed between two runs is what differs here."""

    files: dict[str, str]

    @staticmethod
    def in_(folder: Path) -> Made:
        """The digests, the quality report and the press room as they are now."""
        found = [*folder.glob("digests/*"), *folder.glob("quality/*"), *folder.glob("site/**/*")]
        return Made(
            {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found if p.is_file()}
        )


def run_once_and_report(paths: Sequence[Path], *, home: Path | None, say: Say) -> int:
    """Run the real DAGs once over the seeds or these paths; the exit code."""
    from pipeline.edges.airflow_once import run_once

    here = settings()
    before = Made.in_(here.data_dir)
    given = [os.fspath(path.resolve()) for path in paths] or [os.fspath(here.seeds_dir)]
    outcomes = run_once(
        (home or ROOT / ".airflow").resolve(),
        dag_id="ingest",
        conf={"paths": given},
        deadline_s=_DEADLINE_S,
        progress=say,
    )
    for outcome in outcomes:
        failed = [name for name, state in outcome.tasks.items() if state == "failed"]
        if outcome.state != "success":
            now = read_publication(here)
            if now and now.state == "held" and {"check"} & set(failed):
                reasons = "; ".join(notice.state_reasons) if (notice := current_notice(here, None)) else now.batch
                raise ContractBroken(f"held by the quality gate: {reasons}. {_where(here)}")
            raise PipelineError(
                f"the DAG {outcome.dag_id} ended as {outcome.state}, task {', '.join(failed)}", about="run"
            )
    print(report(here, before))
    return 0


def ingest_and_report(paths: Sequence[Path], *, say: Say) -> None:
    """The same steps one after the other in this process, without a scheduler.

    raises   PipelineError when the paths hold neither documents nor web archives
    """
    here = settings()
    before = Made.in_(here.data_dir)
    given = [os.fspath(path) for path in paths]
    documents, archived = steps.register_documents(given), feed_steps.replay_archives(given)
    if not documents and not archived:
        raise PipelineError("expected documents or web archives; there are none", about=", ".join(given))
    if documents:
        follow(steps.read_documents(documents), say=say)
    for pages in archived:
        follow(feed_steps.extract_articles(pages), say=say)
    print(report(here, before))


def again(batch: str, *, say: Say) -> None:
    """A batch that is held: its sources read again with the rules of today, and down the path."""
    kept = Partitions.of(settings())
    if kept.exists(f"documents/{batch}"):
        follow(steps.read_documents(f"documents/{batch}"), say=say)
    else:
        follow(feed_steps.extract_articles(f"pages/{batch}"), say=say)


def follow(ref: str, *, say: Say) -> None:
    """A batch of articles by every step in turn. What the gate holds is reported, and then it is an error."""
    reading: tuple[Callable[[str], str], ...] = (
        steps.extract_branches,
        grouping_steps.group_near_duplicates,
        grouping_steps.cluster_stories,
    )
    for step in reading:
        ref = _told(step, say)(ref)
    try:
        ref = _told(steps.check, say)(ref)
    except (ContractBroken, GateFailed) as error:
        _told(steps.notify_held, say)(ref)
        _told(steps.report_quality, say)(ref)
        raise type(error)(f"{_plain(error)} {_where(settings())}") from error
    telling: tuple[Callable[[str], str], ...] = (
        steps.follow_releases,
        steps.load_warehouse,
        steps.compose_digests,
        steps.deliver_digest,
        steps.build_site,
        steps.report_quality,
    )
    for step in telling:
        ref = _told(step, say)(ref)


def _told(step: Callable[[str], str], say: Say) -> Callable[[str], str]:
    say(f"{step.__name__.replace('_', ' ')} …")
    return step


def _plain(error: PipelineError) -> str:
    said = "held by the quality gate" if isinstance(error, ContractBroken) else "the quality gate failed"
    return f"{said}: {error}."


def _where(here: Settings) -> str:
    report = _shown(here.data_dir / "quality" / "report.html")
    return f"The last good publication stays; {report} has the rows and what to do."


def report(here: Settings, before: Made) -> str:
    """What there is now, where, and what of it changed."""
    from pipeline.edges.query import ask

    def one(sql: str) -> list[tuple[object, ...]]:
        answer = ask(here.published_path, sql, time_s=here.query_time_s, memory=here.query_memory, zone=here.timezone)
        return list(answer.rows)

    after = Made.in_(here.data_dir)
    new = [name for name in after.files if name not in before.files]
    changed = [name for name, found in after.files.items() if before.files.get(name, found) != found]
    documents, articles, stories, held = one(
        "select (select count(*) from documents), (select count(*) from articles), (select count(*) from stories), "
        "(select count(*) from quarantine where state = 'open')"
    )[0]
    states = one("select state, count(*) from digests group by state order by state")
    days = one("select min(digest_on), max(digest_on) from digests")[0]
    said = ", ".join(f"{count} {state}" for state, count in states)
    lines = [
        "",
        f"Sources     {documents} documents → {articles} articles in {stories} stories; {held} in quarantine",
        f"Digests     {sum(int(str(count)) for _, count in states)} days from {days[0]} to {days[1]} ({said})",
        f"            {_shown(here.data_dir / 'digests')}/  *.html *.md *.json",
        f"Press room  {_shown(here.site_dir / 'index.html')}",
        f"Warehouse   {_shown(here.published_path)}  (a copy for readers; Parquet beside it)",
        f"Quality     {_shown(here.data_dir / 'quality' / 'report.html')}",
        'Ask         .venv/bin/python -m pipeline sql "select * from daily_coverage order by covered_on"',
        "",
        f"{len(new)} files are new, {len(changed)} changed."
        if new or changed
        else "Nothing changed: every file is as it was.",
    ]
    return "\n".join(lines)


def _shown(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else os.fspath(path)
