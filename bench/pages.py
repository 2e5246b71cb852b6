"""How well and how fast pages are read, against plain trafilatura in the same run.

    python -m bench.pages                       on the made-up pages of the tests
    PRESS_BENCH_DATA=… python -m bench.pages    on pages with gold texts as well

The weights of seeds/furniture_weights.csv were learnt on those pages with gold texts: what such weights score on
outlets that they have not seen is printed by bench.unseen_outlets for page texts, by bench.learn_furniture for HTML.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

import trafilatura

from bench.page_set import GoldPage, data_folder, gold_pages, word_f1
from bench.page_texts import tools
from pipeline.edges.page_files import page_rules, reading_rules
from pipeline.extraction.page_dates import day_in_address
from pipeline.extraction.page_text import decode_page
from pipeline.extraction.pages import PageRules, read_page
from pipeline.extraction.text_furniture import label_lines
from pipeline.model import Article, Document, Rejection
from pipeline.reading.documents import read_document
from pipeline.settings import settings

RECEIVED_ON = date(2026, 11, 1)  # later than all pages
_SHIPPED = Path(__file__).resolve().parent.parent / "tests" / "data" / "pages"


def shipped_pages() -> Iterator[GoldPage]:
    """The made-up pages of the tests that hold an article."""
    for path in sorted(_SHIPPED.glob("*.html")):
        expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
        if "paragraphs" in expected:
            yield GoldPage(path.stem, "", path.read_bytes(), "\n\n".join(expected["paragraphs"]))


def plain(page: GoldPage) -> str:
    """What trafilatura extracts, with metadata and without comments, as our reading does."""
    found = trafilatura.bare_extraction(page.content, url=page.url or None, with_metadata=True, include_comments=False)
    return (getattr(found, "text", None) or "") if found is not None else ""


def ours(page: GoldPage, rules: PageRules) -> Article | Rejection:
    """What we read."""
    return read_page(page.content, rules=rules, url=page.url or None)


def against_trafilatura(name: str, pages: Sequence[GoldPage], rules: PageRules) -> dict[str, object]:
    """Word-F1 and CPU time per page of both, page by page in turn, so that both meet the same machine."""
    plain(pages[0]), ours(pages[0], rules)  # what is loaded once is not timed
    seconds, scores, worse, rejected = [0.0, 0.0], ([], []), 0, 0
    for page in pages:
        start = time.process_time()
        text = plain(page)
        between = time.process_time()
        read = ours(page, rules)
        seconds[0] += between - start
        seconds[1] += time.process_time() - between
        scores[0].append(word_f1(text, page.gold))
        scores[1].append(word_f1(read.text if isinstance(read, Article) else "", page.gold))
        worse += scores[1][-1] < scores[0][-1] - 0.02
        rejected += isinstance(read, Rejection)
    return {
        "benchmark": f"pages, {name}",
        "pages": len(pages),
        "word_f1": round(fmean(scores[1]), 4),
        "trafilatura_word_f1": round(fmean(scores[0]), 4),
        "worse_by_over_0.02": worse,
        "rejected": rejected,
        "cpu_ratio": round(seconds[1] / seconds[0], 2),
        "trafilatura_ms_per_page": round(1000 * seconds[0] / len(pages), 1),
    }


def day_where_written(article: Article, rules: PageRules) -> date | None:
    """The day of publication by the offset that the page states, else in our own zone."""
    if article.published_at is None:
        return None
    if article.utc_offset_minutes is None:
        return article.published_at.astimezone(rules.zone).date()
    return (article.published_at + timedelta(minutes=article.utc_offset_minutes)).date()


def dates(pages: Sequence[GoldPage], rules: PageRules) -> dict[str, object]:
    """Days against those in the address, which our reading asks only where the page states none."""
    dated = same = near = 0
    for page in pages:
        day = day_in_address(page.url)
        read = ours(page, rules)
        if day is None or not isinstance(read, Article):
            continue
        found = day_where_written(read, rules)
        dated += 1
        same += found == day
        near += found is not None and abs(found - day) <= timedelta(days=1)
    return {"benchmark": "dates, day in the address", "pages": dated, "same_day": same, "within_a_day": near}


def page_texts(pages: Sequence[GoldPage], rules: PageRules) -> dict[str, object]:
    """Word-F1 of page texts by the tool that made them: as they are, without what the model calls furniture, and as the
    reader of text documents reads them, which looks for title, date and byline as well."""
    reading = reading_rules(settings(), received_on=RECEIVED_ON)
    found = {}
    for tool, convert in tools().items():
        raw, clean, read = [], [], []
        for page in pages:
            text = convert(decode_page(page.content))
            lines = text.split("\n")
            labels = label_lines(lines, model=rules.model)
            raw.append(word_f1(text, page.gold))
            clean.append(
                word_f1("\n".join(x for x, label in zip(lines, labels, strict=True) if label.is_body), page.gold)
            )
            document = Document(sha256=page.page_id, content=text.encode(), received_on=RECEIVED_ON)
            articles = read_document(document, reading, max_bytes=settings().max_document_bytes).articles
            read.append(word_f1("\n".join(article.text for article in articles), page.gold))
        found[tool] = {
            "with_furniture": round(fmean(raw), 4),
            "without": round(fmean(clean), 4),
            "read": round(fmean(read), 4),
        }
    return {"benchmark": "page texts", "pages": len(pages), "word_f1": found}


_PLAIN = """
import sys, trafilatura
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        trafilatura.bare_extraction(file.read(), with_metadata=True, include_comments=False)
"""


def by_the_command(pages: Sequence[GoldPage]) -> dict[str, object]:
    """Word-F1 of one `pipeline extract` over all pages, and its CPU time beside a program that extracts plainly.

    Both are programs of their own, with their start-up: in this one trafilatura remembers much of what it has seen.
    Ours finds quotes and figures as well.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = {page.page_id: Path(folder) / page.page_id for page in pages}
        for page in pages:
            files[page.page_id].write_bytes(page.content)
        names = list(map(str, files.values()))
        plainly, _ = _cpu_of([sys.executable, "-c", _PLAIN, *names])
        ours_s, printed = _cpu_of([sys.executable, "-m", "pipeline", "extract", *names])
    texts = {
        Path(row["source"]["file"]).name: row["text"]
        for row in map(json.loads, printed.splitlines())
        if "source" in row
    }
    return {
        "benchmark": "pages, by the command",
        "word_f1": round(fmean(word_f1(texts.get(page.page_id, ""), page.gold) for page in pages), 4),
        "cpu_ratio_with_start_up": round(ours_s / plainly, 2),
    }


def _cpu_of(call: Sequence[str]) -> tuple[float, str]:
    """CPU seconds of a program, and what it prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


_INHERITED: list[GoldPage] = []  # by forked workers, for to send 30 MB through a pipe is no part of reading


def _read_all(_: int) -> int:
    rules = page_rules(settings())
    return sum(isinstance(ours(page, rules), Article) for page in _INHERITED)


def _read_all_plainly(_: int) -> int:
    return sum(bool(plain(page)) for page in _INHERITED)


def _seconds(read: Callable[[int], int], processes: int) -> float:
    """How long so many processes take that read all pages each, without their start."""
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        pool.map(int, range(processes), chunksize=1)
        start = time.perf_counter()
        pool.map(read, range(processes), chunksize=1)
        return time.perf_counter() - start


def two_processes(pages: Sequence[GoldPage]) -> dict[str, object]:
    """Pages per second of two processes over those of one, each process reading all pages.

    Beside it the same for plain trafilatura, which shows what the machine has to give: two processors that share a core
    or its caches give less than twice as much.
    """
    _INHERITED[:] = pages
    one = _seconds(_read_all, 1)
    return {
        "benchmark": "two processes",
        "pages_per_second": round(len(pages) / one, 1),
        "speed_up": round(2 * one / _seconds(_read_all, 2), 2),
        "trafilatura_speed_up": round(2 * _seconds(_read_all_plainly, 1) / _seconds(_read_all_plainly, 2), 2),
    }


def main() -> int:
    """Print a JSON line per benchmark."""
    rules = page_rules(settings())
    print(json.dumps(against_trafilatura("made up", list(shipped_pages()), rules)))
    data = data_folder()
    if data is None:
        print("PRESS_BENCH_DATA names no folder with pages: measured on made-up pages only", file=sys.stderr)
        return 0
    pages = list(gold_pages(data))
    print(json.dumps(against_trafilatura("gold texts", pages, rules)))
    print(json.dumps(by_the_command(pages)))
    print(json.dumps(dates(pages, rules)))
    print(json.dumps(page_texts(pages, rules)))
    print(json.dumps(two_processes(pages)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
