"""Reading code lists and the names of units, by every wording that is accepted for them."""

import re
from functools import lru_cache

from zjf.intake.rows.sheet_values import Value
from zjf.intake.values.placeholders import NOT_YET
from zjf.intake.values.proposals import probably_meant
from zjf.intake.values.readings import BLANK, NOTHING, SHOWN, Context, Reading, tidy
from zjf.intake.values.simplified import simplified
from zjf.intake.values.ticks import Ticked, read_ticks
from zjf.schemas import Field
from zjf.schemas.kinds import Kind
from zjf.schemas.vocabulary import Alteration, CodeList, Control, Grade, InitialJudgement, KeyArea, Measure

_MAY_SAY_NONE = (Alteration, Control, KeyArea, Measure)
"""Lists in which 无 is an answer and no blank: the house has none of them."""

_JUDGED_OR_NOT = Reading(
    code="C104",
    what=f"「{SHOWN}」说不清是没有隐患，还是没有初判",
    hint=f"没有隐患请填「{InitialJudgement.NONE}」；还没有初判请留空。",
)
_SEPARATORS = re.compile(r"[、，,;；。\n\r/|+＋┋]+")
_OPTION = re.compile(r"\s*(?:[①-⑳]|[(（]?(?:\d{1,2}|[A-Ha-hＡ-Ｈ])[)）.．、:：])(?=\D)")
"""How a printed form numbers its options: 1.是, A、是, ①是."""
_NUMBERED = re.compile(r"[(（]?[1一]|[(（]?A[)）.、]", re.IGNORECASE)
_NUMBERS = re.compile(
    r"[(（]?\d{1,2}[)）.、．:]?|(?:^|(?<=[\s、，,;；。]))[(（]?[一二三四五六七八九A-Ha-h][)）、.]"
)
_ENDS = "。；;，,、. "


def read_unit(field: Field, raw: Value, context: Context) -> Reading:
    """A reporting unit of the county, by its name or an alias."""
    text = tidy(raw)
    if text in NOTHING:
        return BLANK
    unit = context.roster.resolve(text)
    if unit is not None:
        return Reading(unit)
    near = context.roster.nearest(text)
    hint = "请按本县名单填写，或在 zjf.toml 中补充别名。"
    return Reading(
        code="C104", what=f"「{SHOWN}」不在本县名单中", hint=f"是否为「{near}」？{hint}" if near else hint
    )


def read_code(field: Field, raw: Value, context: Context) -> Reading:
    assert field.codes is not None
    text = tidy(raw)
    code = (
        _known(field.codes, text)
        or _known(field.codes, text.rstrip(_ENDS))
        or _numbered_option(field.codes, raw)
    )
    if code is None and (ticked := read_ticks(text)):
        return _read_ticked(field, ticked, context)
    if code is None:
        if text == "无" and field.codes is InitialJudgement:
            return _JUDGED_OR_NOT  # a blank means that the house is not judged yet; 无 may mean 无隐患
        return BLANK if text in NOTHING else _not_a_code(field, text)
    standard = "GB50292" if field.name == "grade" and "SU" in text.upper() else None
    return Reading(code, repaired=code != str(raw).strip(), standard=standard)


def _numbered_option(codes: type[CodeList], raw: Value) -> str | None:
    """Returns the option that stands behind its number on a printed form; a grade's number might be meant for a grade."""
    if codes is Grade or not isinstance(raw, str) or not (number := _OPTION.match(raw)):
        return None
    return _known(codes, tidy(raw[number.end() :]).rstrip(_ENDS))


def read_codes(field: Field, raw: Value, context: Context) -> Reading:
    """A list of codes; 无 is the empty list where a house may have none of them."""
    assert field.codes is not None
    text = tidy(raw)
    whole = _known(field.codes, text)
    if whole is not None and not _is_an_option_a_line(field.codes, text):
        return Reading((whole,), repaired=whole != str(raw).strip())
    if ticked := read_ticks(text):
        return _read_ticked(field, ticked, context)
    if text in NOTHING:
        return Reading(()) if text and issubclass(field.codes, _MAY_SAY_NONE) else BLANK
    values: dict[str, None] = {}
    for part in _parts(field.codes, text):
        code = _known(field.codes, part)
        if code is None:
            return _not_a_code(field, part)
        values[code] = None
    if not values:
        return _not_a_code(field, text)
    return Reading(tuple(values), repaired="、".join(values) != str(raw).strip())


def _is_an_option_a_line(codes: type[CodeList], text: str) -> bool:
    """Whether each line is an option of its own: 拆除 above 重建 are two, though 拆除重建 is one."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(_known(codes, line) for line in lines)


def _read_ticked(field: Field, ticked: Ticked, context: Context) -> Reading:
    """Returns the ticked options as a reading; blank where none is ticked."""
    if not ticked.clear:
        return Reading(
            code="C104", what=f"「{SHOWN}」看不出勾选的是哪一项", hint="请只留下选中的一项，去掉方框和勾。"
        )
    if not ticked.chosen:
        return BLANK
    if len(ticked.chosen) > 1 and field.kind is Kind.CODE:
        return Reading(code="C104", what=f"「{SHOWN}」勾选了不止一项", hint="请只留下选中的一项。")
    read = read_code if field.kind is Kind.CODE else read_codes
    reading = read(field, "、".join(ticked.chosen), context)
    if reading.code:
        return reading._replace(hint="请填可选项中的一项，去掉方框和勾。", quoted="、".join(ticked.chosen))
    return reading._replace(repaired=True)


def _parts(codes: type[CodeList], text: str) -> list[str]:
    """Returns the entries of a list, numbered or not; spaces separate entries too, unless a code is written with them."""
    if _NUMBERED.match(text):  # no code begins with a number
        text = _NUMBERS.sub("；", text)
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    return [word for part in parts for word in ([part] if _known(codes, part) else part.split())]


def known_code(field: Field, text: str) -> str | None:
    """Returns the official wording of the code that a text names; None where it names none."""
    return _known(field.codes, tidy(text)) if field.codes else None


@lru_cache(maxsize=50_000)
def _known(codes: type[CodeList], text: str) -> str | None:
    """The official wording of a code; case, inner spaces and the kind of comma do not matter."""
    wordings = codes.by_wording()
    bare = "".join(text.split()).upper()
    return wordings.get(text.upper()) or wordings.get(bare) or wordings.get(bare.replace("、", ","))


def _codes_named_in(codes: type[CodeList], text: str) -> set[str]:
    """Returns the codes that a text names; longer wordings win: 砖木结构 does not name 木结构."""
    wordings = codes.by_wording()
    pattern = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
    return {wordings[wording] for wording in re.findall(pattern, text.upper())}


def _not_a_code(field: Field, text: str) -> Reading:
    assert field.codes is not None
    # Marks alone, or several codes: any proposal might be the option that was not meant.
    if not text.strip("☑☒☐□√×✓✔■●○✗✘✅❌❎ "):
        return Reading(code="C104", what=f"「{SHOWN}」看不出选的是哪一项", hint="请填写选中的一项。")
    if len(_codes_named_in(field.codes, simplified(text))) > 1:
        what, hint = f"「{SHOWN}」看不出选的是哪一项", "请只留下选中的一项。"
        if field.kind is Kind.CODES:
            what, hint = f"「{SHOWN}」里的几项没有分开", "请只留下选中的，用顿号（、）隔开。"
        return Reading(code="C104", what=what, hint=hint, quoted=text)
    meant = None if text in NOT_YET else probably_meant(field.codes, text)
    hint = f"是否为「{meant}」？请从下拉列表中选择。" if meant else ""
    return Reading(code="C104", what=f"「{SHOWN}」不在可选项中", hint=hint, quoted=text)
