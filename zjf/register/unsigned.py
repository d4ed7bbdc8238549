"""The units whose tables wait for a signature: not signed yet, or other figures since they were signed."""

from collections.abc import Iterator, Mapping, Sequence

from zjf.register.print_context import PrintContext
from zjf.register.sign_off import TO_SIGN, sign_offs
from zjf.schemas import FORMS, Form

_NOT_SIGNED, _CHANGED, _NOT_COMPARED = "尚未签字", "签字后数据有变", "签字后数据有没有变无法比对"


def unsigned_sentence(
    context: PrintContext, forms: Sequence[Form], units: Sequence[str] | None = None
) -> str:
    """Returns a sentence that names the units whose tables are not signed as they now are; empty where
    there are none.

    A unit that sent nothing for a table has none to sign; it is named among the missing units instead.

    Args:
        context: The tables of the period.
        forms: The tables asked for; those without a signature line are passed over.
        units: The units asked for; the whole roster unless given.
    """
    to_sign = [form.id for form in forms if form.id in TO_SIGN]
    if not to_sign:
        return ""
    states = dict(_states(context, to_sign, context.home.roster.names if units is None else units))
    units_by_state = {
        state: [
            _unit_with_forms(unit, state_by_form, state)
            for unit, state_by_form in states.items()
            if state in state_by_form.values()
        ]
        for state in (_NOT_SIGNED, _CHANGED, _NOT_COMPARED)
    }
    sentence = "；".join(f"{'、'.join(names)}{state}" for state, names in units_by_state.items() if names)
    return f"签字情况：{sentence}。" if sentence else ""


def _states(
    context: PrintContext, to_sign: Sequence[str], units: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yields each unit with the state of its tables by form, but for those that are signed as they now are."""
    signed = sign_offs(context.reckoning, context.period)
    for unit in units:
        figures = context.figures.get(unit)
        changed = {sign_off.signature.form: sign_off.changed for sign_off in signed.get(unit, ())}
        yield unit, {form: _state(form, changed) for form in to_sign if figures and form in figures.figures}


def _state(form: str, changed: Mapping[str, bool | None]) -> str:
    if form not in changed:
        return _NOT_SIGNED
    return {True: _CHANGED, None: _NOT_COMPARED, False: ""}[changed[form]]


def _unit_with_forms(unit: str, state_by_form: Mapping[str, str], state: str) -> str:
    """Returns the unit's name, followed by the tables in that state unless all its tables are in it."""
    forms = [form for form, form_state in state_by_form.items() if form_state == state]
    if len(forms) == len(state_by_form):
        return unit
    return f"{unit}（{'、'.join(FORMS[form].info.short_title for form in forms)}）"
