"""Copies of one text, stories of one event, and what is related."""
