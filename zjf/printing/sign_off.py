"""What was signed, and whether its figures are still the ledger's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from zjf.county import County
from zjf.ledger import Ledger, Signature
from zjf.period import Period
from zjf.reports.seal import Seal
from zjf.schemas import FORMS

TO_SIGN = tuple(form.id for form in FORMS.values() if form.info.signed)
"""The forms that have a signature line."""


SIGNED = "已签"


@dataclass(frozen=True)
class SignOff:
    """A signature on record; `changed` where a figure of the table is another by now."""

    signature: Signature
    changed: bool

    def as_json(self) -> dict[str, Any]:
        one = self.signature
        return {
            "form": one.form,
            "by": one.signed_by,
            "on": one.signed_on.isoformat(),
            "code": one.code,
            "scan": {"file": one.scan_name, "sha256": one.scan_sha256} if one.scan_sha256 else None,
            "changed": self.changed,
        }


def sign_offs(home: County, ledger: Ledger, period: Period) -> dict[str, tuple[SignOff, ...]]:
    """Unit (or county): what was signed of a period, in the order in which it was recorded.

    A return that came in again with the same figures changes nothing of what was signed.
    """
    found: dict[str, tuple[SignOff, ...]] = {}
    for each in ledger.signatures(str(period)):
        found[each.unit] = (*found.get(each.unit, ()), SignOff(each, _changed(each, home)))
    return found


def _changed(signature: Signature, home: County) -> bool:
    # Loaded where something was signed: it knows how to read workbooks and papers.
    from zjf.printing.verification import Verdict, judge

    seal = Seal(signature.form, signature.period, signature.unit, signature.code)
    return judge(seal, home).verdict is not Verdict.CURRENT


def state_of(signed: Iterable[SignOff], to_sign: Collection[str]) -> str:
    """What a board says of a unit's tables: 已签, 未签, 签后有变, with the tables where not all are alike.

    Args:
        signed: What was signed.
        to_sign: The forms that are to be signed.
    """
    by_form = {each.signature.form: each for each in signed}
    if changed := [form for form, each in by_form.items() if each.changed]:
        return f"签后有变（{_names(changed)}）"
    if not by_form:
        return "未签"
    waiting = [form for form in to_sign if form not in by_form]
    return f"未签（{_names(waiting)}）" if waiting else SIGNED


def _names(forms: Iterable[str]) -> str:
    return "、".join(FORMS[form].info.number or FORMS[form].info.title for form in forms)
