"""Thresholds of the quality gate, each with its reason. In press.toml under [gate], or PRESS_GATE__MAX_UNDATED=0.5."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Thresholds(BaseModel):
    """What is still ordinary. Shares are of 1; rules that compare with the past wait until there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_rows: int = Field(10, description="below ten a share says nothing: one article of five is 20%")
    min_sources: int = Field(20, description="documents and pages fail more often than articles, one by one")
    min_history_days: int = Field(
        7, description="a week has every weekday; volume and silence are measured from then on"
    )
    min_flood: int = Field(20, description="fewer articles on a day are no flood, whatever is usual")

    max_volume_ratio: float = Field(
        6.0, description="a budget day brings three to five times the usual; ten times is a fault"
    )
    warn_volume_ratio: float = Field(3.0, description="the biggest day of an ordinary month is below three times")
    min_volume_share: float = Field(0.1, description="a bank holiday brings a fifth of a weekday or more")
    max_feed_failures: int = Field(3, description="two failures in a row pass by themselves more often than not")
    max_failing_feeds: float = Field(0.8, description="four feeds in five do not fail on their own")
    min_yield: float = Field(0.4, description="link lists and videos among the pages are a third at most")
    max_undated: float = Field(
        0.34, description="one in fifteen in the seeds; a layout that lost its date loses nearly all"
    )
    max_untitled: float = Field(0.34, description="feeds of notices have items without titles; a third is a new format")
    max_no_outlet: float = Field(0.5, description="a folder of cuttings may not name its outlets, feeds always do")
    max_summary_only: float = Field(0.5, description="with half of the texts missing, quotes and figures mislead")
    min_in_language: float = Field(0.8, description="a foreign article is news now and then")
    max_language_drop: float = Field(
        0.4, description="one feed of ten may change its language; four of ten are a fault"
    )
    max_furniture: float = Field(0.15, description="with promotional text in every fifth body the publication is held")
    max_repeated: float = Field(
        0.5, description="a body most of which stands in other articles is not a text of its own"
    )
    repeated_headlines: int = Field(
        4, description="a minister's words stand under two or three headlines of an outlet a day; furniture under all"
    )
    max_boilerplate: float = Field(0.5, description="notes on authors are ordinary, also under half of the articles")
    max_twice: float = Field(0.4, description="outlets correct and move a tenth of their articles; never two fifths")
    max_year_off: float = Field(0.3, description="an anniversary brings back an old article or two")
    max_turned_away: float = Field(0.3, description="beyond that the batch is no sample of the day any more")
    max_address_gap: int = Field(60, description="an address keeps its first date when an article is published anew")
    min_body_ratio: float = Field(0.35, description="the median of three bodies varies by half; a teaser has a tenth")
    max_stubs: float = Field(0.5, description="briefs are every third text of some outlets")
    max_one_body: float = Field(0.5, description="reprints of an outlet's own text keep their headline")
    max_quiet_expected: float = Field(
        7.0, description="when seven articles were due, none comes by chance once in a thousand times: exp(-7)"
    )
    max_no_day: float = Field(0.34, description="as for dates")
    max_one_story: float = Field(0.6, description="the biggest event of a year holds a third of a day")
