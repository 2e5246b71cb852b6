"""Text documents → articles, every paragraph with its byte span."""
