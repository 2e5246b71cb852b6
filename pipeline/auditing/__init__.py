"""The quality gate: what every dataset must satisfy, and the report of it."""
