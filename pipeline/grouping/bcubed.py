"""Two groupings of the same things → B-cubed precision, recall and F1 (Bagga and Baldwin, 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """Each from 0 to 1, averaged over all things, those alone in their group included."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def bcubed(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> BCubed:
    """How well `found` agrees with `gold`, both thing → group.

    raises   ValueError when they do not group the same things, or nothing
    """
    if not found or found.keys() != gold.keys():
        raise ValueError("B-cubed compares two groupings of the same things")
    both = Counter((found[thing], gold[thing]) for thing in found)
    found_size, gold_size = Counter(found.values()), Counter(gold.values())
    precision = sum(count * count / found_size[group] for (group, _), count in both.items())
    recall = sum(count * count / gold_size[group] for (_, group), count in both.items())
    return BCubed(precision / len(found), recall / len(found))
