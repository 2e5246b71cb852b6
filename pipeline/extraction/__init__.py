"""Web pages → articles."""
