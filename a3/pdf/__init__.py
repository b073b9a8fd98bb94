"""Paper: setting a sheet as a PDF, and making the file of a print that somebody asked for."""

from a3.pdf.paper import Job, TooLong, render
from a3.pdf.press import CannotPrint, PangoMissing
from a3.pdf.prints import key_of, make

__all__ = ["CannotPrint", "Job", "PangoMissing", "TooLong", "key_of", "make", "render"]
