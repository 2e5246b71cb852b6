"""The published warehouse → the press room: static pages, a style sheet and an index that is searched offline."""
