"""Reading numbers that people and files wrote, and scaling them to integers.

A number is stored as an integer of at most 9e15, so that every JSON reader, JavaScript included,
takes it exactly.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext

from crm_config.field_types.base import CoerceContext, ValueRefused

LIMIT = 9_000_000_000_000_000

#: Spaces (plain, non-breaking, narrow) and apostrophes only ever group digits.
_SPACES = " \u00a0\u202f\u2009'’"
_MINUS = str.maketrans({"−": "-", "–": "-"})
_PLAIN = re.compile(r"[+-]?[0-9]*\.?[0-9]*\Z")


def read_decimal(raw: object, context: CoerceContext, *, decimals: int) -> Decimal:
    """An exact decimal of at most `decimals` digits after the point. Raises `ValueRefused`."""
    number = _number(raw, context, decimals)
    rounded = scaled_down(number, decimals)
    if rounded != number:
        raise ValueRefused("decimals", _decimals_message(decimals))
    return rounded


def _decimals_message(decimals: int) -> str:
    if decimals == 0:
        return gettext("Enter a whole number.")
    return gettext("Enter at most %(decimals)s digits after the decimal mark.") % {
        "decimals": decimals
    }


def _number(raw: object, context: CoerceContext, decimals: int) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        raise _not_a_number(context)
    number = _from_text(raw, context, decimals) if isinstance(raw, str) else _exact(raw)
    if not number.is_finite():
        raise _not_a_number(context)
    refuse_too_large(number, decimals)
    return number


def _exact(raw: float | Decimal) -> Decimal:
    """A float is taken at the 15 digits it holds faithfully, so that 0.1 + 0.2 is 0.3."""
    if isinstance(raw, float) and math.isfinite(raw) and not raw.is_integer():
        return Decimal(f"{raw:.15g}")
    return Decimal(raw)


def _from_text(raw: str, context: CoerceContext, decimals: int) -> Decimal:
    text = raw.strip().translate(_MINUS)
    mark = context.decimal_mark
    other = "," if mark == "." else "."
    text = _ungrouped(text, _SPACES, mark)
    if other in text:
        _refuse_ambiguous(text, other, mark, decimals)
        text = _ungrouped(text, other, mark)
    plain = text.replace(mark, ".")
    if other in text or not _PLAIN.match(plain):
        raise _not_a_number(context)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise _not_a_number(context) from error


def _ungrouped(text: str, marks: str, mark: str) -> str:
    """The text without its grouping marks, where they stand between groups of three; else as it is."""
    whole, point, fraction = text.partition(mark)
    grouped = re.compile(
        rf"[+-]?[0-9]{{1,3}}(?:([{re.escape(marks)}])[0-9]{{3}}(?:\1[0-9]{{3}})*)\Z"
    )
    if not grouped.match(whole):
        return text
    return re.sub(f"[{re.escape(marks)}]", "", whole) + point + fraction


def _refuse_ambiguous(text: str, other: str, mark: str, decimals: int) -> None:
    """`1,234` is a thousand to one and a fraction to another: refused where both could be meant."""
    if decimals >= 3 and mark not in text and text.count(other) == 1:
        whole, _, rest = text.partition(other)
        if len(rest) == 3 and len(whole.lstrip("+-")) <= 3:
            raise ValueRefused(
                "ambiguous",
                gettext("Write %(whole)s or %(fraction)s: “%(text)s” can be read as either.")
                % {"whole": whole + rest, "fraction": f"{whole}{mark}{rest}", "text": text},
            )


def _not_a_number(context: CoerceContext) -> ValueRefused:
    example = f"1234{context.decimal_mark}5"
    return ValueRefused(
        "not_a_number", gettext("Enter a number, such as %(example)s.") % {"example": example}
    )


def refuse_too_large(number: Decimal, decimals: int) -> None:
    if abs(number) > Decimal(LIMIT).scaleb(-decimals):
        limit = Decimal(LIMIT).scaleb(-decimals)
        raise ValueRefused(
            "too_large",
            gettext("Enter a number between -%(limit)s and %(limit)s.") % {"limit": f"{limit:f}"},
        )


def refuse_outside(number: Decimal | int, low: Decimal | None, high: Decimal | None) -> None:
    if low is not None and number < low:
        raise ValueRefused("too_small", gettext("Enter %(limit)s or more.") % {"limit": f"{low:f}"})
    if high is not None and number > high:
        raise ValueRefused(
            "too_great", gettext("Enter %(limit)s or less.") % {"limit": f"{high:f}"}
        )


def scaled_down(number: Decimal, decimals: int) -> Decimal:
    """Rounded, halves away from zero, to exactly so many digits after the point; never minus zero."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def to_integer(number: Decimal, decimals: int) -> int:
    return int(number.scaleb(decimals))


def from_integer(stored: int | float | Decimal, decimals: int) -> Decimal:
    return Decimal(stored).scaleb(-decimals)


def as_bound(option: object) -> Decimal | None:
    """The number that an option holds, as text or number; None when it holds none."""
    if option is None or option == "" or isinstance(option, bool):
        return None
    try:
        number = Decimal(str(option))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
