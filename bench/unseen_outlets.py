"""How well page texts are read of outlets that the weights were not learnt from, page by page.

    PRESS_BENCH_DATA=… python -m bench.unseen_outlets [--worst 25]

Five folds by host: both passes over the lines are learnt on four of them, and the reader of text documents reads the
fifth with these weights. As in bench.learn_furniture, texts of all installed tools are learnt from. bench.pages
scores the weights that are shipped, on pages that they were learnt from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from bench.learn_furniture import (
    MAIN_PARTS,
    SECOND_RIDGE,
    TEXT_RIDGE,
    second_table,
    table,
    text_samples,
    weights_by_fold,
)
from bench.page_set import GoldPage, data_folder, gold_pages, word_f1
from bench.page_texts import tools
from bench.pages import RECEIVED_ON
from pipeline.edges.page_files import reading_rules
from pipeline.extraction.page_text import decode_page
from pipeline.extraction.text_furniture import FurnitureModel
from pipeline.model import Document
from pipeline.reading.documents import read_document
from pipeline.reading.items import ReadingRules
from pipeline.settings import settings


def models_by_fold(pages: Sequence[GoldPage], shipped: FurnitureModel) -> list[FurnitureModel]:
    """For each fold the model of page texts that knows none of its outlets."""
    samples = text_samples(pages, shipped.cues)
    samples += [sample for sample in samples if sample.tool in MAIN_PARTS]
    lines = table(samples, main_part=True)
    firsts, logits = weights_by_fold(samples, lines, ridge=TEXT_RIDGE)
    seconds, _ = weights_by_fold(samples, second_table(samples, lines, logits), ridge=SECOND_RIDGE)
    prefix = "main:"
    return [
        replace(
            shipped,
            text={name: weight for name, weight in first.items() if not name.startswith(prefix)},
            main_part={name.removeprefix(prefix): weight for name, weight in first.items() if name.startswith(prefix)},
            second=second,
        )
        for first, second in zip(firsts, seconds, strict=True)
    ]


def score(page: GoldPage, text: str, rules: ReadingRules) -> float:
    """Word-F1 of what the reader of text documents keeps."""
    document = Document(sha256=page.page_id, content=text.encode(), received_on=RECEIVED_ON)
    articles = read_document(document, rules, max_bytes=settings().max_document_bytes).articles
    return word_f1("\n".join(article.text for article in articles), page.gold)


def main() -> int:
    """Print a JSON line with the mean by tool, then one for each of the pages that are read worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=25, help="pages to print")
    asked = parser.parse_args()
    data = data_folder()
    if data is None:
        print("PRESS_BENCH_DATA names no folder with pages: nothing to read", file=sys.stderr)
        return 0
    pages = list(gold_pages(data))
    rules = reading_rules(settings(), received_on=RECEIVED_ON)
    by_fold = [replace(rules, model=model) for model in models_by_fold(pages, rules.model)]
    found = {
        page.page_id: {
            tool: score(page, convert(decode_page(page.content)), by_fold[page.fold])
            for tool, convert in tools().items()
        }
        for page in pages
    }
    means = {tool: round(fmean(by_tool[tool] for by_tool in found.values()), 4) for tool in tools()}
    print(json.dumps({"benchmark": "page texts, unseen outlets", "pages": len(pages), "word_f1": means}))
    for page in sorted(pages, key=lambda page: (fmean(found[page.page_id].values()), page.page_id))[: asked.worst]:
        own = {tool: round(value, 3) for tool, value in found[page.page_id].items()}
        print(json.dumps({"page": page.page_id, "url": page.url, "word_f1": own}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
