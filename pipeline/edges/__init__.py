"""Where the outside world is: HTTP, files, DuckDB, mail. Foreign exceptions are translated here and nowhere else."""
