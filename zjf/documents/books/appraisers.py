"""鉴定机构名录: the institutions whose appraisals the ledger has, and what audits found (融安 二(四)4).

Whether an institution is good enough to be listed, people decide: what only they know is left blank.
"""

from collections.abc import Iterator

import pandas as pd

from zjf.analysis.report_audits import by_institution
from zjf.documents.books.book import Book, BookMaterials, declare_book
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.schemas.form_ids import HOUSES, REPORT_AUDITS
from zjf.schemas.vocabulary import Grade

_TITLE = "房屋安全鉴定机构名录（供审定）"
_BY_HAND = (Column("资质证书编号", width=20), Column("联系电话", width=16), Column("是否列入名录", width=14))


def _compose(materials: BookMaterials) -> Iterator[Book]:
    columns = (
        Column("鉴定机构", width=30),
        *(Column(text, width=12) for text in ("鉴定房屋（栋）", *(f"{grade}级（栋）" for grade in Grade))),
        *(Column(text, width=14) for text in ("抽查报告（份）", "不合格（份）")),
        *_BY_HAND,
    )
    houses = materials.houses
    by_owner = list(materials.by_unit(houses[houses.grade.notna()]))
    for owner, appraised in by_owner[-1:]:  # of several units, the county's list alone
        page = ListSheet.numbered("名录", columns, _rows(materials, appraised), frozen=2)
        yield Book(owner, _TITLE, (page,))


def _rows(materials: BookMaterials, appraised: pd.DataFrame) -> Iterator[list[object]]:
    audits_sent = REPORT_AUDITS in materials.forms
    audits = materials.masked(REPORT_AUDITS, materials.rows(REPORT_AUDITS))
    audited = {found.name: found for found in by_institution(audits)}
    # A clerk may have written a telephone number behind the name, or a person's name.
    named = materials.masked(HOUSES, appraised).appraiser
    by_name = appraised.groupby(named.fillna("机构不详"), sort=True)
    for name, its_houses in by_name:
        found = audited.get(str(name))
        of_audits = (found.audited, found.failed) if found else (0, 0) if audits_sent else ("未报", "未报")
        grades = (int((its_houses.grade == grade).sum()) for grade in Grade)
        yield [name, len(its_houses), *grades, *of_audits, *[None] * len(_BY_HAND)]


declare_book(
    id="appraisers",
    title=_TITLE,
    names=("鉴定机构名录", "机构名录"),
    clause="融安 二(四)4",
    compose=_compose,
    sources=(HOUSES, REPORT_AUDITS),
)
