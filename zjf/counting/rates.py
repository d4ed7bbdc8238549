"""Exact rates, and the text that is printed of each.

Everything is exact: integers and `Decimal`, never float.
"""

from dataclasses import dataclass
from decimal import Decimal

from zjf.public_json import parts

NO_RATE = "—"
"""Printed in place of a rate whose denominator is 0 (facts.md#no-rate)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a whole, both of them counts.

    Args:
        numerator: How many are done, ≥ 0.
        denominator: How many are to be done. Zero or less means that there is no rate: a sum such as
            ①－②－③ may fall below zero in a wrong table.
    """

    numerator: int
    denominator: int

    def __add__(self, other: "Rate") -> "Rate":
        """Returns the share of both wholes together: a ratio of sums (facts.md#ratio-of-sums)."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def exists(self) -> bool:
        return self.denominator > 0

    @property
    def over(self) -> bool:
        """Whether it is above 100 %: such a rate is printed, and flagged."""
        return self.exists and self.numerator > self.denominator

    @property
    def value(self) -> str | None:
        """The percentage to two decimals (`"88.89"`), or None where there is no rate."""
        percent = self.percent(2)
        return None if percent is None else str(percent)

    @property
    def bound(self) -> str | None:
        """The text printed where rounding gives 0 or 100 %, but the rate is neither (facts.md#exact-rates)."""
        if 0 < self.numerator < self.denominator:
            return {"100.00": "> 99.99%", "0.00": "< 0.01%"}.get(self.value or "")
        return None

    @property
    def display(self) -> str:
        """The text that a table prints."""
        return self.bound or (f"{self.value}%" if self.exists else NO_RATE)

    def percent(self, decimals: int) -> Decimal | None:
        """The percentage, rounded half-up to so many decimals, or None where there is no rate."""
        if not self.exists:
            return None
        units = (2 * self.numerator * 100 * 10**decimals + self.denominator) // (2 * self.denominator)
        return Decimal(units).scaleb(-decimals)

    def as_json(self) -> parts.Rate:
        """The public shape of `zjf.aggregate/1`."""
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "display": self.display,
        }
