"""Joining the files of many sheets into one book: pages, their tags, an outline, title and language.

pikepdf reads the parts lazily and writes them once, so that a book of 200 sheets needs little memory. The tags of each
part are kept: their numbers are shifted, and each part's tree hangs below the book's one Document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

LEAD = re.compile(r"book:(\d+)")


@dataclass(frozen=True)
class Part:
    """A file, which of its pages are taken, and what the outline calls the first of them ("": nothing)."""

    path: Path
    title: str = ""
    pages: tuple[int, int] | None = None


def join(parts: Sequence[Part], to: Path, *, title: str, author: str) -> int:
    """Write the book; returns how many pages it has."""
    book = pikepdf.new()
    document = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document))
    document.K = pikepdf.Array()
    numbers = pikepdf.Array()
    opened, starts = [], []
    for part in parts:
        source = pikepdf.open(part.path)
        opened.append(source)
        starts.append((len(book.pages), part.title))
        _add(book, source, document, numbers)
    _lead(book, starts)
    _describe(book, document, numbers, title=title, author=author)
    with book.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(words, page) for page, words in starts if words)
    count = len(book.pages)
    book.save(to, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for source in opened:
        source.close()
    return count


def _add(book: Any, source: Any, document: Any, numbers: Any) -> None:
    """Take over all pages of a part, and its tags where it has some."""
    begin, shift = len(book.pages), _free(numbers)
    book.pages.extend(source.pages)
    tree = source.Root.get("/StructTreeRoot")
    if tree is None:
        return
    copied = book.copy_foreign(tree)
    for page in book.pages[begin:]:
        for holder, name in [
            (page.obj, "/StructParents"),
            *((note, "/StructParent") for note in page.get("/Annots", [])),
        ]:
            if name in holder:
                holder[name] = int(holder[name]) + shift
    for key, value in _pairs(copied.ParentTree.Nums):
        numbers.extend([int(key) + shift, value])
    children = copied.K if isinstance(copied.K, pikepdf.Array) else [copied.K]
    for child in children:
        child.P = document
        if child.get("/S") == pikepdf.Name.Document:
            child.S = pikepdf.Name.Part
        document.K.append(child)


def _lead(book: Any, starts: list[tuple[int, str]]) -> None:
    """Let the links of the contents, written as book:1, book:2, ..., lead to the first pages of those parts."""
    for page in book.pages[: starts[1][0] if len(starts) > 1 else len(book.pages)]:
        for note in page.get("/Annots", []):
            address = str(note.get("/A", {}).get("/URI", ""))
            if found := LEAD.fullmatch(address):
                del note["/A"]
                begin, words = starts[int(found[1])]
                note.Dest = pikepdf.Array([book.pages[begin].obj, pikepdf.Name.Fit])
                note.Contents = pikepdf.String(words)


def _describe(book: Any, document: Any, numbers: Any, *, title: str, author: str) -> None:
    tree = book.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructTreeRoot,
            K=pikepdf.Array([document]),
            ParentTree=book.make_indirect(pikepdf.Dictionary(Nums=numbers)),
            ParentTreeNextKey=_free(numbers),
        )
    )
    document.P = tree
    book.Root.StructTreeRoot = tree
    book.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    book.Root.Lang = pikepdf.String("en")
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    book.Root.PageMode = pikepdf.Name.UseOutlines
    with book.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [author]
        metadata["dc:language"] = {"en"}
        metadata["pdfuaid:part"] = "1"


def _free(numbers: Any) -> int:
    return int(numbers[-2]) + 1 if len(numbers) else 0


def _pairs(numbers: Any) -> list[tuple[Any, Any]]:
    flat = list(numbers)
    return list(zip(flat[::2], flat[1::2], strict=True))
