"""House ledgers with planted faults: cells (C), rows that contradict themselves (L), duplicates (D), totals."""

from collections.abc import Iterator

from sample_data.batches import ledger
from sample_data.dirty_duties import duties
from sample_data.drafts import Draft
from sample_data.places import Place
from sample_data.story import Cells

_NOT_ON_THE_ROSTER = Place("15", "城官街道", 30, 0.1, 1.0)


def ledgers() -> Iterator[Draft]:
    yield _blanks_and_codes()
    yield _numbers_and_documents()
    yield _merged_units()
    yield _contradictions()
    yield _duplicates()
    yield _text_file()
    yield _marked_text_file()
    yield _old_workbook()
    yield from _one_house_from_two_units()
    yield from _two_files_of_one_unit()
    yield _unknown_unit()


def _blanks_and_codes() -> Draft:
    """Under a grouped header, with villages merged down and a total row."""
    draft = ledger("城关街道", "城关街道.xlsx")
    draft.plant("C101", "house_id", None)
    draft.plant("C101", "owner_name", "/")
    draft.plant("C101", "floors", None)
    draft.plant("C102", "floors", "2.5层")
    draft.plant("C103", "floors", 120)
    draft.plant("C103", "build_year", 1700)
    draft.plant("C104", "structure", "砖昆")
    draft.plant("C104", "initial_judgement", "有点隐患")
    draft.plant("C104", "business", "餐饮饭店、太空站", _is_commercial)
    draft.plant("C105", "judged_on", "2024-02-30")
    draft.plant("C105", "reviewed_on", "去年冬天", lambda house: "reviewed_on" in house)
    draft.put_total("occupants", 1)
    return draft


def _numbers_and_documents() -> Draft:
    """Under alias headings, with a subtotal after each village."""
    draft = ledger("青石镇", "青石镇自建房台账.xlsx", total="")
    draft.plant("C106", "judged_on", "2064.6.5")
    draft.plant("C107", "owner_id", "990101199003070011", _has_number)
    draft.plant("C107", "owner_id", "99010119900307001", _has_number)
    draft.plant("C107", "owner_id", "990101199013070017", _has_number)
    pair = draft.plant("C107", "owner_id", None, _has_number)
    draft.change(pair, "owner_id", f"{draft.houses[pair]['owner_id']}、990101199003070011")
    draft.plant("C108", "owner_phone", "1380013800")
    draft.plant("C109", "build_year", "#REF!")
    draft.plant("C110", "owner_id", 990101199003070000, _has_number)
    draft.plant("C110", "house_id", 990101000000000123)
    draft.plant("C112", "reviewer", "程立群" * 40, lambda house: "reviewer" in house)
    draft.plant("C115", "owner_id", "E12345678", _has_number)
    draft.plant("C102", "area_m2", "约120")
    draft.plant("C103", "area_m2", 0)
    return draft


def _merged_units() -> Draft:
    """Units and villages merged down: a fault of a block is one problem, at its first cell."""
    draft = ledger("双桥镇", "双桥镇自建房台账.xlsx", notes="cells")
    draft.plant("C104", "township", "双乔镇", merged=True)
    first = draft.houses[0]["village"]
    draft.plant("C114", "township", "青石镇", lambda house: house["village"] != first, merged=True)
    return draft


def _contradictions() -> Draft:
    draft = ledger("大坪乡", "大坪乡.xlsx")
    _contradict(draft)
    draft.plant("L201", "due_on", None, lambda house: "due_on" in house and "rectified_on" not in house)
    draft.plant("L202", "accepted_on", "20220103", lambda house: "accepted_on" in house)
    return draft


def _duplicates() -> Draft:
    draft = ledger("龙潭镇", "龙潭镇报表.xlsx")
    first = draft.houses[0]
    draft.spoil("D401", 7, "house_id", first["house_id"])
    draft.spoil("D403", 9, "owner_name", first["owner_name"])
    draft.change(9, "address", first["address"])
    return draft


def _text_file() -> Draft:
    draft = ledger("竹溪乡", "竹溪乡GB18030.csv")
    draft.plant("C101", "village", None)
    draft.plant("C102", "occupants", "约3", _is_commercial)
    draft.plant("C104", "grade", "3", lambda house: "grade" in house)
    draft.plant("C105", "closed_on", "五月底", lambda house: house.get("closure_basis") == "复核无隐患")
    draft.plant("C107", "owner_id", "990101199003070011", _has_number)
    draft.plant("C109", "build_year", "#DIV/0!")
    draft.plant("C110", "owner_id", "9.90101E+17", _has_number)
    draft.plant("C112", "address", "竹溪乡\x07一组")
    return draft


def _marked_text_file() -> Draft:
    draft = ledger("马家坳乡", "马家坳乡台账.csv", total="")
    _contradict(draft)
    return draft


def _old_workbook() -> Draft:
    draft = ledger("望江镇", "望江镇.xls")
    draft.plant("C103", "floors", 0)
    draft.plant("C104", "is_commercial", "不一定")
    draft.plant("C105", "judged_on", "2023-13-01")
    draft.plant("C108", "owner_phone", "没有电话")
    draft.plant("C109", "structure", "#VALUE!")
    draft.plant("C110", "owner_id", 990101199003070000, _has_number)
    return draft


def _contradict(draft: Draft) -> None:
    """L201 to L203: what other cells call for and is blank; dates out of order; half an appraisal."""
    draft.plant("L201", "business", None, _is_commercial)
    draft.plant("L201", "judged_on", None)
    draft.plant("L201", "closure_basis", None, lambda house: "closed_on" in house)
    draft.plant("L202", "reviewed_on", "2023-01-05", lambda house: "reviewed_on" in house)
    draft.plant("L203", "appraiser", None, lambda house: "grade" in house)
    draft.plant("L203", "appraised_on", None, lambda house: house.get("grade") in ("A", "B"))


def _one_house_from_two_units() -> Iterator[Draft]:
    (east,), hill = duties(), ledger("黄土岭乡", "黄土岭乡.ods")
    east.note("D402", "house_id", 4)
    hill.spoil("D402", 6, "house_id", east.houses[4]["house_id"])
    yield east
    yield hill


def _two_files_of_one_unit() -> Iterator[Draft]:
    """The second differs in one cell, and nobody says which is meant."""
    for name in ("石岭矿区管理处台账.xlsx", "石岭矿区管理处台账（改）.xlsx"):
        draft = ledger("石岭矿区管理处", name, title="自建房台账", notes="cells")
        draft.note_file("D404")
        if "改" in name:
            draft.change(3, "remarks", "已更正")
        yield draft


def _unknown_unit() -> Draft:
    draft = ledger(_NOT_ON_THE_ROSTER, "城官街道.xlsx", omitted=frozenset({"township"}))
    draft.note_at("F008", 1, 0)
    return draft


def _is_commercial(house: Cells) -> bool:
    return bool(house["is_commercial"] == "是")


def _has_number(house: Cells) -> bool:
    return len(house.get("owner_id", "")) == len("990101199003070017")
