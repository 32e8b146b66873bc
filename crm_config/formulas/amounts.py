"""Money in formulas: amounts of one currency stay in it, mixed ones are counted in the base currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


class NoRate(ArithmeticError):
    """Two currencies met, and there is no rate to bring them together."""


@dataclass(frozen=True)
class Amount:
    """`base` is the amount in the base currency `unit`, or None where no rate is known."""

    amount: Decimal
    currency: str
    base: Decimal | None
    unit: str

    def _in_base(self) -> Decimal:
        if self.base is None:
            raise NoRate(self.currency)
        return self.base

    def _joined(self, other: Amount, sign: int) -> Amount:
        if self.currency == other.currency:
            known = self.base is not None and other.base is not None
            base = self._in_base() + sign * other._in_base() if known else None
            return Amount(self.amount + sign * other.amount, self.currency, base, self.unit)
        total = self._in_base() + sign * other._in_base()
        return Amount(total, self.unit, total, self.unit)

    def __add__(self, other: Amount) -> Amount:
        return self._joined(other, 1)

    def __sub__(self, other: Amount) -> Amount:
        return self._joined(other, -1)

    def __mul__(self, factor: Decimal | int) -> Amount:
        base = None if self.base is None else self.base * factor
        return Amount(self.amount * factor, self.currency, base, self.unit)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Decimal | int | Amount) -> Amount | Decimal:
        if not isinstance(divisor, Amount):
            return self * (Decimal(1) / Decimal(divisor))
        if self.currency == divisor.currency:
            return self.amount / divisor.amount
        return self._in_base() / divisor._in_base()

    def __neg__(self) -> Amount:
        return self * -1

    def __abs__(self) -> Amount:
        return self if self.amount >= 0 else -self

    def _pair(self, other: Amount) -> tuple[Decimal, Decimal]:
        if self.currency == other.currency:
            return self.amount, other.amount
        return self._in_base(), other._in_base()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amount):
            return NotImplemented
        mine, theirs = self._pair(other)
        return mine == theirs

    def __lt__(self, other: Amount) -> bool:
        mine, theirs = self._pair(other)
        return mine < theirs

    def __le__(self, other: Amount) -> bool:
        mine, theirs = self._pair(other)
        return mine <= theirs

    __hash__ = None  # type: ignore[assignment]
