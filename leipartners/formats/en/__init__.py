"""English, for everybody: the weekday first, 24 hours."""
