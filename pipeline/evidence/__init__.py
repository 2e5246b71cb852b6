"""Branches off an article: quotes, figures, mentions, releases and what joins them."""
