"""The warehouse → what other programs read: ninjs, JSON Feed, a data package, lineage events."""
