"""The units whose tables wait for a signature: not signed yet, or other figures since they were signed."""

from collections.abc import Sequence

from zjf.register.print_context import PrintContext
from zjf.register.sign_off import CHANGED, NOT_COMPARED, TO_SIGN, UNSIGNED, forms_waiting, names_of, sign_offs
from zjf.schemas import Form

_IN_WORDS = {UNSIGNED: "尚未签字", CHANGED: "签字后数据有变", NOT_COMPARED: "签字后数据有没有变无法比对"}


def unsigned_sentence(
    context: PrintContext, forms: Sequence[Form], units: Sequence[str] | None = None
) -> str:
    """Returns a sentence that names the units whose tables are not signed as they now are; empty where
    there are none. Tables are named only where a unit's others are in another state.

    A unit that sent nothing for a table has none to sign; it is named among the missing units instead.

    Args:
        forms: The tables asked for; those without a signature line are passed over.
        units: The units asked for; the whole roster unless given.
    """
    to_sign = [form.id for form in forms if form.id in TO_SIGN]
    if not to_sign:
        return ""
    signed = sign_offs(context.reckoning, context.period)
    waiting: dict[str, list[str]] = {state: [] for state in _IN_WORDS}
    for unit in context.home.roster.names if units is None else units:
        figures = context.figures.get(unit)
        reported = [form for form in to_sign if figures and form in figures.figures]
        of_unit = [sign_off for sign_off in signed.get(unit, ()) if sign_off.signature.form in reported]
        for state, of_state in forms_waiting(of_unit, reported).items():
            if of_state:
                are_all = len(of_state) == len(reported)
                waiting[state].append(unit if are_all else f"{unit}（{names_of(of_state)}）")
    sentence = "；".join(f"{'、'.join(names)}{_IN_WORDS[state]}" for state, names in waiting.items() if names)
    return f"签字情况：{sentence}。" if sentence else ""
