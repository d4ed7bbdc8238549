"""Forty people planted everywhere a clerk may type them: nobody is named in what leaves the office."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sheets import A_PLAIN_HOUSE, workbook
from zjf.schemas import FORMS

from .office import PERIOD, TOWN, WRONG, Office, ledger
from .prepared import prepared
from .test_personal_data import files, texts

pytestmark = pytest.mark.slow  # every command that there is

BEFORE = "2024-W22"
SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(place: int) -> str:
    """A valid number of an area that there is none of."""
    digits = f"99990119{60 + place % 40:02d}0{1 + place % 9}1{place % 9}{100 + place}"
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11]


NAMES = [
    f"{SURNAMES[place % len(SURNAMES)]}{'璟瑄'[place // 30]}{'翀骞珩'[place % 3]}" for place in range(40)
]
NUMBERS = [identity_number(place) for place in range(40)]
PHONES = [f"1390017{place:04d}" for place in range(40)]
WHOLE = {"合并台账.xlsx", "改好.xlsx", "改好.修改记录.json"}
COPIES = {"退回标注", "marked"}
"""What is whole by its purpose; so is what goes back to the unit that sent it: marked and mended copies."""


def house(place: int) -> dict[str, str]:
    """A house whose owner stands in his own columns, and where he does not belong."""
    name, number, phone = NAMES[place], NUMBERS[place], PHONES[place]
    said = {
        "产权人": name,
        "使用人": NAMES[-1 - place],
        "证件号码": number,
        "联系电话": phone,
        "备注": f"{name}（{phone}）说证号是{number}",
        "房屋地址": f"东村{place}号{name}家 {phone}",
    }
    headings = {field.heading.text for field in FORMS["house-ledger"].fields}
    return {heading: text for heading, text in said.items() if heading in headings | set(A_PLAIN_HOUSE)}


@prepared
def kept(office: Office) -> Office:
    """Two weeks of a unit, its files named after people; beside them a wrong one, a strange one and a broken one."""
    assert len(set(NAMES)) == len(set(NUMBERS)) == 40
    houses = [house(place) for place in range(40)]
    file = f"城关街道_{NAMES[0]}_{NUMBERS[0]}_{PHONES[0]}.xlsx"
    office.receive(f"../{BEFORE}/{file}", ledger(TOWN, *houses))
    office.run("aggregate", office.inbox.parent / BEFORE, "--period", BEFORE, "--county", office.folder)
    office.receive(file, ledger(TOWN, *[one | WRONG for one in houses[:3]], *houses[3:]))
    office.receive(f"未知镇{PHONES[1]}.xlsx", ledger(f"{NAMES[1]}镇", *houses[:2], number_from=90))
    office.receive(f"坏的{NUMBERS[2]}.xlsx", b"PK\x03\x04 not a workbook")
    office.aggregate("--partial")
    photos = office.folder / "照片"
    photos.mkdir()
    for name in (f"{NAMES[6]}家_正面.jpg", f"YS0001_正面_{PHONES[3]}.jpg", f"{NUMBERS[4]}.jpg"):
        (photos / name).write_bytes(b"no picture at all")
    listed = [["房屋编号", "所属乡镇", "行政村", "地址", "类别", "层数"]]
    listed += [
        [f"PT{place:04d}", TOWN, "东村", f"东村{NAMES[place]}家{PHONES[place]}", "自建房", "2"]
        for place in (0, 2, 3)
    ]
    (office.folder / "平台.xlsx").write_bytes(workbook(listed))
    return office


def secrets_in(said: str) -> set[str]:
    plain = "".join(said.split())
    hidden = [number[6:16] for number in NUMBERS] + [phone[3:9] for phone in PHONES]
    return {secret for secret in (*NAMES, *hidden) if secret in plain}


def commands() -> Iterator[str]:
    for style in ("table", "json", "xlsx"):
        yield f"validate {{inbox}} --period {PERIOD} --format {style}"
        yield f"classify {{inbox}} --format {style}"
        yield (
            f"diff {BEFORE} {PERIOD} --format {style} -o {{folder}}/out/d.xlsx"
            if style == "xlsx"
            else (f"diff {BEFORE} {PERIOD} --format {style}")
        )
        yield f"explain 整治率 --period {PERIOD} --format {style}"
    yield f"aggregate {{inbox}} --period {PERIOD}"
    yield f"report house-ledger --period {PERIOD} --as xlsx,pdf"
    yield f"report attachment-1 attachment-2 --period {PERIOD} --as xlsx,pdf,docx,html"
    yield f"report attachment-1 attachment-2 --period {PERIOD} --as html --debug"
    yield f"weekly --period {PERIOD} --as md,html,xlsx,docx"
    yield "monthly --period 2024-06 --as md,html,xlsx,docx"
    yield f"friday --period {PERIOD} --dry-run"
    yield f"friday --period {PERIOD}"
    yield f"message {{inbox}} --period {PERIOD}"
    yield f"sample --period {PERIOD} --format json"
    yield f"sample --period {PERIOD} --format xlsx"
    yield f"photos {{photos}} --period {PERIOD} --all"
    yield f"photos {{photos}} --period {PERIOD} --format json"
    yield f"photos {{photos}} --period {PERIOD} --format xlsx -o {{folder}}/out/照片.xlsx"
    yield f"reconcile {{listed}} --period {PERIOD}"
    yield f"reconcile {{listed}} --period {PERIOD} --format json"
    yield f"reconcile {{listed}} --period {PERIOD} --format xlsx"
    yield "repair {own} -o {folder}/out/改好.xlsx"
    yield "waive --from-answers"
    yield "template house-ledger -o {folder}/out/空白表.xlsx"
    yield f"explain C104 --period {PERIOD}"
    yield f"status --period {PERIOD} --format json"
    yield "backup --list"
    yield "backup --verify"
    yield "doctor"
    yield "find YS0005"
    yield f"export --period {PERIOD} --as csv,xlsx"
    yield f"status --period {PERIOD}"
    yield f"receive {{inbox}} --period {PERIOD}"
    yield "house YS0005"


def said_by_a_clerk(command: str, kept: Office) -> list[str]:
    own = next(kept.inbox.glob("城关街道*.xlsx"))
    named = {"photos": kept.folder / "照片", "listed": kept.folder / "平台.xlsx", "own": own}
    return command.format(inbox=kept.inbox, folder=kept.folder, **named).split()


def failing(folder: Path) -> Iterator[str]:
    """Commands that cannot be done, or are said wrongly, with people in their words."""
    for said in (NAMES[3], NUMBERS[3], PHONES[3]):
        yield f"validate {folder}/{said}.xlsx"
        yield f"classify {folder}/{said}"
        yield f"verify {folder}/{said}.xlsx"
        yield f"repair {folder}/{said}.xlsx -o {folder}/改好.xlsx"
        yield f"photos {folder}/{said}"
        yield f"reconcile {folder}/{said}.xlsx"
        yield f"restore {folder}/{said}.db"
        yield f"house {said}"
        yield f"report house-ledger --unit {said} --period {PERIOD}"
        yield f"paper plan --house {said}"
        yield f"message {folder}/{said}.xlsx --period {PERIOD}"


def test_nobody_is_said_when_it_fails(kept: Office) -> None:
    """But for the words that the clerk himself has just typed: they may be said back to him."""
    (kept.folder / "ledger.db").write_bytes((kept.folder / "ledger.db").read_bytes()[:-5000])
    for command in [*failing(kept.folder), *commands()]:
        words = said_by_a_clerk(command, kept)
        ran = kept.run(*words, "--county", kept.folder)
        assert "Traceback" not in ran.err or "--debug" in words
        assert secrets_in(ran.out + ran.err) <= secrets_in(command), command


def test_nobody_is_said_or_written(kept: Office) -> None:
    leaks = {}
    for command in commands():
        ran = kept.run(*said_by_a_clerk(command, kept), "--county", kept.folder)
        if ran.code not in (0, 1):
            leaks[command] = {ran.err}
        if found := secrets_in(ran.out + ran.err):
            leaks[command] = found
    for path in files(kept.folder / "out"):
        whole = path.name in WHOLE or COPIES & set(path.parts)
        if not whole and (found := secrets_in(texts(path) + path.name)):
            leaks[str(path.relative_to(kept.folder))] = found
    assert not leaks


def test_the_forty_are_in_what_is_whole(kept: Office) -> None:
    """Else the other test would find nothing because nothing is there."""
    assert set(NAMES) <= secrets_in(texts(kept.out / "合并台账.xlsx"))


def test_who_asks_sees_the_file_s_name_as_it_is(kept: Office) -> None:
    ran = kept.validate("--format", "json", "--show-personal")
    assert any(NAMES[0] in one["path"] for one in ran.json["files"])
    assert Path(kept.inbox).is_dir()
