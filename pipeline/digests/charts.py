"""Numbers → a picture (PNG), drawn without a browser. A table with the same numbers always stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def volume_chart(volume: Sequence[tuple[date, int]], *, day: date) -> bytes:
    """Bars of items held per day, the digest's own day in a stronger colour.

    volume   (day, count) in order
    returns  PNG at twice the size it is shown in; the same numbers give the same bytes
    """
    import altair as alt

    rows = [
        {"day": f"{on:%a} {on.day} {on:%b}", "order": place, "items": count, "today": on == day}
        for place, (on, count) in enumerate(volume)
    ]
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(size=34)
        .encode(
            x=alt.X("day:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("items:Q", title="items", axis=alt.Axis(tickMinStep=1, grid=False)),
            color=alt.condition("datum.today", alt.value("#1d4f91"), alt.value("#b4c4d8")),
        )
    )
    labels = bars.mark_text(dy=-7, fontSize=12, color="#1b1f24").encode(text="items:Q", color=alt.value("#1b1f24"))
    chart = (bars + labels).properties(width=560, height=120, background="white")
    return _png(chart.to_dict())


def _png(specification: dict[str, object]) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(specification, scale=2))
