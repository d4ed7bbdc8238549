"""Units that became one: whether two periods have returns of the same ones of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from zjf.ledger import Ledger, Submission
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES
from zjf.unit_names import Roster, without_kind


def parts_told_once(roster: Roster, ledger: Ledger, before: str, after: str) -> dict[str, tuple[str, ...]]:
    """Returns, by unit, the units that became part of it (its aliases) and of which only one of two periods tells.

    Two townships became one. If only one of them reported in the earlier period, all houses of the other one
    would look like an increase.
    """
    earlier, later = _names_reported(ledger, before), _names_reported(ledger, after)
    joined = _Joined(ledger, before, after)
    told_once = {
        unit: joined.told_once(unit, _other_units(aliases, {unit}), earlier[unit], later[unit])
        if unit in earlier[unit] & later[unit]
        else _told_once(unit, aliases, earlier[unit], later[unit])
        for unit, aliases in roster.units
        if unit in earlier and unit in later
    }
    return {unit: names for unit, names in told_once.items() if names}


def _names_reported(ledger: Ledger, period: str) -> Mapping[str, set[str]]:
    """Returns, by unit, the names under which it reported for a period."""
    names: dict[str, set[str]] = {}
    for submission in ledger.submissions(period):
        names.setdefault(submission.unit, set()).add(submission.accepted_as)
    return names


def _told_once(unit: str, aliases: Collection[str], earlier: set[str], later: set[str]) -> tuple[str, ...]:
    if unit not in earlier | later:
        return tuple(sorted(earlier ^ later))
    # In one period it reported as a whole: the other one needs each of its parts.
    return tuple(_other_units(aliases, {unit, *earlier, *later}))


def _other_units(aliases: Iterable[str], reported: set[str]) -> Iterable[str]:
    """Yields the aliases that are no other way to write a name that reported: 青石镇政府 is 青石乡, 岭口乡 is not."""
    places = [without_kind(name) for name in reported]
    for alias in aliases:
        place = without_kind(alias)
        if not any(place in known or known in place for known in places):
            places.append(place)
            yield alias


@dataclass(frozen=True)
class _Joined:
    """Units into which others were merged, and which kept their own name.

    A return under that name is of the unit before the merger, or of the whole: its rows tell, as those that the
    other unit had sent under its own name are among them, or not.
    """

    ledger: Ledger
    before: str
    after: str

    def told_once(
        self, unit: str, others: Iterable[str], earlier: Collection[str], later: Collection[str]
    ) -> tuple[str, ...]:
        """Returns the other units that are in the figures of only one of the two periods.

        The names are those under which the unit reported for each of them, its own among them.
        """
        return tuple(
            other
            for other in others
            if (other in earlier or self._holds(unit, self.before, other, unless_known=other not in later))
            != (other in later or self._holds(unit, self.after, other, unless_known=True))
        )

    def _holds(self, unit: str, period: str, other: str, *, unless_known: bool) -> bool:
        """Whether what a unit sent under its own name for a period holds another unit's rows.

        Args:
            unless_known: The answer where the other unit sent no ledger, or the unit sent none for that period.
        """
        own = {
            submission.form: submission
            for submission in self.ledger.submissions(period)
            if (submission.unit, submission.accepted_as) == (unit, unit)
        }
        for of_other in self._ledgers_of(unit, other):
            keys = self._keys(of_other)
            if of_other.form in own and keys:
                return 2 * len(keys & self._keys(own[of_other.form])) >= len(keys)
        return unless_known

    def _ledgers_of(self, unit: str, other: str) -> Iterator[Submission]:
        """Yields the ledgers that another unit sent under its own name, the last period first."""
        for period in reversed(self.ledger.periods()):
            for submission in self.ledger.submissions(period):
                is_ledger = submission.form in (HOUSES, HOUSEHOLDS)
                if is_ledger and (submission.unit, submission.accepted_as) == (unit, other):
                    yield submission

    def _keys(self, submission: Submission) -> set[object]:
        (key,) = FORMS[submission.form].info.key
        return set(self.ledger.frame_of(submission, [key])[key])
