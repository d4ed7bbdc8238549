"""Units that became one: whether two periods have returns of the same ones of them."""

from collections.abc import Collection, Iterable, Mapping

from zjf.county import Roster
from zjf.ledger import Ledger
from zjf.unit_names import without_kind


def parts_told_once(roster: Roster, ledger: Ledger, before: str, after: str) -> dict[str, tuple[str, ...]]:
    """Returns the units whose figures of two periods are not of the same former units.

    Two townships became one. If only one of them reported in the earlier period, all houses of the other one
    would look like an increase.

    Args:
        roster: The units, with their former names among the aliases.
        ledger: The ledger.
        before: The earlier period.
        after: The later one.

    Returns:
        Unit: the names of the units that became part of it and of which only one period tells.
    """
    earlier, later = _names_reported(ledger, before), _names_reported(ledger, after)
    told_once = {
        unit: _told_once(unit, aliases, earlier[unit], later[unit])
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
    if unit in earlier and unit in later:
        return ()
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
