"""Visits, gemba walks and the board. Knows a3 and partners."""
