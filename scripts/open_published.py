"""Opens a published copy in whichever DuckDB this Python has, runs every view, macro and recipe, and reads the Parquet
files beside it. Prints one JSON line; exit code 1 when anything does not run. Needs nothing of this project."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

CALLS = (
    "from coverage(newest_day())",
    "from search('police OR report*')",
    "from search('\"home secretary\" NOT football')",
    "from story((select min(story_id) from placements))",
    "from outlet_share(newest_day() - 30, newest_day())",
    "from quote_variants('the')",
    "from figure_conflicts(newest_day())",
    "from articles_at(timestamptz 'infinity')",
)


def main() -> None:
    """Run everything and tell."""
    published = Path(sys.argv[1])
    connection = duckdb.connect(str(published), read_only=True)
    views = connection.execute("select view_name from duckdb_views() where not internal order by all").fetchall()
    recipes = sorted((Path(__file__).parent.parent / "warehouse" / "recipes").glob("*.sql"))
    statements = [f"from {name}" for (name,) in views]
    statements += [*CALLS, *(path.read_text(encoding="utf-8") for path in recipes)]
    statements += [f"from read_parquet('{path}')" for path in sorted(published.parent.glob("parquet/*.parquet"))]
    faults = {}
    for statement in statements:
        try:
            connection.execute(statement).fetchall()
        except duckdb.Error as error:
            faults[statement.splitlines()[0]] = str(error).splitlines()[0]
    comments = connection.execute("select count(*) from duckdb_columns() where comment is not null").fetchall()[0][0]
    ran = len(statements) - len(faults)
    print(json.dumps({"duckdb": duckdb.__version__, "ran": ran, "faults": faults, "comments": comments}))
    sys.exit(bool(faults) or not comments)


if __name__ == "__main__":
    main()
