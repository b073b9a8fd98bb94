"""My work, page by piece: the agenda, what waits, and one's sheets."""
