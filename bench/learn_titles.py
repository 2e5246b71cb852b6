"""Learns seeds/title_weights.csv: which line above the article of a page text is its title.

    PRESS_BENCH_DATA=… python -m bench.learn_titles [--write]

A conditional logit over the candidates of each text: how likely each is the title, given that one of them is. What is
right is what the HTML page calls itself: its og:title, its <h1> or its <title>. Five folds by host; the line model and
the weights that judge a fold know none of its outlets. As in bench.learn_furniture, texts of all installed tools.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

import lxml.html
import numpy as np
from scipy.optimize import minimize

from bench.learn_furniture import FOLDS
from bench.page_set import GoldPage, data_folder, gold_pages
from bench.page_texts import tools
from bench.pages import RECEIVED_ON
from bench.unseen_outlets import models_by_fold
from pipeline.edges.page_files import TITLES, WEIGHT_COLUMNS, reading_rules
from pipeline.extraction.page_text import decode_page
from pipeline.model import Document
from pipeline.reading.documents import read_document
from pipeline.reading.items import ReadingRules
from pipeline.reading.titles import looks, weigh
from pipeline.settings import settings

_WORD = re.compile(r"\w+")
_RIDGE = 1.5e-3  # chosen by cross-validation among 1e-3 … 1e-2
_SURELY = 4  # a title of as many words may lack what a site adds to it


@dataclass(slots=True)
class Choice:
    """The candidates of one text."""

    tool: str
    page: GoldPage
    given: np.ndarray  # (candidates, looks)
    right: np.ndarray  # (candidates,) bool; all False where the title is not among them
    texts: list[str]


def stated_titles(html: str) -> list[str]:
    """What a page calls itself."""
    tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    found = tree.xpath('//meta[@property="og:title"]/@content')[:1]
    found += [heading.text_content() for heading in tree.xpath("//h1")]
    found += [title.text_content() for title in tree.xpath("//title")[:1]]
    return [folded for text in found if (folded := _folded(text))]


def is_right(text: str, stated: Sequence[str]) -> bool:
    """Whether a line is one of these titles, or one of them with or without what the site adds to it."""
    own = _folded(text)
    return any(
        own == title
        or (
            min(len(own.split()), len(title.split())) >= _SURELY
            and (f" {own} " in f" {title} " or f" {title} " in f" {own} ")
        )
        for title in stated
    )


def choices(pages: Sequence[GoldPage], by_fold: Sequence[ReadingRules]) -> list[Choice]:
    """For each page and tool what there was to choose from; texts without a title to choose are left out.

    The reader is listened to where it weighs: what it would choose from depends on all that it did before.
    """
    made = []
    names = list(by_fold[0].titles)
    asked: list[tuple[list[str], list[list[float]]]] = []

    def recorded(blocks, candidates, *, weights, **around):  # type: ignore[no-untyped-def]
        found = looks(blocks, candidates, **around)
        asked.append(
            ([blocks[place].text for place in found], [[own[name] for name in names] for own in found.values()])
        )
        return weigh(blocks, candidates, weights=weights, **around)

    with patch("pipeline.reading.header.weigh", recorded):
        for page in pages:
            html = decode_page(page.content)
            stated = stated_titles(html)
            for tool, convert in tools().items():
                asked.clear()
                document = Document(sha256=page.page_id, content=convert(html).encode(), received_on=RECEIVED_ON)
                read_document(document, by_fold[page.fold], max_bytes=settings().max_document_bytes)
                if len(asked) == 1:
                    texts, given = asked[0]
                    right = np.array([is_right(text, stated) for text in texts])
                    made.append(Choice(tool, page, np.array(given), right, texts))
    return made


def fit(given: Sequence[Choice]) -> np.ndarray:
    """Weights (looks,) from texts whose title is among the candidates."""
    values = np.concatenate([choice.given for choice in given])
    right = np.concatenate([choice.right for choice in given]).astype(float)
    sizes = [len(choice.right) for choice in given]
    group, first = np.repeat(np.arange(len(given)), sizes), np.concatenate([[0], np.cumsum(sizes)[:-1]])
    spread = values.std(0) + 1e-6
    values = (values - values.mean(0)) / spread

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = values @ theta
        power = np.exp(scores - np.maximum.reduceat(scores, first)[group])
        every, held = np.add.reduceat(power, first), np.add.reduceat(power * right, first)
        slope = values.T @ (power / every[group] - power * right / (held[group] + 1e-12))
        total = float(np.mean(np.log(every) - np.log(held + 1e-12))) + _RIDGE * float((theta**2).sum())
        return total, slope / len(given) + 2 * _RIDGE * theta

    start = np.zeros(values.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / spread)


def main() -> int:
    """Print a JSON line with the share of titles found on unseen outlets, by tool, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the file of weights")
    parser.add_argument("--wrong", action="store_true", help="print the titles that were not found")
    asked = parser.parse_args()
    data = data_folder()
    if data is None:
        print("PRESS_BENCH_DATA names no folder with pages: nothing to learn from", file=sys.stderr)
        return 0
    rules = reading_rules(settings(), received_on=RECEIVED_ON)
    pages = list(gold_pages(data))
    by_fold = [replace(rules, model=model) for model in models_by_fold(pages, rules.model)]
    all_of = choices(pages, by_fold)
    given = [choice for choice in all_of if choice.right.any()]
    found: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        weights = fit([choice for choice in given if choice.page.fold != fold])
        for choice in given:
            if choice.page.fold == fold:
                best = int(np.argmax(choice.given @ weights))
                found[choice.tool].append(bool(choice.right[best]))
                if asked.wrong and not choice.right[best]:
                    want = choice.texts[int(np.argmax(choice.right))]
                    print(
                        json.dumps({"tool": choice.tool, "url": choice.page.url, "got": choice.texts[best], "of": want})
                    )
    shares = {tool: round(float(np.mean(right)), 3) for tool, right in found.items()}
    counts = {tool: len(right) for tool, right in found.items()}
    print(json.dumps({"benchmark": "titles of page texts, unseen outlets", "found": shares, "texts": counts}))
    weights = fit(given)
    if asked.write:
        path = settings().seeds_dir / TITLES
        with path.open(encoding="utf-8", newline="") as lines:
            meanings = {row["feature"]: row["meaning"] for row in csv.DictReader(lines)}
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(WEIGHT_COLUMNS)
            for name, weight in zip(rules.titles, weights.tolist(), strict=True):
                writer.writerow([name, meanings[name], f"{weight:.3g}"])
    return 0


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


if __name__ == "__main__":
    sys.exit(main())
