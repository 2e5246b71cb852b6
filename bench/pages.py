"""How well and how fast pages are read, against plain trafilatura in the same run.

    python -m bench.pages                       on the made-up pages of the tests
    PRESS_BENCH_DATA=… python -m bench.pages    on pages with gold texts as well

The weights of seeds/furniture_weights.csv were learnt on those pages with gold texts: what they score on outlets that
they have not seen is printed by bench.learn_furniture.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

import trafilatura

from bench.page_set import GoldPage, data_folder, gold_pages, word_f1
from bench.page_texts import tools
from pipeline.edges.page_files import page_rules
from pipeline.extraction.page_dates import day_in_address
from pipeline.extraction.page_text import decode_page
from pipeline.extraction.pages import PageRules, read_page
from pipeline.extraction.text_furniture import label_lines
from pipeline.model import Article, Rejection
from pipeline.settings import settings

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
    """Word-F1 of page texts by the tool that made them: as they are, and without furniture."""
    found = {}
    for tool, convert in tools().items():
        raw, clean = [], []
        for page in pages:
            lines = convert(decode_page(page.content)).split("\n")
            labels = label_lines(lines, model=rules.model)
            raw.append(word_f1("\n".join(lines), page.gold))
            clean.append(
                word_f1("\n".join(x for x, label in zip(lines, labels, strict=True) if label.is_body), page.gold)
            )
        found[tool] = {"with_furniture": round(fmean(raw), 4), "without": round(fmean(clean), 4)}
    return {"benchmark": "page texts", "pages": len(pages), "word_f1": found}


def _read_all(pages: Sequence[GoldPage]) -> int:
    rules = page_rules(settings())
    return sum(isinstance(ours(page, rules), Article) for page in pages)


def two_processes(pages: Sequence[GoldPage]) -> dict[str, object]:
    """Pages per second of two processes over those of one, each process reading all pages."""
    _read_all(pages[:5])
    start = time.perf_counter()
    _read_all(pages)
    one = time.perf_counter() - start
    with multiprocessing.get_context("fork").Pool(2) as pool:
        start = time.perf_counter()
        pool.map(_read_all, [pages, pages], chunksize=1)
        two = time.perf_counter() - start
    return {
        "benchmark": "two processes",
        "pages_per_second": round(len(pages) / one, 1),
        "speed_up": round(2 * one / two, 2),
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
    print(json.dumps(dates(pages, rules)))
    print(json.dumps(page_texts(pages, rules)))
    print(json.dumps(two_processes(pages)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
