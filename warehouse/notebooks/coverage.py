"""An example notebook on the published warehouse: share of voice, a story's timeline, figures that conflict.

    pip install marimo altair && marimo edit warehouse/notebooks/coverage.py

It opens the published copy read-only, whose place it takes from PRESS_DATA_DIR or from where `make run` puts it.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Coverage")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo

    data = Path(os.environ.get("PRESS_DATA_DIR", Path(__file__).parent.parent / "data"))
    published = duckdb.connect(data / "published" / "press.duckdb", read_only=True)

    def ask(sql, **values):
        """The answer to a statement as a frame."""
        return published.execute(sql, values).df()

    return alt, ask, mo


@app.cell
def _(ask, mo):
    days = ask("select min(covered_on) as first, max(covered_on) as last from placements").iloc[0]
    period = mo.ui.date_range(value=(days["first"].date(), days["last"].date()), label="Period")
    period
    return (period,)


@app.cell
def _(alt, ask, mo, period):
    share = ask(
        "from outlet_share($from_day, $to_day) limit 20", from_day=str(period.value[0]), to_day=str(period.value[1])
    )
    bars = (
        alt.Chart(share)
        .mark_bar()
        .encode(
            x=alt.X("placement_share", axis=alt.Axis(format="%"), title="share of articles"),
            y=alt.Y("outlet", sort="-x", title=None),
            tooltip=["outlet", "placement_count", "story_count", "story_share"],
        )
    )
    mo.vstack([mo.md("## Share of voice by outlet"), bars, share])
    return


@app.cell
def _(ask, mo, period):
    stories = ask(
        "select story_id, any_value(title) as title from coverage_between($from_day, $to_day) "
        "group by story_id order by sum(work_count) desc, story_id limit 50",
        from_day=str(period.value[0]),
        to_day=str(period.value[1]),
    )
    chosen = mo.ui.dropdown(
        options={f"{row.title} ({row.story_id[:6]})": row.story_id for row in stories.itertuples()}, label="Story"
    )
    mo.vstack([mo.md("## A story's timeline"), chosen])
    return (chosen,)


@app.cell
def _(ask, chosen, mo):
    mo.stop(chosen.value is None, mo.md("*Choose a story.*"))
    timeline = ask("from story($id)", id=chosen.value)
    timeline
    return


@app.cell
def _(ask, mo, period):
    conflicts = ask(
        "select placements.covered_on, doubts.kind, doubts.detail, placements.story_id "
        "from figure_doubts as doubts "
        "join placements on list_contains(doubts.article_ids, placements.article_id) "
        "where placements.covered_on between cast($from_day as date) and cast($to_day as date) "
        "group by all order by all",
        from_day=str(period.value[0]),
        to_day=str(period.value[1]),
    )
    mo.vstack([mo.md("## Figures that cannot both be right"), conflicts])
    return


if __name__ == "__main__":
    app.run()
