"""Quoted words and their cue → whether they support or object, by rule; never a score of feeling."""

from __future__ import annotations

from typing import Literal

from pipeline.reading.line_rules import LineRules

Stance = Literal["supportive", "critical", "other"]


def stance(sentence: str, *, cue: str | None, rules: LineRules) -> Stance:
    """What a quoted sentence does, by the phrases of seeds/stance_cues.csv that stand in it or in its cue.

    More objecting than supporting phrases make it critical, the other way round supportive; as many of both, or none,
    make it neither.
    """
    text = f"{sentence} {cue or ''}"
    critical, supportive = rules.count(text, "critical"), rules.count(text, "supportive")
    if critical == supportive:
        return "other"
    return "critical" if critical > supportive else "supportive"
