"""What changed between two texts: words taken out and put in, lists item by item, tables cell by cell.

Taking the <ins> out leaves the old words, taking the <del> out the new ones. However long or hostile the texts are, the
work is bounded: what would take too long to compare is shown as replaced.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from a3.blocks import Block, Part, Run, Word, blocks_of, in_one_setting

MOST_STEPS = 6_000_000  # of comparing words, for all the texts of one page: a second or so at the very worst
MOST_PAIRS = 400  # of blocks that are held against each other
ALIKE = 0.25  # from this share of common words on, a block counts as the changed other one
WHOLES = {"table", "tbody"}  # compared inside, however little is left of the other

type Opcode = tuple[str, int, int, int, int]
type Pair = tuple[Part | None, Part | None]
type Cells = tuple[str, str, str]  # the name of a field of a figure, and what stands in it then and now, as safe HTML


class Figures:
    """How figures are compared: whether one is the same in both, its drawing then and now, and what was entered for it.

    By itself: none.
    """

    def __init__(
        self,
        then: Callable[[str], str] = str,
        now: Callable[[str], str] = str,
        same: Callable[[str], bool] = bool,
        cells: Callable[[str], Sequence[Cells]] = lambda _: (),
    ) -> None:
        self.then, self.now, self.same, self.cells = then, now, same, cells

    def compared(self, number: str) -> str:
        if self.same(number):
            return self.now(number)
        return f'<div class="two-figures">{self.gone(number)}{self.come(number)}</div>'

    def gone(self, number: str) -> str:
        return f'<div class="figure-then"><p class="sign">Before</p>{self.then(number)}</div>'

    def come(self, number: str) -> str:
        return f'<div class="figure-now"><p class="sign">After</p>{self.now(number)}</div>'


@dataclass(frozen=True)
class Columns:
    """How many columns a table had and has, and which became which: all of them, in their order."""

    widths: tuple[int, int] = (0, 0)
    pairs: tuple[tuple[int | None, int | None], ...] = ()

    def of(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Pair]:
        return [(None if i is None else olds[i], None if j is None else news[j]) for i, j in self.pairs]


class Comparer:
    """Compares the texts of one page, with one allowance of work for all of them."""

    def __init__(self, figures: Figures | None = None, *, steps: int = MOST_STEPS) -> None:
        self.figures = figures or Figures(lambda _: "", lambda _: "")
        self.steps = steps
        self.columns = Columns()

    def compare(self, old: str, new: str) -> str:
        """Return both sanitised texts as one, with <del> and <ins> around what differs."""
        return self._side_by_side(blocks_of(old), blocks_of(new))

    def _side_by_side(self, olds: Sequence[Part], news: Sequence[Part]) -> str:
        out = []
        for verb, start, end, begin, stop in self._opcodes([o.key for o in olds], [n.key for n in news]):
            if verb == "equal":
                out += [self._pair(*both) for both in zip(olds[start:end], news[begin:stop], strict=True)]
            else:
                out += [self._pair(*both) for both in self._paired(olds[start:end], news[begin:stop])]
        return "".join(out)

    def _pair(self, old: Part | None, new: Part | None) -> str:
        if old is None or new is None:
            return self._whole(new, "ins") if new else self._whole(old, "del") if old else ""
        if isinstance(old, Run) and isinstance(new, Run):
            return self._words(old, new)
        if not (isinstance(old, Block) and isinstance(new, Block) and old.tag == new.tag):
            return self._whole(old, "del") + self._whole(new, "ins")
        if new.tag == "figure":
            return self.figures.compared(new.figure) + self._cells(new.figure)
        return f"{new.start}{self._inside(old, new)}{new.end}"

    def _inside(self, old: Block, new: Block) -> str:
        if new.tag == "tbody":
            self.columns = self._columns_of(old, new)
        widths = (len(old.children), len(new.children))
        if new.tag == "tr" and widths[0] == widths[1]:  # column by column
            return "".join(self._pair(*cells) for cells in zip(old.children, new.children, strict=True))
        if new.tag == "tr" and widths == self.columns.widths:
            cells = self.columns.of(old.children, new.children)
            return "".join(self._pair(*both) for both in cells)
        return self._side_by_side(old.children, new.children)

    def _columns_of(self, old: Block, new: Block) -> "Columns":
        """Which columns of two tables are the same: those with one head."""
        then, now = _heads(old), _heads(new)
        pairs: list[tuple[int | None, int | None]] = []
        for verb, start, end, begin, stop in self._opcodes(then, now):
            if verb == "equal":
                pairs += zip(range(start, end), range(begin, stop), strict=True)
            else:
                pairs += [(column, None) for column in range(start, end)]
                pairs += [(None, column) for column in range(begin, stop)]
        return Columns((len(then), len(now)), tuple(pairs))

    def _cells(self, number: str) -> str:
        """What was entered for a figure, where it differs: field by field, its rows cell by cell."""
        differing = [(name, then, now) for name, then, now in self.figures.cells(number) if then != now]
        return "".join(
            f'<div class="figure-cells"><p class="sign">{name}</p>{self.compare(then, now)}</div>'
            for name, then, now in differing
        )

    def _words(self, old: Run, new: Run) -> str:
        out = []
        for verb, start, end, begin, stop in self._opcodes(old.keys, new.keys):
            if verb == "equal":
                out.append(_set(new.words[begin:stop], ""))
            else:
                out += [_set(old.words[start:end], "del"), _set(new.words[begin:stop], "ins")]
        return "".join(out)

    def _whole(self, part: Part, verb: str) -> str:
        if isinstance(part, Run):
            return _set(part.words, verb)
        if part.tag == "figure":
            return self.figures.come(part.figure) if verb == "ins" else self.figures.gone(part.figure)
        return f"{part.start}{''.join(self._whole(child, verb) for child in part.children)}{part.end}"

    def _opcodes(self, olds: Sequence[str], news: Sequence[str]) -> list[Opcode]:
        """As difflib has them; one replacement when finding them could take more than what is left of the allowance."""
        if olds == news:
            return [("equal", 0, len(olds), 0, len(news))]
        head = _shared(olds, news)
        tail = _shared(olds[head:][::-1], news[head:][::-1])
        end, stop = len(olds) - tail, len(news) - tail
        old, new = olds[head:end], news[head:stop]
        if self._allows(old, new):
            middle = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        else:
            middle = [("replace", 0, len(old), 0, len(new))]
        shifted: list[Opcode] = [(verb, a + head, b + head, c + head, d + head) for verb, a, b, c, d in middle]
        before: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
        after: list[Opcode] = [("equal", end, len(olds), stop, len(news))] if tail else []
        return before + shifted + after

    def _allows(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Take the most steps this could need from the allowance, if it has them."""
        counted = Counter(new)
        steps = (2 * min(len(old), len(new)) + 1) * (sum(counted[key] for key in old) + len(old))
        if steps > self.steps:
            return False
        self.steps -= steps
        return True

    def _paired(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Pair]:
        """Which block became which, in their order: those with the most words in common."""
        sizes = sum(len(one.keys) for one in olds) * len(news) + sum(len(one.keys) for one in news) * len(olds)
        if len(olds) * len(news) > MOST_PAIRS or sizes > self.steps:
            return [(old, None) for old in olds] + [(None, new) for new in news]
        self.steps -= sizes
        return _best(olds, news)


def _heads(table: Block) -> list[str]:
    """What stands in the cells of its first row."""
    first = table.children[0] if table.children else None
    return [cell.key for cell in first.children] if isinstance(first, Block) else []


def _best(olds: Sequence[Part], news: Sequence[Part]) -> list[Pair]:
    """Walk back through the table of the best that can be had from each pair of beginnings."""
    alike = [[_likeness(old, new) for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i, row in enumerate(alike, start=1):
        for j, share in enumerate(row, start=1):
            both = best[i - 1][j - 1] + share if share >= ALIKE else 0.0
            best[i][j] = max(best[i - 1][j], best[i][j - 1], both)
    out: list[Pair] = []
    i, j = len(olds), len(news)
    while i or j:
        if j and best[i][j] == best[i][j - 1]:
            j -= 1
            out.append((None, news[j]))
        elif i and best[i][j] == best[i - 1][j]:
            i -= 1
            out.append((olds[i], None))
        else:
            i, j = i - 1, j - 1
            out.append((olds[i], news[j]))
    return out[::-1]


def _likeness(old: Part, new: Part) -> float:
    """The share of words that both have, from 0 to 1."""
    if old.tag != new.tag:
        return 0.0
    if isinstance(old, Block) and isinstance(new, Block) and new.tag == "figure":
        return float(old.figure == new.figure)
    common = sum((Counter(old.keys) & Counter(new.keys)).values())
    share = 2 * common / ((len(old.keys) + len(new.keys)) or 1)
    return max(share, ALIKE) if new.tag in WHOLES else share


def _set(words: list[Word], verb: str) -> str:
    out = []
    for wraps, text in in_one_setting(words):
        inner = text.strip()
        said = text.replace(inner, f"<{verb}>{inner}</{verb}>", 1) if verb and inner else text
        ends = "".join(f"</{wrap[1:].split(' ')[0].rstrip('>')}>" for wrap in reversed(wraps))
        out.append(f"{''.join(wraps)}{said}{ends}")
    return "".join(out)


def _shared(olds: Sequence[str], news: Sequence[str]) -> int:
    """How many both begin with."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(olds, news, strict=False)))
