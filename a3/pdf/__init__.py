"""Paper: setting a sheet as a PDF, and making the file of a print that somebody asked for."""

from a3.pdf.books import bind, print_of
from a3.pdf.fitting import TooLong
from a3.pdf.gauging import measure
from a3.pdf.paper import Job, Printed, render
from a3.pdf.press import CannotPrint, PangoMissing
from a3.pdf.prints import draw, make
from a3.pdf.versions import key_of, shown, version_of

__all__ = [
    "CannotPrint",
    "Job",
    "PangoMissing",
    "Printed",
    "TooLong",
    "bind",
    "draw",
    "key_of",
    "make",
    "measure",
    "print_of",
    "render",
    "shown",
    "version_of",
]
