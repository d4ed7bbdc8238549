"""A web page of a table: its words and its code have to be what `report` makes; Word says where to verify."""

from pathlib import Path

import pytest

from zjf.errors import CannotDoError
from zjf.register.verdicts import Verdict

from .offices import PrintedCounty

PAGE = "附件2_云水县.html"


def test_an_untouched_page(county: PrintedCounty, tmp_path: Path) -> None:
    path = tmp_path / "表.html"
    path.write_bytes(county.file(PAGE).replace(b"\n", b"\r\n"))
    assert county.judged(path).verdict is Verdict.CURRENT


def test_a_page_saved_by_a_browser(county: PrintedCounty, tmp_path: Path) -> None:
    """Which writes its head in its own way, says where it came from, and marks the file as UTF-8."""
    path = tmp_path / "表.html"
    saved = (
        county.file(PAGE)
        .decode()
        .replace(
            "<!doctype html>", "<!DOCTYPE html>\n<!-- saved from url=(0022)http://office.invalid/a-b -->"
        )
        .replace(
            '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
        )
    )
    path.write_text(saved, "utf-8-sig")
    assert county.judged(path).verdict is Verdict.CURRENT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<td>3</td>", "<td>2</td>"),
        ("（L208）1栋", "（L208）0栋"),
        ("</body>", "<script>document.body.innerText = 2</script></body>"),
        ("</style>", "td { color: #fff }</style>"),
        ("<td>3</td>", '<td style="display: none">3</td>'),
        ("<td>3</td>", "<td>3</td><td>2</td>"),
        ("<td>3</td>", '<td onclick="alert(2)">3</td>'),
        ("</body>", "<p>更正：2 栋</p></body>"),
        ("<td>3</td>", "<td></td>3"),
        ("</body>", "<!-- --!><p>更正：2 栋</p><!-- --></body>"),
        ("</body>", "<!--><p>更正：2 栋</p><!-- --></body>"),
        ("</body>", "<![CDATA[ > <p>更正：2 栋</p> ]]></body>"),
        ("</style>", 'td::after { content: "2" }</style>'),
        ("</style>", "@import url(https://example.invalid/2.css);</style>"),
        ("<body", '<body dir="rtl"'),
        ("</head>", '<meta http-equiv="refresh" content="0;url=2.html"></head>'),
        ('charset="utf-8"', 'charset="gbk"'),
        ("</body>", "<!-- saved from url=(0004)<p>更正：2 栋</p> --></body>"),
        ("</body>", "<!-- saved from url=(0004)a --!><p>更正：2 栋</p><!-- --></body>"),
        ("<td>100</td>", "<td>\u202e001</td>"),
        ("<td>100</td>", "<td>1&#8203;00</td>"),
        ("<td>100</td>", "<td>1 00</td>"),
        ("<td>100</td>", "<td>" + "&nbsp;" * 300 + "100</td>"),
        ("<body>", "<body>" + "\u3000" * 300),
        ("@media print", "@mediaprint"),
    ],
)
def test_a_forged_page(county: PrintedCounty, tmp_path: Path, old: str, new: str) -> None:
    text = county.file(PAGE).decode()
    assert old in text
    path = tmp_path / "表.html"
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = county.judged(path)
    assert found.verdict is Verdict.ALTERED
    assert found.differences


def test_a_page_is_known_after_its_template_changed(county_of_later: PrintedCounty, tmp_path: Path) -> None:
    path = tmp_path / "表.html"
    path.write_bytes(county_of_later.file(PAGE))
    found = county_of_later.judged(path)
    assert (found.verdict, found.unseen) == (Verdict.CURRENT, ())


def test_a_style_that_cannot_be_compared_is_not_vouched_for(
    county_of_later: PrintedCounty, tmp_path: Path
) -> None:
    """Its words are those that were printed; what a reader sees may be others."""
    path = tmp_path / "表.html"
    page = county_of_later.file(PAGE).decode()
    path.write_text(
        page.replace("</style>", "td { font-size: 0 } td::after { content: '2' }</style>"), "utf-8"
    )
    found = county_of_later.judged(path)
    assert (found.verdict, found.redrawn, found.differences) == (Verdict.UNCOMPARED, True, ())


@pytest.mark.parametrize(
    ("printed", "called"),
    [("html", "pdf"), ("html", "xls"), ("pdf", "html"), ("pdf", "txt"), ("xlsx", "pdf"), ("xlsx", "html")],
)
def test_a_table_by_the_name_of_another_kind_is_not_vouched_for(
    county: PrintedCounty, tmp_path: Path, printed: str, called: str
) -> None:
    """A program that goes by the name may find another table in the same bytes."""
    path = tmp_path / f"表.{called}"
    path.write_bytes(county.file(f"附件2_云水县.{printed}"))
    with pytest.raises(CannotDoError, match=rf"里是 \.{printed} 的内容，与文件名不符"):
        county.judged(path)


@pytest.mark.parametrize("name", ["表.docx", "表.docm", "表.xlsx", "表.pdf", "表"])
def test_word_says_where_to_verify(county: PrintedCounty, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(county.file("附件2_云水县.docx"))
    with pytest.raises(CannotDoError, match="Word"):
        county.judged(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0" + bytes(100), b"PK\3\4", "核对".encode()])
def test_what_is_no_table_says_what_can_be_verified(
    county: PrintedCounty, tmp_path: Path, content: bytes
) -> None:
    """Not what to do with a return: nobody is to send this file again."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    with pytest.raises(CannotDoError) as refusal:
        county.judged(path)
    assert "能核对的是" in str(refusal.value)
    assert "报送" not in str(refusal.value)
