"""The demo program: six invented partners and six years of their history, the same on every machine of one day.

Dates count back from today, so that each page always has something that is due. Everything random comes from one
seeded generator.
"""
