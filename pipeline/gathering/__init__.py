"""Feeds, entries and addresses: what comes in from the web, before any page is read."""
