"""How long quotes, figures and mentions take, and how many there are, on real articles.

    PRESS_BENCH_DATA=… python -m bench.branches

One JSON line. Times are CPU milliseconds per 400 words, and the ratio to folding the same words once, which does not
depend on the machine. Says so and ends when the material is not there.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipeline.edges.lexicon_files import load_lexicon
from pipeline.evidence.branches import branch_off
from pipeline.folding import words
from pipeline.model import Article, Excerpt, Kind
from pipeline.settings import settings

ARTICLES = 400
ROUNDS = 3


def main() -> int:
    """Measure and print."""
    place = os.environ.get("PRESS_BENCH_DATA")
    source = Path(place or ".") / "volume" / "articles_12k.jsonl.gz"
    if not place or not source.exists():
        print(json.dumps({"bench": "branches", "skipped": "PRESS_BENCH_DATA names no folder with volume/ in it"}))
        return 0
    articles = list(_articles(source, ARTICLES))
    lexicon = load_lexicon(settings().seeds_dir)
    found = [branch_off(article, lexicon) for article in articles]
    branching = _quickest(lambda article: branch_off(article, lexicon), articles)
    folding = _quickest(lambda article: words(article.text), articles)
    word_count = sum(len(article.text.split()) for article in articles)
    kinds = Counter(quote.kind for one in found for quote in one.quotes)
    quotes = sum(kinds.values())
    print(
        json.dumps(
            {
                "bench": "branches",
                "articles": len(articles),
                "cpu_ms_per_400_words": round(branching / word_count * 400 * 1000, 2),
                "times_folding": round(branching / folding, 1),
                "quotes": quotes,
                "quotes_by_kind": dict(sorted(kinds.items())),
                "quotes_with_speaker": round(sum(bool(q.speaker) for one in found for q in one.quotes) / quotes, 3),
                "figures": sum(len(one.figures) for one in found),
                "mentions": sum(len(one.mentions) for one in found),
            }
        )
    )
    return 0


def _articles(source: Path, count: int) -> Iterator[Article]:
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            row = json.loads(line)
            day = str(row.get("date") or "")[:10]
            yield Article(
                article_id=row["id"],
                document_id=row["id"],
                byte_start=0,
                byte_end=0,
                kind=Kind.ARTICLE,
                title=Excerpt(row.get("title") or ""),
                text=re.sub(r"\s*\n\s*", "\n\n", row["text"].strip()),
                published_at=datetime.fromisoformat(day).replace(tzinfo=UTC) if len(day) == 10 else None,
            )


def _quickest(work: Callable[[Article], object], articles: Sequence[Article]) -> float:
    """CPU seconds of the quickest of a few rounds: the others were disturbed."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for article in articles:
            work(article)
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
