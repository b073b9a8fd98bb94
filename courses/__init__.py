"""The catalogue, seats and enrollment. Knows a3 and partners."""
