"""困难群众住房安全台账 by township and category (云霄 一、二)."""

from collections.abc import Iterator

import pandas as pd

from zjf.documents.books.book import Book, BookMaterials, count_by, declare_book
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet, form_columns
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS
from zjf.schemas.household_facts import (
    household_appraised,
    household_cd,
    in_dangerous_house,
    leaking,
    living_not_told,
    plated,
    unimproved,
)
from zjf.schemas.vocabulary import HouseholdCategory

_SHOWN = tuple(field.name for field in FORMS[HOUSEHOLDS].fields)


def _compose(materials: BookMaterials) -> Iterator[Book]:
    for owner, households in materials.by_unit(materials.rows(HOUSEHOLDS)):
        pages = []
        for category in HouseholdCategory:
            of_category = households[households.category == category.value]
            if not of_category.empty:
                cells = materials.cells(HOUSEHOLDS, of_category, _SHOWN)
                columns = form_columns(HOUSEHOLDS, _SHOWN)
                pages.append(ListSheet.numbered(category.value, columns, cells, frozen=2))
        counts = {
            "已鉴定": household_appraised(households),
            "C、D级": household_cd(households),
            "C、D级未改造": unimproved(households),
            "已挂牌": plated(households),
            "仍住危房": in_dangerous_house(households),
            "漏雨透风": leaking(households),
            "没有填写仍住危房或漏雨透风": living_not_told(households),
        }
        heads = ("户数", *(f"{name}（户）" for name in counts))
        for name, column in (("按类别", "category"), ("按乡镇", "township")):
            columns = (Column(name[1:], width=22), *(Column(head, width=15) for head in heads))
            in_order = households.sort_values("category", key=_places_in_form, kind="stable")
            rows = count_by(in_order if column == "category" else households, counts, column)
            pages.append(ListSheet(f"汇总{name}", columns, rows))
        yield Book(owner, "困难群众住房安全台账", tuple(pages))


def _places_in_form(categories: "pd.Series[str]") -> "pd.Series[int]":
    """Returns the place of each category in the form's list."""
    return categories.map({category.value: place for place, category in enumerate(HouseholdCategory)})


declare_book(
    id="household-books",
    title="困难群众住房安全分类台账",
    names=("困难群众台账", "户台账"),
    clause="云霄 一、二(三)",
    compose=_compose,
    sources=(HOUSEHOLDS,),
)
