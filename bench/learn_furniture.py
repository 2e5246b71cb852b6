"""Learns seeds/furniture_weights.csv and second_pass_weights.csv from pages with gold texts, and says how well they do
on outlets that they have not seen.

    PRESS_BENCH_DATA=… python -m bench.learn_furniture [--write] [--text-only]

Weights are those of a logistic regression fitted to word-F1 averaged over texts, plus the log loss of lines, both with
every text counted once. The second pass is learnt from what the first says of outlets it was not learnt from: of those
that it was learnt from it is surer than it will be of any other page. The page texts are made by several tools; those
that are not installed are left out, so write the weights with all of them (resiliparse, inscriptis, html2text,
readability-lxml) beside the project's environment.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.page_set import GoldPage, body_lines, data_folder, gold_pages, word_f1
from bench.page_texts import tools
from pipeline.edges.page_files import SECOND_PASS, WEIGHT_COLUMNS, WEIGHTS, cue_rows
from pipeline.extraction.line_cues import LineCues
from pipeline.extraction.page_text import decode_page
from pipeline.extraction.pages import look_at
from pipeline.extraction.text_features import CONSTANT, Features
from pipeline.extraction.text_furniture import SECOND_STEPS, STEPS, decode, line_features, main_part_share, words_of
from pipeline.extraction.text_second_pass import NAMES, second_features
from pipeline.extraction.text_units import units
from pipeline.settings import settings

_RAREST = 30  # a feature seen on fewer lines is left out
_LOG_LOSS = 0.5  # weight of the log loss beside 1 − F1
TEXT_RIDGE, SECOND_RIDGE, PAGE_RIDGE = 1e-4, 1e-4, 1e-2  # chosen by cross-validation among 1e-5 … 5e-2
FOLDS = 5
# Features of lists weigh the same in whole pages and main parts: fitted apart, main parts of unseen outlets lost 0.003.
_ALIKE = frozenset({"cut_off", "glued", "repeated_prose", "even", "about_author", "below_about_author"})
_CUE = re.compile(r"(?:main:)?cue_[a-z]+")
# Tools that cut a page to its main part. Their texts count twice: archives and readers' clients hold such texts more
# often than whole pages, and five of the eight tools make whole pages.
MAIN_PARTS = frozenset({"recall", "resiliparse_main", "readability"})


@dataclass(slots=True)
class Sample:
    """One text: its lines' features and whether they are body."""

    tool: str
    fold: int
    gold: str
    texts: list[str]
    found: Sequence[Features]
    body: np.ndarray  # (n,) bool
    words: np.ndarray  # (n,) words by which a line counts


def text_samples(pages: Sequence[GoldPage], cues: LineCues) -> list[Sample]:
    """A sample per page and tool."""
    made = []
    for page in pages:
        html = decode_page(page.content)
        for tool, convert in tools().items():
            lines = convert(html).split("\n")
            body = body_lines(lines, page.gold)
            given = units(lines)
            held = [
                2 * sum(len(lines[at].split()) for at in range(unit.first, unit.last + 1) if body[at])
                > len(unit.text.split())
                for unit in given
            ]
            if given:
                made.append(_sample(tool, page, [unit.text for unit in given], line_features(given, cues), held))
    return made


def page_samples(pages: Sequence[GoldPage], cues: LineCues) -> list[Sample]:
    """A sample per page."""
    made = []
    for page in pages:
        look = look_at(decode_page(page.content), url=page.url, cues=cues)
        if look is not None and look.found:
            texts = [block.text for block in look.blocks]
            made.append(_sample("page", page, texts, look.found, body_lines(texts, page.gold)))
    return made


def _sample(tool: str, page: GoldPage, texts: list[str], found: Sequence[Features], body: Iterable[bool]) -> Sample:
    words = np.array([len(text.split()) for text in texts], float)
    return Sample(tool, page.fold, page.gold, texts, found, np.array(list(body)), words)


@dataclass(slots=True)
class Table:
    """All lines of all samples as one matrix."""

    names: list[str]
    values: np.ndarray  # (lines, features)
    sample: np.ndarray  # (lines,) number of the sample
    body: np.ndarray
    words: np.ndarray


def table(samples: Sequence[Sample], *, main_part: bool) -> Table:
    """The matrix; with main_part every feature a second time, times the share of main part of its text."""
    seen = Counter(name for sample in samples for own in sample.found for name in own)
    names = sorted(name for name, count in seen.items() if count >= _RAREST)
    column = {name: place for place, name in enumerate(names)}
    values = np.zeros((sum(len(sample.found) for sample in samples), len(names)), np.float32)
    shares, row = np.zeros(len(values), np.float32), 0
    for sample in samples:
        for own in sample.found:
            for name, value in own.items():
                if name in column:
                    values[row, column[name]] = value
            shares[row] = main_part_share(own.get("page_prose", 0.0))
            row += 1
    if main_part:
        mixed = [place for place, name in enumerate(names) if name not in _ALIKE]
        values = np.hstack([values, values[:, mixed] * shares[:, None], shares[:, None]])
        names = [*names, *(f"main:{names[place]}" for place in mixed), f"main:{CONSTANT}"]
    return Table(
        names,
        values,
        np.concatenate([np.full(len(sample.found), number) for number, sample in enumerate(samples)]),
        np.concatenate([sample.body for sample in samples]).astype(float),
        np.concatenate([sample.words for sample in samples]),
    )


def fit(given: Table, rows: np.ndarray, *, ridge: float) -> tuple[np.ndarray, float]:
    """Weights (features,) and constant from these rows."""
    values, body, words = given.values[rows], given.body[rows], given.words[rows]
    _, sample = np.unique(given.sample[rows], return_inverse=True)
    count = sample.max() + 1
    mean, spread = values.mean(0), values.std(0) + 1e-6
    values = (values - mean) / spread
    weight = np.sqrt(words + 3)
    weight /= np.bincount(sample, weight, count)[sample]
    gold = np.bincount(sample, words * body, count)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        z = values @ theta[:-1].astype(np.float32) + theta[-1]
        p = 1 / (1 + np.exp(-z.clip(-30, 30)))
        both = np.bincount(sample, words * body * p, count)
        size = np.bincount(sample, words * p, count) + gold + 1e-6
        by_f1 = -(2 * words * body * size[sample] - 2 * both[sample] * words) / size[sample] ** 2
        log_loss = -(weight * (body * np.log(p + 1e-9) + (1 - body) * np.log(1 - p + 1e-9))).sum() / count
        slope = (by_f1 * p * (1 - p) + _LOG_LOSS * weight * (p - body)) / count
        total = 1 - np.mean(2 * both / size) + _LOG_LOSS * log_loss + ridge * (theta[:-1] ** 2).sum()
        towards = np.append(values.T @ slope.astype(np.float32) + 2 * ridge * theta[:-1], slope.sum())
        return float(total), towards.astype(float)

    # A cue speaks against a line or says nothing; where two cues overlap, a free fit would let one speak for it.
    bounds = [(None, 0.0 if _CUE.fullmatch(name) else None) for name in given.names] + [(None, None)]
    start = np.zeros(values.shape[1] + 1)
    theta = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150}).x
    weights = theta[:-1] / spread
    return weights, float(theta[-1] - (weights * mean).sum())


def scores(
    samples: Sequence[Sample], given: Table, logits: np.ndarray, steps: tuple[float, float] = STEPS
) -> dict[str, float]:
    """Mean word-F1 by tool."""
    found: dict[str, list[float]] = {}
    for number, sample in enumerate(samples):
        own = decode(logits[given.sample == number].tolist(), words_of(sample.found), steps)
        kept = "\n".join(text for text, value in zip(sample.texts, own, strict=True) if value > 0)
        found.setdefault(sample.tool, []).append(word_f1(kept, sample.gold))
    return {tool: round(float(np.mean(values)), 4) for tool, values in found.items()}


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights, and the logits of all lines by weights from other outlets."""

    weights: dict[str, float]
    unseen: np.ndarray


def weights_by_fold(
    samples: Sequence[Sample], given: Table, *, ridge: float
) -> tuple[list[dict[str, float]], np.ndarray]:
    """For each fold the weights learnt from the outlets of the others, and the logits of all lines by these."""
    fold = np.array([sample.fold for sample in samples])[given.sample]
    logits = np.zeros(len(given.values))
    found = []
    for held_out in range(FOLDS):
        weights, constant = fit(given, fold != held_out, ridge=ridge)
        logits[fold == held_out] = given.values[fold == held_out] @ weights + constant
        found.append({**dict(zip(given.names, weights.tolist(), strict=True)), CONSTANT: constant})
    return found, logits


def second_table(samples: Sequence[Sample], given: Table, logits: np.ndarray) -> Table:
    """The matrix of the second pass, from what the first says of each line."""
    values, row = np.zeros((len(logits), len(NAMES)), np.float32), 0
    for sample in samples:
        own = logits[row : row + len(sample.found)].tolist()
        share = main_part_share(sample.found[0].get("page_prose", 0.0))
        values[row : row + len(own)] = second_features(own, words_of(sample.found), sample.found, main_part=share)
        row += len(own)
    return Table(list(NAMES), values, given.sample, given.body, given.words)


def learn(
    samples: Sequence[Sample],
    given: Table,
    *,
    ridge: float,
    say: Callable[[str], object],
    what: str,
    steps: tuple[float, float] = STEPS,
) -> Learnt:
    """Weights by name, and on the way how well they do on unseen outlets."""
    _, unseen = weights_by_fold(samples, given, ridge=ridge)
    say(json.dumps({"benchmark": f"{what}, unseen outlets", "word_f1": scores(samples, given, unseen, steps)}))
    weights, constant = fit(given, np.ones(len(given.values), bool), ridge=ridge)
    return Learnt({**dict(zip(given.names, weights.tolist(), strict=True)), CONSTANT: constant}, unseen)


def write_second(path: Path, weights: Mapping[str, float]) -> None:
    """Replace the weights of the second pass; what their features mean stays."""
    with path.open(encoding="utf-8", newline="") as lines:
        meanings = {row["feature"]: row["meaning"] for row in csv.DictReader(lines)}
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(WEIGHT_COLUMNS)
        for name in (CONSTANT, *NAMES):
            writer.writerow([name, meanings.get(name, ""), f"{weights[name]:.4g}"])


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the files of weights")
    parser.add_argument("--text-only", action="store_true", help="leave the weights of HTML pages as they are")
    asked = parser.parse_args()
    data = data_folder()
    if data is None:
        print("PRESS_BENCH_DATA names no folder with pages: nothing to learn from", file=sys.stderr)
        return 0
    seeds = settings().seeds_dir
    cues = LineCues.of(cue_rows(seeds))
    pages = list(gold_pages(data))
    texts = text_samples(pages, cues)
    texts += [sample for sample in texts if sample.tool in MAIN_PARTS]
    lines_of_texts = table(texts, main_part=True)
    first = learn(texts, lines_of_texts, ridge=TEXT_RIDGE, say=print, what="furniture")
    second = learn(
        texts,
        second_table(texts, lines_of_texts, first.unseen),
        ridge=SECOND_RIDGE,
        say=print,
        what="furniture, second pass",
        steps=SECOND_STEPS,
    )
    text = first.weights
    path = seeds / WEIGHTS
    with path.open(encoding="utf-8", newline="") as lines:
        before = list(csv.DictReader(lines))
    page = {row["feature"]: float(row["page"]) for row in before if row["page"]}
    if not asked.text_only:
        blocks = page_samples(pages, cues)
        page = learn(blocks, table(blocks, main_part=False), ridge=PAGE_RIDGE, say=print, what="blocks").weights
    if asked.write:
        write_second(seeds / SECOND_PASS, second.weights)
        meanings = {row["feature"]: row["meaning"] for row in before}
        names = sorted({name.removeprefix("main:") for name in text} | set(page))
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["feature", "meaning", "text", "main_part", "page"])
            for name in names:
                columns = (text.get(name), text.get(f"main:{name}"), page.get(name))
                writer.writerow([name, meanings.get(name, ""), *("" if v is None else f"{v:.4g}" for v in columns)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
