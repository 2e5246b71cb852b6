"""Copies of one text: recall, precision and speed beside datasketch in the same run.

`python -m bench.copies` edits made-up articles, and real ones with the labelled pairs when PRESS_BENCH_DATA is set.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH

from bench.made_up import articles
from bench.measured import data_folder, read_rows, tell
from pipeline.commands.grouping_command import instant_of
from pipeline.grouping.near_duplicates import copies, same_group, text_words
from pipeline.grouping.sketches import sketches

_FURNITURE = (
    " Sign up to our newsletter for the latest headlines. Share this article with your friends. More on this story. "
)
_WORD = re.compile(r"\w+")


def edited(text: str, share: float, rng: random.Random, words: list[str]) -> str:
    """The text with that share of its words replaced, dropped or followed by another."""
    kept = []
    for word in text.split(" "):
        luck = rng.random()
        if luck < 0.6 * share:
            kept.append(rng.choice(words))
        elif luck >= 0.8 * share:
            kept.append(word)
        if 0.8 * share <= luck < share:
            kept.append(rng.choice(words))
    return " ".join(kept)


def cut(text: str) -> str:
    """The first half of the text."""
    paragraphs = [paragraph for paragraph in text.split("\n") if paragraph.strip()]
    if len(paragraphs) < 4:
        words = text.split(" ")
        return " ".join(words[: len(words) // 2])
    return "\n".join(paragraphs[: max(2, len(paragraphs) // 2)])


def with_copies(texts: list[str], count: int, seed: int) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """The texts and `count` edited copies after them; copy → (its source, how it was made)."""
    rng = random.Random(seed)
    words = [word for text in texts[:300] for word in _WORD.findall(text)]
    ways: dict[str, Callable[[str], str]] = {
        "edited": lambda text: text,
        "cut": cut,
        "furniture": lambda text: _FURNITURE + text + _FURNITURE,
    }
    made: dict[int, tuple[int, str]] = {}
    every = list(texts)
    for number in range(count):
        source = rng.randrange(len(texts))
        way = list(ways)[number % len(ways)]
        share = (0.05, 0.1, 0.2, 0.3)[number // len(ways) % 4]
        made[len(every)] = (source, f"{way} {share:.0%}")
        every.append(edited(ways[way](texts[source]), share, rng, words))
    return every, made


def ours(texts: list[str]) -> set[tuple[int, int]]:
    """Pairs of texts in one group."""
    words = text_words(texts)
    found = copies(sketches(words), words.__getitem__, np.array([*map(len, words)]), np.full(len(words), np.nan))
    return pairs_within(same_group(len(texts), [(a, b) for a, b, _ in found]).tolist())


def pairs_within(label: list[int]) -> set[tuple[int, int]]:
    """All pairs of places with the same label."""
    members: dict[int, list[int]] = {}
    for place, of in enumerate(label):
        members.setdefault(of, []).append(place)
    return {pair for each in members.values() for pair in combinations(each, 2)}


def datasketch_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """The reference: three-word shingles, 128 permutations, LSH at 0.5."""
    index = MinHashLSH(threshold=0.5, num_perm=128)
    pairs = set()
    for number, text in enumerate(texts):
        words = [word.lower() for word in _WORD.findall(text)]
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))])
        pairs |= {(int(other), number) for other in index.query(sketch)}
        index.insert(str(number), sketch)
    return pairs


def measure(name: str, texts: list[str], count: int) -> None:
    """Recall over the copies made, precision over the pairs found, documents per CPU second."""
    every, made = with_copies(texts, count, seed=7)
    source = {number: number for number in range(len(texts))} | {copy: of for copy, (of, _) in made.items()}
    true = {(of, copy) for copy, (of, _) in made.items()}
    result: dict[str, object] = {}
    speeds = {}
    for who, find in (("", ours), ("reference_", datasketch_pairs)):
        started = time.process_time()
        found = find(every)
        speeds[who] = len(every) / (time.process_time() - started)
        result |= {
            f"{who}recall": len(found & true) / len(true),
            f"{who}precision": sum(source[a] == source[b] for a, b in found) / max(1, len(found)),
            f"{who}documents_per_cpu_second": round(speeds[who]),
        }
        if not who:
            ways = sorted({way for _, way in made.values()})
            result["recall_by_way"] = {
                way: round(np.mean([(of, copy) in found for copy, (of, by) in made.items() if by == way]), 3)
                for way in ways
            }
    tell(bench="copies", set=name, documents=len(every), speed_ratio=speeds[""] / speeds["reference_"], **result)


def labelled_pairs(folder: Path) -> None:
    """Near-duplicates against independent reports of one event and against look-alikes from a template."""
    rows = {row["id"]: row for row in read_rows(folder / "violent_docs.jsonl.gz")}
    ids = list(rows)
    words = text_words([rows[article_id]["text"] for article_id in ids])
    day = np.array(
        [instant.timestamp() / 86_400 if (instant := instant_of(rows[i]["date"] or "")) else np.nan for i in ids]
    )
    found = [(a, b) for a, b, _ in copies(sketches(words), words.__getitem__, np.array([*map(len, words)]), day)]
    label = same_group(len(ids), found).tolist()
    labels = {frozenset((row["a"], row["b"])): row["label"] for row in read_rows(folder / "violent_pairs.jsonl.gz")}
    true = {pair for pair, label in labels.items() if label == "near_duplicate"}
    joined = {frozenset((ids[a], ids[b])) for a, b in pairs_within(label)}
    tell(
        bench="copies",
        set="labelled pairs",
        pairs=len(labels),
        recall=len(joined & true) / len(true),
        precision=len(joined & true) / max(1, len(joined & labels.keys())),
    )


def main() -> None:
    """Measure and print."""
    measure("made_up", [each.text for each in articles(3_000, copied=0.0)], 600)
    folder = data_folder()
    if folder:
        labelled_pairs(folder / "duplicates")
        texts = [row["text"] for row in read_rows(folder / "volume" / "articles_12k.jsonl.gz")]
        measure("volume", [text for text in texts if len(text.split()) >= 100][:4_000], 1_200)


if __name__ == "__main__":
    main()
