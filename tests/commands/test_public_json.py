"""Every public JSON document keeps to its published schema: its name, its keys, and no key besides."""

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from pydantic import TypeAdapter

from docs.generate import REFERENCE
from tests.commands.office import (
    FACT_1,
    GREENSTONE,
    MINE,
    PERIOD,
    TOWN,
    UNREVIEWED,
    WRONG,
    House,
    Office,
    attachment,
    ledger,
    office_in,
)
from tests.commands.papers import altered, made
from tests.sheets import parse, workbook
from zjf.public_json import DocumentName, encode
from zjf.public_json.published import MODELS, file_name, json_schema

BEFORE = "2024-W22"
CLEAR_SHOP: House = {
    "是否经营性": "是",
    "经营业态": "超市",
    "专业设计": "是",
    "专业施工": "是",
    "初判结论": "未发现安全隐患",
    "初判日期": "2023-05-01",
}
PLATFORM = """
    | 房屋编号 | 所属乡镇 | 行政村 | 地址            | 类别   | 层数 |
    | YS0001   | 城关街道 | 东村   | 城关街道东村1号 | 自建房 | 3    |
    | YS9999   | 青石镇   | 南村   | 青石镇南村9号   | 自建房 | 2    |
"""
HOUSEHOLDS = """
    | 户编号 | 所属乡镇 | 村（社区） | 户主姓名 | 类别         | 结构类型 |
    | H1     | 城关街道 | 东村       | 赵一     | 建档立卡户 | 砖混结构 |
"""
Documents = dict[DocumentName, list[dict[str, Any]]]
FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """What a small county's commands say in JSON: two weeks, a return sent back, a paper signed and altered."""
    office = office_in(tmp_path_factory.mktemp("JSON") / "云水县")
    (office.folder / "waivers.toml").write_text(
        '[[waivers]]\ncode = "L208"\nunit = "青石镇"\nreason = "已报县局"\nby = "王主任"\nuntil = 2099-01-01\n',
        "utf-8",
    )
    said: Documents = defaultdict(list)

    def keep(*arguments: str | Path) -> None:
        document = office.run(*arguments, "--county", office.folder, "--format", "json").json
        said[DocumentName(document["schema"])].append(document)

    office.receive("城关街道.xlsx", ledger(TOWN, *[CLEAR_SHOP] * 11, {}))
    keep("aggregate", office.inbox, "--period", BEFORE)
    first = office.receive("城关街道.xlsx", ledger(TOWN, *[CLEAR_SHOP] * 11, {"销号方式": ""} | UNREVIEWED))
    office.receive("青石镇.xlsx", ledger(GREENSTONE, UNREVIEWED))
    office.receive("石岭.xlsx", ledger(MINE, WRONG), attachment("attachment-2", {MINE: FACT_1}))
    office.receive("说明.xlsx", b"no workbook")
    keep("validate", office.inbox, "--period", PERIOD)
    keep("classify", office.inbox)
    keep("aggregate", office.inbox, "--period", PERIOD)
    keep("diff", BEFORE, PERIOD)
    keep("diff", first, office.inbox / "青石镇.xlsx")
    keep("sample", "--period", PERIOD, "--seed", "7")
    _check_the_drawn(office)
    keep("sample", "--period", PERIOD, "--returned", office.out / "抽查")
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    keep("reconcile", office.folder / "平台.xlsx", "--period", PERIOD)
    for name in ("扶贫.xlsx", "住建.xlsx"):
        (office.folder / name).write_bytes(workbook(parse(HOUSEHOLDS)[0]))
    keep("reconcile", "--lists", office.folder / "扶贫.xlsx", office.folder / "住建.xlsx")
    office.run("report", "attachment-2", "--period", PERIOD, "--county", office.folder)
    paper = made(office, f"附件2_{TOWN}.xlsx")
    office.run("sign", paper, "--by", "王志远", "--on", "2024-06-07", "--county", office.folder)
    keep("verify", paper)
    keep("verify", altered(paper, **{_a_figure(paper): 999}))
    keep("explain", "surveyed", "--period", PERIOD)
    keep("status", "--period", PERIOD)
    office.run("paper", "plan", "--house", "YS0001", "--county", office.folder)
    office.run("paper", "evaluation", "--period", PERIOD, "--county", office.folder)
    for path in office.out.rglob("验收评估报告_*.json"):
        said[DocumentName.REPORT].append(json.loads(path.read_text("utf-8")))
    keep("house", "YS0001")
    keep("find", "东村")
    (office.folder / "照片").mkdir()
    (office.folder / "照片" / "YS0001_正面.jpg").write_bytes(b"no picture")
    keep("photos", office.folder / "照片")
    for command, period, name in (("weekly", PERIOD, "weekly"), ("monthly", "2024-06", "monthly")):
        office.run(command, "--period", period, "--as", "md", "--county", office.folder)
        figures = json.loads((office.folder / "out" / period / f"{name}.json").read_text("utf-8"))
        said[DocumentName(figures["schema"])].append(figures)
    summary = json.loads((office.out / "summary.json").read_text("utf-8"))
    said[DocumentName(summary["schema"])].append(summary)
    return said


def _check_the_drawn(office: Office) -> None:
    """An inspector fills in the drawn houses' form."""
    (path,) = (office.out / "抽查").glob("抽查台账_*.xlsx")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=page[str(page.freeze_panes)].row):
        if row[0].value:
            row[3].value, row[5].value, row[6].value = "2024-06-06", "错排", "周工"
    book.save(path)


def _a_figure(paper: Path) -> str:
    """The address of a figure of a printed table."""
    page = openpyxl.load_workbook(paper).worksheets[0]
    return next(cell.coordinate for row in page.iter_rows() for cell in row if cell.value == 12)


def test_every_document_keeps_to_its_schema(documents: Documents) -> None:
    assert set(documents) == set(DocumentName), "a document that no test makes"
    for name, made_documents in documents.items():
        for document in made_documents:
            jsonschema.validate(document, json_schema(name), format_checker=FORMATS)
            kept = TypeAdapter(MODELS[name]).validate_json(json.dumps(document), strict=True)
            assert _keys(kept) == _keys(document), f"{name} has keys that its type lacks"


def _keys(said: Any) -> Any:
    """A document's keys, however deep, without what they say."""
    if isinstance(said, dict):
        return {key: _keys(value) for key, value in said.items()}
    return [_keys(value) for value in said] if isinstance(said, list) else None


def test_the_papers_among_them_are_not_empty(documents: Documents) -> None:
    """A list that is empty holds nothing against its schema."""
    (status,) = documents[DocumentName.STATUS]
    assert status["problems"]
    assert any(unit["signatures"] for unit in status["units"])
    assert any(document["differences"] for document in documents[DocumentName.VERIFICATION])
    assert documents[DocumentName.WEEKLY][0]["waivers"]
    assert documents[DocumentName.AGGREGATE][-1]["weekly"]["schema"] == DocumentName.WEEKLY
    assert any(unit["problems"] for unit in documents[DocumentName.SPOT_CHECK][0]["units"])


@pytest.mark.parametrize("name", DocumentName)
def test_the_schemas_are_published_as_they_are(name: DocumentName) -> None:
    published = json.loads((REFERENCE / "schemas" / file_name(name)).read_text("utf-8"))
    assert published == json_schema(name), "run `make docs`"
    jsonschema.Draft202012Validator.check_schema(published)


def test_a_document_of_another_name_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"zjf\.printing"):
        encode({"schema": "zjf.printing.verification/1"})
