"""A county into which people and payloads are planted everywhere that somebody may type a text.

Where that is follows from the declarations: every column of words of every form, every text of the settings and
of a waiver, names of files and sheets, answers, notes.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from tests.sheets import A_PLAIN_HOUSE, Cells, workbook
from zjf.intake.answers import ANSWER, LISTING
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind

from .office import GREENSTONE, MINE, PERIOD, TOWN, WRONG, Office, ledger

BEFORE = "2024-W22"
SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PEOPLE = 40
HOUSEHOLDS = 10
"""How many people there are, and how many of them are on the lists of households."""


def identity_number(place: int) -> str:
    """A valid number of an area that there is none of."""
    digits = f"99990119{60 + place % 40:02d}0{1 + place % 9}1{place % 9}{100 + place}"
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11]


NAMES = [
    f"{SURNAMES[place % len(SURNAMES)]}{'璟瑄'[place // 30]}{'翀骞珩'[place % 3]}" for place in range(PEOPLE)
]
NUMBERS = [identity_number(place) for place in range(PEOPLE)]
PHONES = [f"1390017{place:04d}" for place in range(PEOPLE)]

WORKED_OUT = "1337"
PAYLOADS = (
    '=HYPERLINK("http://example.invalid","点这里")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "</td></table><script>alert(1)</script>",
    "{{7*191}}",
    "{% for one in range(1337) %}{% endfor %}",
    "#calc.mul(7, 191)",
    "#image(bytes(()))",
    "$ 7 dot 191 $",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    "&lt;w:fldSimple w:instr='DDE'/&gt;",
    "{ INCLUDETEXT http://example.invalid/calc.txt }",
    "«MERGEFIELD calc»",
    "{{ ''.__class__.__mro__ }}{{7*191}}",
    "]]>&calc;<!ENTITY calc 'x'>",
    "[点这里](http://example.invalid/) ![](http://example.invalid/x.png)",
    "\u202e=1+1\u202c",
    "；=1+1",
    "[/red][link=http://example.invalid]点这里[/link]",
)
SHORT = "=1+1<img src=x onerror=alert(1)>{{7*191}}#calc.mul(7, 191)"
"""What there is room for where one text must say everything."""
NAMED = "=1+1{{337}}#1镇"
"""A unit of the settings; its alias is another payload."""
ESCAPED = "\x1b[2J\x1b]0;calc\x07"
"""What clears a terminal, and names its window."""

PLAIN: dict[str, dict[str, str]] = {
    "house-ledger": A_PLAIN_HOUSE
    | {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05", "鉴定日期": "2024-04-02", "鉴定等级": "C"}
    | {"管控措施": "停止使用", "告知日期": "2024-03-06", "移送日期": "2024-05-28", "整治期限": "2024-12-31"},
    "household-ledger": {"类别": "低保户", "结构类型": "砖混结构", "仍住危房": "是"},
    "issue-ledger": {"来源": "线上巡检", "发现日期": "2024-05-02", "整改期限": "2024-05-20"},
    "spot-check": {"抽查日期": "2024-05-20", "原结论": "存在一定安全隐患", "抽查结论": "错排"},
    "report-audit": {"抽查日期": "2024-05-20", "抽查结论": "不合格", "问题类型": "缺项漏项"},
    "platform-list": {"类别": "自建房", "层数": "2"},
    "sweep-table": {},
    "attachment-1": {},
    "attachment-2": {},
}
"""A row of each form of which nothing is to be said, apart from its texts."""
WHY = f"{NAMES[8]}、{NAMES[-9]}（{PHONES[8]}，证号{NUMBERS[8]}）不在家"
"""What a clerk types as the reason of a waiver, or of another draw."""
SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"} | {
    "初判结论": "未发现安全隐患",
    "初判日期": "2023-05-01",
}
"""What of a house makes it one that may be drawn."""
PREFIX = {"house-ledger": "YS", "platform-list": "PT", "issue-ledger": "WT", "household-ledger": "H"}


def texts_of(form: str) -> list[Field]:
    """The columns of a form in which a clerk writes words of his own."""
    return [field for field in FORMS[form].fields if field.kind is Kind.TEXT and field.codes is None]


def with_people(form: str, place: int) -> dict[str, str]:
    """A row with a person where one belongs, and where he does not."""
    name, number, phone = NAMES[place], NUMBERS[place], PHONES[place]
    row = {field.heading.text: f"{name}（{phone}）说证号是{number}" for field in texts_of(form)}
    row |= {field.heading.text: name for field in texts_of(form) if field.personal}
    for field in FORMS[form].fields:
        if field.kind in (Kind.DOCUMENTS, Kind.PHONES):
            row[field.heading.text] = number if field.kind is Kind.DOCUMENTS else phone
    if "使用人" in row:
        row["使用人"] = NAMES[-1 - place]
    return row | {heading: "东村" for heading in ("村（社区）", "行政村") if heading in row}


def with_payload(form: str, payload: str) -> dict[str, str]:
    """A row with a payload in every column of words."""
    return {field.heading.text: payload for field in texts_of(form)}


def rows_of(form: str) -> Iterator[dict[str, str]]:
    """Rows with every person, then with every payload; each has an identifier of its own."""
    told = [with_people(form, place) for place in range(PEOPLE if form == "house-ledger" else HOUSEHOLDS)]
    told += [
        with_payload(form, payload) for payload in (*PAYLOADS, f"{SHORT} #image(bytes(())) $ 7 dot 191 $")
    ]
    for number, row in enumerate(told, 1):
        own = {
            field.heading.text: f"{PREFIX.get(form if field.name != 'house_id' else 'house-ledger', 'BG')}{number:04}"
            for field in FORMS[form].fields
            if field.kind is Kind.IDENTIFIER
        }
        yield PLAIN[form] | row | own


def sheet_of(form: str, unit: str = TOWN) -> Cells:
    """A table of a form with all of them, from one unit."""
    rows = list(rows_of(form))
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [
        [f"填报单位：{unit}", "", f"填报人：{SHORT}"],
        headings,
        *([row.get(name, "") for name in headings] for row in rows),
    ]


def in_a_name(text: str) -> str:
    """A payload as a file or a sheet may be called."""
    return re.sub(r"[\\/:*?\[\]<>|\"'\t\r\u202e\u202c]", "_", text)[:28]


SETTINGS = {"county": ("office", "superior"), "units": ("name", "aliases"), "departments": ()}
"""Where the settings hold words of the county's own: by table, its keys; none where all of its values are."""


def plant(office: Office) -> None:
    """Plants them all, takes two weeks in, and has what was asked answered."""
    office.change_settings(
        "[reporting]\n",
        f"""[[units]]
name = '{NAMED}'
aliases = ['#image(bytes(()))镇', '{{{{calc}}}}乡']

[departments]
"影院" = '{SHORT}'

[reporting]
""",
    )
    words = f"office = '{SHORT}'\nsuperior = '{SHORT}'"
    office.change_settings('notice = "jiaxiang-2024"', f'notice = "jiaxiang-2024"\n{words}')
    waived = (
        ("L208", "unit", GREENSTONE, SHORT),
        ("R611", "unit", TOWN, WHY),
        ("L213", "house", NUMBERS[9], WHY),
    )
    (office.folder / "waivers.toml").write_text(
        "".join(
            f"[[waivers]]\ncode = '{code}'\n{what} = '{whose}'\nreason = '{why}'\nby = '{SHORT}'\nuntil = 2099-12-31\n"
            for code, what, whose, why in waived
        ),
        "utf-8",
    )
    notes = office.folder / "notes"
    notes.mkdir()
    said = "\n\n".join(["# 推进难点", *PAYLOADS, f"## {SHORT}", *(f"- {one}" for one in PAYLOADS)])
    for period in (PERIOD, BEFORE, "2024-06"):
        (notes / f"{period}.md").write_text(f"{said}\n\n{NAMES[7]}（{PHONES[7]}）证号{NUMBERS[7]}", "utf-8")
    _returns(office)
    office.run(
        "aggregate", office.inbox.parent / BEFORE, "--period", BEFORE, "--county", office.folder, "--partial"
    )
    office.aggregate("--partial")
    _answered(office)
    office.aggregate("--partial")
    _beside(office.folder)


def _returns(office: Office) -> None:
    file = f"{TOWN}_{NAMES[0]}_{NUMBERS[0]}_{PHONES[0]}.xlsx"
    houses, *others = (sheet_of(form) for form in _SENT)
    named = [in_a_name(payload) for payload in PAYLOADS[: len(_SENT)]]
    named[0] = f"{PAYLOADS[1]}{NAMES[2]}_{PHONES[2]}"
    office.receive(f"../{BEFORE}/{file}", workbook(houses, *others, names=named))
    at = houses[1].index("结构类型")
    for row in (2, 3, 2 + PEOPLE, 3 + PEOPLE):
        houses[row][at] = WRONG["结构类型"] if row < PEOPLE else PAYLOADS[row % 8]
    office.receive(file, workbook(houses, *others, names=named))
    shop = {"房屋地址": "@SUM(1,1)", "销号方式": "管理措施", "销号日期": "2023-06-01"}
    office.receive(f"{in_a_name(SHORT)}{GREENSTONE}.xlsx", ledger(GREENSTONE, shop))
    to_draw = SHOP | {"房屋地址": f"{NAMES[3]}家（{PHONES[3]}）{SHORT}", "产权人": NAMES[3]}
    office.receive("=1+1{{7-191}}石岭.xlsx", ledger(MINE, {"房屋地址": "<b>{{7*191}}</b>"}, to_draw))
    office.receive("@SUM(1,1)另一镇.xlsx", ledger(NAMED, {"房屋编号": "YS9001"}))
    stranger = {"房屋编号": "YS9101", "产权人": NAMES[1]}
    office.receive(f"未知镇{PHONES[1]}.xlsx", ledger(f"{NAMES[1]}镇", stranger))
    office.receive(f"坏的{NUMBERS[2]}.xlsx", b"PK\x03\x04 not a workbook")
    office.receive(f"{ESCAPED}坏.xlsx", b"no workbook")


def _answered(office: Office) -> None:
    """The unit answers each problem of its marked copy, which comes back in place of its return."""
    (sent,) = office.inbox.glob(f"{TOWN}_{NAMES[0]}*")
    office.validate("--annotate", office.folder / "往返")
    (marked,) = (office.folder / "往返").glob(f"{TOWN}_{NAMES[0][0]}*")
    book = openpyxl.load_workbook(marked)
    headings = [cell.value for cell in book[LISTING][4]]
    for row, text in zip(
        book[LISTING].iter_rows(min_row=5), [*PAYLOADS, NAMES[5], NUMBERS[5], PHONES[5]] * 9, strict=False
    ):
        answer = dict(zip(headings, row, strict=True))[ANSWER]
        answer.value, answer.data_type = text, "s"
    data = io.BytesIO()
    book.save(data)
    sent.write_bytes(data.getvalue())


def _beside(folder: Path) -> None:
    """Photographs, a platform's list and two lists of households beside the returns."""
    photos = folder / "照片"
    photos.mkdir()
    for name in (
        "=1+1.jpg",
        "<img src=x onerror=alert(1)>.jpg",
        f"YS0001_{ESCAPED}.jpg",
        f"{NAMES[6]}家_正面.jpg",
        f"YS0001_正面_{PHONES[3]}.jpg",
        f"{NUMBERS[4]}.jpg",
    ):
        (photos / name).write_bytes(b"no picture")
    wanted = [["房屋编号", "户编号"], [f"YS{PEOPLE + len(PAYLOADS) + 1:04}", f"H{HOUSEHOLDS + 1:04}"]]
    (folder / "房屋.xlsx").write_bytes(workbook(wanted))
    (folder / "=1+1平台.xlsx").write_bytes(workbook(sheet_of("platform-list")))
    for name, form in (("甲.xlsx", "household-ledger"), ("乙.xlsx", "household-ledger")):
        cells = sheet_of(form)
        (folder / name).write_bytes(workbook(cells if name == "甲.xlsx" else [*cells[:2], *cells[4:]]))


_SENT = ("house-ledger", "household-ledger", "issue-ledger", "spot-check", "report-audit")
"""The forms with words that units send."""
NOTHING_TO_DO = (
    "台账中没有可出",
    "没有被抽到的房屋",
    "没有抽取记录",
    "还没有收到抽查结果",
    "已经存在",
    "草稿",
    "由人决定",
)
"""Why a command may have nothing to do in this county."""
