"""Reading lists of people as they come: pasted, CSV in any letters, workbooks. Knows neither Django nor the database.

`reading.read` is the way in: it has `child` do the work in a process of its own, with limits.
"""
