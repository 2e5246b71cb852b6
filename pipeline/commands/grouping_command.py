"""JSON lines of articles → JSON lines of their groups and stories, for a million lines in bounded memory.

Texts pass through once. What is needed of them again (words, terms, with explanations the line itself) waits in files
in a temporary folder; in memory stay the sketches, the heaviest terms and the neighbours.
"""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from pipeline.errors import Misuse
from pipeline.folding import fold
from pipeline.grouping import near_duplicates
from pipeline.grouping.first_sight import heaviest_terms
from pipeline.grouping.linkage import clusters, expectation, relative
from pipeline.grouping.near_duplicates import copies, same_group, text_words
from pipeline.grouping.neighbours import Neighbours, neighbours
from pipeline.grouping.particulars import only_outlet, outlet_number
from pipeline.grouping.reports import Report
from pipeline.grouping.sketches import sketches
from pipeline.grouping.stories import Ties, memberships, ties_of
from pipeline.grouping.vectors import Ints, TermRows, TermStatistics, term_rows
from pipeline.grouping.word_checksums import Words
from pipeline.grouping.word_codes import TERM_SPACE
from pipeline.model import derived_id

_AT_ONCE = 2_000
_TOLD_EVERY = 50_000

Progress = Callable[[str], None]


@dataclass(slots=True)
class _Shelf:
    """Arrays and lines on disk, each found by its number."""

    file: Any
    ends: array[int] = field(default_factory=lambda: array("q", [0]))

    def put(self, content: bytes) -> None:
        self.file.write(content)
        self.ends.append(self.ends[-1] + len(content))

    def get(self, number: int) -> bytes:
        start, end = self.ends[number], self.ends[number + 1]
        return os.pread(self.file.fileno(), end - start, start)


@dataclass(slots=True)
class _Shelves:
    """What is kept of the articles, by line number."""

    words: _Shelf
    terms: _Shelf
    lines: _Shelf | None  # only to explain
    ids: list[str] = field(default_factory=list)  # as given
    keys: list[str] = field(default_factory=list)  # the id, and where one id names several texts, the text as well
    day: array[float] = field(default_factory=lambda: array("d"))
    outlet: array[int] = field(default_factory=lambda: array("q"))
    word_count: array[int] = field(default_factory=lambda: array("q"))
    short: dict[bytes, int] = field(default_factory=dict)  # very short text → the first line with it
    same_short: list[tuple[int, int]] = field(default_factory=list)
    sketched: list[npt.NDArray[np.uint32]] = field(default_factory=list)

    def words_at(self, number: int) -> Words:
        return np.frombuffer(self.words.get(number), dtype=np.uint32)

    def rows_at(self, numbers: Ints, day: npt.NDArray[np.float64], outlet: Ints) -> TermRows:
        """Term rows of these lines, dated by `day` and of these outlets."""
        kept = [self.terms.get(number) for number in numbers.tolist()]
        lengths = np.array([len(each) // 6 for each in kept], dtype=np.int64)
        return TermRows(
            np.concatenate([[0], np.cumsum(lengths)]),
            np.frombuffer(b"".join(each[: 4 * n] for each, n in zip(kept, lengths, strict=True)), np.int32),
            np.frombuffer(b"".join(each[4 * n : 5 * n] for each, n in zip(kept, lengths, strict=True)), np.uint8),
            np.frombuffer(b"".join(each[5 * n :] for each, n in zip(kept, lengths, strict=True)), np.uint8),
            day,
            outlet,
        )


def run(lines_in: Iterable[str], out: TextIO, *, explain: bool = False, progress: Progress | None = None) -> int:
    """Group the articles of JSON lines and write one line for each, in the order given; returns how many.

    lines_in  objects with `id`, `title`, `text` and, where known, `date`, `outlet`, `url`; blank lines are skipped
    out       {"id", "near_duplicate_group", "story"} and, to explain, "because": kind, detail, weight, tied_to
    raises    Misuse when a line is no such object, before anything is written
    """
    tell = progress or (lambda message: None)
    with _shelves(explain) as shelves:
        _read(lines_in, shelves, tell)
        tell(f"read {len(shelves.ids):,} articles; looking for copies")
        order = np.array(sorted(range(len(shelves.ids)), key=lambda n: _published(shelves, n)), dtype=np.int64)
        group = _groups(shelves, order, tell)
        tell(f"{len(set(group.tolist())):,} texts; looking for neighbours")
        works, story, near = _stories(shelves, order, group, tell)
        tell(f"{len(set(story.tolist())):,} stories; writing")
        for line in _answers(shelves, order, group, works, story, near if explain else None):
            out.write(line + "\n")
        return len(shelves.ids)


@contextmanager
def _shelves(explain: bool) -> Iterator[_Shelves]:
    with tempfile.TemporaryDirectory(prefix="press-group-") as folder:
        names = ["words", "terms", *(["lines"] if explain else [])]
        files = [(Path(folder) / name).open("w+b") for name in names]
        try:
            shelves = [_Shelf(file) for file in files]
            yield _Shelves(shelves[0], shelves[1], shelves[2] if explain else None)
        finally:
            for file in files:
                file.close()


def _read(lines: Iterable[str], shelves: _Shelves, tell: Progress) -> None:
    digest: list[str] = []
    waiting: list[Report] = []
    for number, line in enumerate((line for line in lines if line.strip()), start=1):
        report, date = _report(line, number)
        digest.append(derived_id(report.title, report.text, date))
        if shelves.lines is not None:
            shelves.lines.put(line.encode("utf-8", "surrogatepass"))
        waiting.append(report)
        if len(waiting) == _AT_ONCE:
            _shelve(waiting, shelves)
            waiting.clear()
        if not number % _TOLD_EVERY:
            tell(f"read {number:,} articles")
    _shelve(waiting, shelves)
    times = Counter(shelves.ids)
    shelves.keys = [
        article_id if times[article_id] == 1 else f"{article_id}\x1f{content}"
        for article_id, content in zip(shelves.ids, digest, strict=True)
    ]
    for shelf in (shelves.words, shelves.terms, shelves.lines):
        if shelf is not None:
            shelf.file.flush()


def _shelve(reports: list[Report], shelves: _Shelves) -> None:
    rows = term_rows(reports)
    for start, end in pairwise(rows.starts.tolist()):
        columns = (rows.term[start:end], rows.count[start:end], rows.place[start:end])
        shelves.terms.put(b"".join(column.tobytes() for column in columns))
    told = text_words([report.text for report in reports])
    for report, words in zip(reports, told, strict=True):
        if len(words) < near_duplicates.FEWEST_WORDS:
            _very_short(report, shelves)
        shelves.words.put(words.tobytes())
        shelves.ids.append(report.article_id)
        shelves.day.append(report.day)
        shelves.outlet.append(outlet_number(report.outlet))
        shelves.word_count.append(len(words))
    shelves.sketched.append(sketches(told))


def _report(line: str, number: int) -> tuple[Report, str]:
    """The report of a line, and its date as given."""
    try:
        given = json.loads(line)
        article_id = given["id"]
    except (ValueError, KeyError, TypeError) as error:
        raise Misuse('expected a JSON object with "id", "title" and "text"', about=f"line {number}") from error
    if not isinstance(given, dict) or not isinstance(article_id, str | int):
        raise Misuse('expected a JSON object with "id", "title" and "text"', about=f"line {number}")
    date = _said(given.get("date"))
    report = Report(
        article_id=str(article_id),
        title=_said(given.get("title")),
        text=_said(given.get("text")),
        published_at=instant_of(date),
        outlet=_said(given.get("outlet")) or None,
    )
    return report, date


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def instant_of(value: str) -> datetime | None:
    """The instant of an ISO 8601 or RFC 5322 date, UTC where it names no zone; None for anything else: not dated."""
    if not value.strip():
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(value.strip())
        except ValueError:
            return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:  # year 1 or 9999, moved across its edge by the zone
        return None


def _very_short(report: Report, shelves: _Shelves) -> None:
    number = len(shelves.ids)
    told = (fold(report.title) + "\x1f" + fold(report.text)).encode("utf-8", "surrogatepass")
    if len(told) > 1:
        first = shelves.short.setdefault(told, number)
        if first != number:
            shelves.same_short.append((first, number))


def _published(shelves: _Shelves, number: int) -> tuple[bool, float, str]:
    day = shelves.day[number]
    return (day != day, 0.0 if day != day else day, shelves.keys[number])


def _groups(shelves: _Shelves, order: Ints, tell: Progress) -> Ints:
    """(n,) the first published line of each line's near-duplicate group. Frees the sketches."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    sketched = np.concatenate(shelves.sketched)[order]
    shelves.sketched.clear()
    day = np.array(shelves.day)[order]
    lengths = np.array(shelves.word_count)[order]
    found = copies(sketched, lambda row: shelves.words_at(int(order[row])), lengths, day, progress=tell)
    pairs = [(a, b) for a, b, _ in found] + [(int(place[a]), int(place[b])) for a, b in shelves.same_short]
    label = same_group(len(order), pairs)
    _, first, which = np.unique(label, return_index=True, return_inverse=True)
    group = np.empty(len(order), np.int64)
    group[order] = order[first[which]]
    return group


def _stories(shelves: _Shelves, order: Ints, group: Ints, tell: Progress) -> tuple[Ints, Ints, Neighbours]:
    """Works (the fullest line of each group), the story of each line (its first line), the works' neighbours."""
    fullest: dict[int, int] = {}
    for line in order.tolist():
        first = int(group[line])
        if first not in fullest or shelves.word_count[line] > shelves.word_count[fullest[first]]:
            fullest[first] = line
    works = np.array(list(fullest.values()), dtype=np.int64)  # in the order of first publication
    firsts = np.array(list(fullest), dtype=np.int64)
    day = np.array(shelves.day)[firsts]
    outlet = only_outlet(np.array(shelves.outlet, dtype=np.int64), group)[firsts]

    def take(rows: Ints) -> TermRows:
        return shelves.rows_at(works[rows], day[rows], outlet[rows])

    chunks = [np.arange(start, min(start + _AT_ONCE, len(works))) for start in range(0, len(works), _AT_ONCE)]
    counted = TermStatistics()
    for chunk in chunks:
        counted = counted.with_rows(take(chunk))
    by = counted.weights()
    index = _index([heaviest_terms(take(chunk), by, day) for chunk in chunks])
    parts: list[Neighbours] = []
    for part in neighbours(take, index, day, by):
        parts.append(part)
        if not len(parts) % 20:
            tell(f"{sum(len(each.pairs) for each in parts):,} pairs of neighbours")
    del index
    near = Neighbours.joined(parts)
    parts.clear()
    tell(f"{len(near.pairs):,} pairs of neighbours; putting stories together")
    label = clusters(near, len(works))
    of_group = dict(zip(fullest, firsts[label].tolist(), strict=True))
    return works, np.array([of_group[first] for first in group.tolist()], dtype=np.int64), near


def _index(parts: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    return sparse.vstack(parts, format="csr") if parts else sparse.csr_matrix((0, TERM_SPACE), dtype=np.float32)


def _answers(
    shelves: _Shelves, order: Ints, group: Ints, works: Ints, story: Ints, near: Neighbours | None
) -> Iterator[str]:
    because = {} if near is None else dict(_because(shelves, order, group, works, story, near))
    for line, article_id in enumerate(shelves.ids):
        answer: dict[str, object] = {
            "id": article_id,
            "near_duplicate_group": derived_id("near_duplicate_group", shelves.keys[group[line]]),
            "story": derived_id("story", shelves.keys[story[line]]),
        }
        if near is not None:
            answer["because"] = because[line]
        yield _spelt(answer)


def _spelt(answer: dict[str, object]) -> str:
    """One JSON line, readable as it is unless an id holds what UTF-8 cannot."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line


def _because(
    shelves: _Shelves, order: Ints, group: Ints, works: Ints, story: Ints, near: Neighbours
) -> Iterator[tuple[int, list[dict[str, object]]]]:
    ties: Ties = ties_of(near, relative(near, expectation(near, len(works))))
    work_at = {int(group[line]): work for work, line in enumerate(works.tolist())}
    members: dict[int, list[int]] = {}
    for line in order.tolist():
        members.setdefault(int(story[line]), []).append(line)
    for lines in members.values():
        reports = {line: _kept(shelves, line) for line in lines}
        line_of = {report.article_id: line for line, report in reports.items()}
        work_of = {article_id: work_at[int(group[line])] for article_id, line in line_of.items()}
        full = {work: _kept(shelves, int(works[work])) for work in work_of.values()}
        ordered = [reports[line] for line in lines]
        for each in memberships("", ordered, full, work_of, dict.fromkeys(line_of, ""), ties):
            tied_to = None if each.tied_to is None else shelves.ids[line_of[each.tied_to]]
            yield (
                line_of[each.article_id],
                [
                    {"kind": one.kind, "detail": one.detail, "weight": round(one.weight, 3), "tied_to": tied_to}
                    for one in each.because
                ],
            )


def _kept(shelves: _Shelves, line: int) -> Report:
    assert shelves.lines is not None
    report, _ = _report(shelves.lines.get(line).decode("utf-8", "surrogatepass"), line + 1)
    return replace(report, article_id=f"{shelves.keys[line]}\x1f{line}")
