"""Computed numbers, written the way the entered ones are: as many decimals, the same decimal sign."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from a3.figures.kinds import Number


def with_unit(text: str, unit: str | None) -> str:
    """Return "4.6 h", "17 %", or the number alone."""
    return f"{text} {unit}" if unit else text


def median(values: Sequence[Decimal]) -> Decimal:
    """Return the middle value, or the middle of the two middle ones."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def written(value: Decimal, like: Sequence[Number], *, more: int = 0) -> str:
    """Return `value` with the decimals and the decimal sign of the numbers it was computed from."""
    decimals = max((_decimals(number.value) for number in like), default=0)
    rounded = value.quantize(Decimal(1).scaleb(-min(decimals + more, 12)), rounding=ROUND_HALF_UP)
    if more and rounded == rounded.quantize(Decimal(1).scaleb(-decimals)):
        rounded = rounded.quantize(Decimal(1).scaleb(-decimals))
    text = f"{rounded + 0:f}".replace("-", "−")
    comma = any("," in number.text and number.value != number.value.to_integral_value() for number in like)
    return text.replace(".", ",") if comma else text


def percent(part: Decimal, whole: Decimal) -> int:
    """Return a share in whole percent, halves up."""
    return int((100 * part / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if whole else 0


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
