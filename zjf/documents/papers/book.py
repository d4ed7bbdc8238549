"""一栋一册: everything on record about one house."""

from collections.abc import Iterator, Sequence

from zjf.analysis.photos import VIEWS
from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Listing, Photo, Photos, Prose
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import hazardous

_WIDE_FROM = 20


def _compose(case: HouseCase) -> Sequence[Block]:
    changes = tuple((cell.period, cell.heading, cell.before, cell.now, cell.source) for cell in case.history)
    records = tuple((record.day, record.kind, record.detail) for record in case.records)
    return (
        Head("一、房屋情况"),
        Grid(tuple(_every_column(case))),
        Head("二、分类"),
        Grid(
            (
                Entry("风险等级", case.classes.get("risk", "")),
                Entry("下一步", case.classes.get("duty", "")),
                Entry("重点房屋", case.classes.get("tags", ""), wide=True),
                Entry("主管部门", case.classes.get("departments", ""), wide=True),
                Entry("列为隐患的情形", "；".join(case.reasons), wide=True),
            )
        ),
        Head("三、台账变动"),
        *_listing_or_sentence(
            ("期次", "栏目", "原填", "现填", "来源"), changes, (17, 15, 19, 19, 24), "台账中没有变动记录。"
        ),
        Head("四、文书、签字和未落实事项"),
        *_listing_or_sentence(("日期", "事项", "内容"), records, (16, 26, 52), "没有登记。"),
        Head("五、照片"),
        *(Photos(pair) for pair in _pairs((*case.photos, *_empty_photo_places(case)))),
    )


def _empty_photo_places(case: HouseCase) -> Iterator[Photo]:
    """Yields an empty place for each view without a picture."""
    for view in VIEWS:
        if not any(photo.caption.startswith(view) for photo in case.photos):
            yield Photo(view)


def _pairs(photos: tuple[Photo, ...]) -> list[tuple[Photo, ...]]:
    return [photos[start : start + 2] for start in range(0, len(photos), 2)]


def _every_column(case: HouseCase) -> Sequence[Entry]:
    form = FORMS[HOUSES]
    return [
        case.entry(field.name, wide=field.heading.width >= _WIDE_FROM)
        for field in form.fields
        if field is not form.unit_field
    ]


def _listing_or_sentence(
    heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], shares: tuple[int, ...], nothing: str
) -> tuple[Block, ...]:
    return (Listing(heads, rows, shares),) if rows else (Prose(nothing, indented=False, small=True),)


declare_paper(
    id="book",
    title="自建房安全隐患整治台账（一栋一册）",
    names=("一栋一册",),
    clause="融安 二(三)1",
    reader="乡镇（街道）存档",
    compose=_compose,
    meant_for=hazardous,
    need="有隐患的房屋",
)
