"""From feeds and documents to a press office's daily digest. The path: model.py lists the nouns in its order."""

__version__ = "0.1.0"
