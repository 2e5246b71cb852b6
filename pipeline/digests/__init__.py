"""Stories of a day → the digest, every sentence with its evidence."""
