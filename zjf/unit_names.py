"""How places call themselves: reporting units, which are a place and a kind of unit, by the county's roster; and villages."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from zjf.likeness import nearest_words

_KIND = re.compile(
    r"(?:街道办事处|街道办|街道|办事处|民族乡|管理处|管委会|经济开发区|开发区|镇|乡)?(?:人民政府|政府)?$"
)
COMMITTEE = "村民委员会|居民委员会|村委会|居委会"
VILLAGE = f"{COMMITTEE}|社区|村"
"""How the names of villages and of their offices end, for patterns."""


def without_kind(unit: str) -> str:
    """Returns the name of a unit without the kind of unit that it is: 青石 for 青石镇 and for 青石乡人民政府."""
    return _KIND.sub("", unit, count=1)


@dataclass(frozen=True)
class Roster:
    """The names and aliases of the reporting units. Small enough to be sent to every worker process.

    Args:
        units: Each unit's name and its aliases.
        county_name: The county's name, which townships write in front of their own.
    """

    units: tuple[tuple[str, tuple[str, ...]], ...] = ()
    county_name: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a roster; without one, names are taken as written."""
        return bool(self.units)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.units)

    def resolve(self, text: str) -> str | None:
        """Returns the unit with this name or alias; None for any other text (nothing is guessed)."""
        if not self.known:
            return text.strip() or None
        plain = plain_name(text)
        return self._by_name.get(plain) or self._by_name.get(self._within_county(plain))

    def place_of(self, unit: str) -> int:
        """Returns a unit's place on the roster; behind all others where it is not on it."""
        return self.names.index(unit) if unit in self.names else len(self.names)

    def current_name(self, recorded: str) -> str:
        """Returns a unit's name now by a name on record; the recorded name if the roster does not have it."""
        return (self.resolve(recorded) or recorded) if self.known else recorded

    def nearest(self, text: str) -> str | None:
        """Returns the unit whose name or alias is most like the text, for a suggestion."""
        plain = self._within_county(plain_name(text))
        match = nearest_words(plain, self._by_name, near=60)
        return self._by_name[match[0]] if match else None

    def mentioned_in(self, text: str) -> str | None:
        """Returns the unit named in a title or a file's name; None if it names none, or several."""
        if not self.known:
            return None
        longest_first = sorted(self._by_name, key=len, reverse=True)
        names = re.findall("|".join(map(re.escape, longest_first)), plain_name(text))
        units = {self._by_name[name] for name in names}
        return units.pop() if len(units) == 1 else None

    def unit_in_front(self, text: str) -> tuple[str | None, str]:
        """Returns the unit with which a text begins, None if it begins with none, and what is behind it."""
        plain = self._within_county(plain_name(text))
        in_front = max(filter(plain.startswith, self._by_name), key=len, default="")
        return self._by_name.get(in_front), plain[len(in_front) :]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {plain_name(written): name for name, aliases in self.units for written in (name, *aliases)}

    def _within_county(self, plain: str) -> str:
        return plain.removeprefix(plain_name(self.county_name))


def plain_name(text: str) -> str:
    """Returns a name without spaces, with half-width letters and brackets."""
    return "".join(unicodedata.normalize("NFKC", text).split())
