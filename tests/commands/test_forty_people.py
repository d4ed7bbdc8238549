"""Forty people planted everywhere a clerk may type them: nobody is named in what leaves the office."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sheets import A_PLAIN_HOUSE
from zjf.schemas import FORMS

from .office import PERIOD, TOWN, WRONG, Office, ledger
from .test_personal_data import files, texts

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
WHOLE = {"合并台账.xlsx"}
"""What is whole by its purpose; so are the copies that go back to a unit, which are not read here."""


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


@pytest.fixture
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
    yield f"report house-ledger attachment-2 --period {PERIOD} --as xlsx"
    yield f"weekly --period {PERIOD} --as md,html,xlsx"
    yield f"export --period {PERIOD} --as csv,xlsx"
    yield f"status --period {PERIOD}"
    yield f"receive {{inbox}} --period {PERIOD}"
    yield "house YS0005"


def test_nobody_is_said_or_written(kept: Office) -> None:
    leaks = {}
    for command in commands():
        words = command.format(inbox=kept.inbox, folder=kept.folder).split()
        ran = kept.run(*words, "--county", kept.folder)
        assert ran.code in (0, 1), (command, ran.err)
        if found := secrets_in(ran.out + ran.err):
            leaks[command] = found
    for path in files(kept.folder / "out"):
        if path.name not in WHOLE and (found := secrets_in(texts(path) + path.name)):
            leaks[str(path.relative_to(kept.folder))] = found
    assert not leaks


def test_the_forty_are_in_what_is_whole(kept: Office) -> None:
    """Else the other test would find nothing because nothing is there."""
    assert set(NAMES) <= secrets_in(texts(kept.out / "合并台账.xlsx"))


def test_who_asks_sees_the_file_s_name_as_it_is(kept: Office) -> None:
    ran = kept.validate("--format", "json", "--show-personal")
    assert any(NAMES[0] in one["path"] for one in ran.json["files"])
    assert Path(kept.inbox).is_dir()
