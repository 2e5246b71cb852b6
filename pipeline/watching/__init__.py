"""Saved boolean searches: what they say, what they find, what they would have found."""
