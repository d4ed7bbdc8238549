"""The signatures on record, and whether the signed figures are still the ledger's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zjf.documents.seal import Seal
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Signature
from zjf.period import Period
from zjf.public_json import parts
from zjf.schemas import FORMS

TO_SIGN = tuple(form.id for form in FORMS.values() if form.info.signed)
"""The forms that have a signature line."""
SIGNED, UNSIGNED, CHANGED, NOT_COMPARED = "已签", "未签", "签后有变", "不能比对"


@dataclass(frozen=True)
class SignOff:
    """A signature on record.

    Args:
        changed: Whether a figure of the table is another by now; None where there is nothing to compare
            it with (a unit or the county has another name since).
    """

    signature: Signature
    changed: bool | None

    def as_json(self) -> parts.SignOff:
        signature = self.signature
        return {
            "form": signature.form,
            "by": signature.signed_by,
            "on": signature.signed_on.isoformat(),
            "code": signature.code,
            "scan": {"file": signature.scan_name, "sha256": signature.scan_sha256}
            if signature.scan_sha256
            else None,
            "changed": self.changed,
        }


def sign_offs(reckoning: Reckoning, period: Period) -> dict[str, tuple[SignOff, ...]]:
    """Returns the signatures of a period by unit (or county), as it is named now, in the order of recording.

    A return that came in again with the same figures changes nothing of what was signed.
    """
    home = reckoning.home
    signatures = {
        (home.roster.current_name(signature.unit), signature.form): signature
        for signature in reckoning.ledger.signatures(str(period))
    }
    if not signatures:
        return {}
    # Loaded only where something was signed: they load what makes and reads workbooks and papers.
    from zjf.register.print_context import PrintContext
    from zjf.register.verdicts import Verdict
    from zjf.register.verification import look_up

    context = PrintContext(reckoning, period)
    sign_offs_by_unit: dict[str, tuple[SignOff, ...]] = {}
    for (unit, _), signature in signatures.items():
        seal = Seal(signature.form, signature.period, signature.unit, signature.code)
        verdict = found.verdict if (found := look_up(seal, context)) else Verdict.UNCOMPARED
        changed = None if verdict is Verdict.UNCOMPARED else verdict is not Verdict.CURRENT
        sign_offs_by_unit[unit] = (*sign_offs_by_unit.get(unit, ()), SignOff(signature, changed))
    return sign_offs_by_unit


def forms_waiting(signed: Iterable[SignOff], to_sign: Iterable[str]) -> dict[str, list[str]]:
    """Returns, by what they wait for, the forms that are not signed as their tables now are: 签后有变, 不能比对, 未签."""
    changed = {sign_off.signature.form: sign_off.changed for sign_off in signed}
    return {
        CHANGED: [form for form, has_changed in changed.items() if has_changed],
        NOT_COMPARED: [form for form, has_changed in changed.items() if has_changed is None],
        UNSIGNED: [form for form in to_sign if form not in changed],
    }


def state_of(signed: Collection[SignOff], to_sign: Iterable[str]) -> str:
    """Returns whether a unit's tables are signed: 已签, or what they wait for; names the tables if not all are alike."""
    if not signed:
        return UNSIGNED
    waiting = forms_waiting(signed, to_sign)
    return "；".join(f"{state}（{names_of(forms)}）" for state, forms in waiting.items() if forms) or SIGNED


def names_of(forms: Iterable[str]) -> str:
    """Returns forms by their short titles: 附件1、附件2."""
    return "、".join(FORMS[form].info.short_title for form in forms)
