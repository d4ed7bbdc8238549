"""zjf report: the attachment tables and the ledgers, ready to be printed and signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import zjf.documents.books  # noqa: F401  # registers every kind of book
from zjf import console
from zjf.commands.form_option import FORM_NAMES
from zjf.commands.options import CountyOption, out_option
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.documents.books.book import BOOKS, BookKind
from zjf.errors import CannotDoError, NothingToPrintError, UsageError
from zjf.ledger import PrintedTable
from zjf.naming.declared import PACKAGE
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import Table
from zjf.register.unsigned import unsigned_sentence
from zjf.render.xlsx.sheets import write_book
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import HOUSES
from zjf.services.houses.house_files import HouseFiles
from zjf.services.periods.books import books
from zjf.services.returns.waiting_returns import waiting_returns
from zjf.services.tables import printing
from zjf.services.tables.packages import units_with_figures, write_packages
from zjf.services.tables.printing import Writer

_BOOKS = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in BOOKS.values())

Forms = Annotated[
    list[str],
    typer.Argument(
        help=f"要出哪些表，写中文名或代号：{FORM_NAMES}；或 {_BOOKS}、成套材料（{PACKAGE}）。",
        metavar="FORM…",
    ),
    NameOf.TABLE,
]
NeededPeriod = Annotated[str, typer.Option("--period", help="期次，如 2024-W23、第23周。"), NameOf.PERIOD]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", help="只出这个单位的表（可重复）；默认各单位和全县都出。"),
    NameOf.UNIT_OR_COUNTY,
]
AsOption = Annotated[
    str, typer.Option("--as", help="文件样式，可用逗号连写：xlsx、pdf、docx、html。"), NameOf.STYLES
]
OutOption = Annotated[Path | None, out_option("放在哪个文件夹；默认 out/期次/附件 或 台账。")]
FinalOption = Annotated[
    bool,
    typer.Option(
        "--final",
        help="只出正式表：数据不齐、有退回或豁免时不出，并说明原因（退出码 1）；出了的，另提示哪些单位还没有签字或签字后数据有变。",
    ),
]
CoverOption = Annotated[
    bool,
    typer.Option(
        "--cover", help="另出一份报送全县各表的随文函（Word）；写给谁，在 zjf.toml 的 superior 中。"
    ),
]
OneFileOption = Annotated[
    bool,
    typer.Option(
        "--one-file", help="另把各份 PDF 按顺序合订成一个文件，带目录，便于一次打印（要有 pdf 样式）。"
    ),
]
PersonalOption = Annotated[
    bool, typer.Option("--show-personal", help="台账中显示完整的个人信息（默认隐去）。")
]


def report(
    forms: Forms,
    period: NeededPeriod,
    unit: UnitOption = None,
    as_: AsOption = "xlsx",
    out: OutOption = None,
    final: FinalOption = False,
    cover: CoverOption = False,
    one_file: OneFileOption = False,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """按通知的样式出附件表和台账：各单位一份，全县一份。"""
    home = County.find(county)
    record_whole(show_personal, home, "report", reason)
    order = _Order(
        home=home,
        period=Period.parse(period),
        names=unit or (),
        styles=as_,
        out=out,
        final=final,
        cover=cover,
        one_file=one_file,
        whole=show_personal,
    )
    # Books last: one that has nothing to say must not keep the attachments from being written.
    if wanted_forms := [FORMS[name] for name in forms if name not in (*BOOKS, PACKAGE)]:
        _report_forms(wanted_forms, order)
    if PACKAGE in forms:
        _report_packages(order)
    if book_kinds := [kind for name in forms if (kind := BOOKS.get(name))]:
        _show_styles_left_out(book_kinds, as_)
        _report_books(book_kinds, order)


@dataclass(frozen=True)
class _Order:
    """What is asked for besides the tables: of whom, how and where.

    Args:
        names: The units, and the county, as they were named; nobody: all of them.
        styles: The styles, with commas between them.
        out: The folder; None: the period's own.
        whole: Whether ledgers show personal data unmasked.
    """

    home: County
    period: Period
    names: Sequence[str]
    styles: str
    out: Path | None
    final: bool
    cover: bool
    one_file: bool
    whole: bool

    @property
    def units(self) -> list[str | None]:
        """The units that were named; None: the county."""
        return [None if name == self.home.name else name for name in self.names]

    def folder(self, name: str) -> Path:
        return self.out or self.home.out(self.period) / name


def _report_forms(wanted_forms: Sequence[Form], order: _Order) -> None:
    """Writes the tables of forms with, if asked for, a covering letter and a bound paper; says why some are drafts."""
    context = PrintContext.open(order.home, order.period)
    units = order.units or [*order.home.roster.names, None]
    writers = printing.writers_of(order.styles, context, wanted_forms)
    if order.one_file and "pdf" not in writers:
        raise UsageError("--one-file 合订的是 PDF", "请加 --as pdf。")
    with context.ledger.one_state():  # returns may come in meanwhile
        tables = printing.tables_of(wanted_forms, units, context, personal=order.whole)
        draft_reasons = {
            table.title: context.shortcomings(unit_of_table) for unit_of_table, table in tables if table.draft
        }
        if order.final and draft_reasons:
            _show_draft_reasons("还不能出正式表，没有写出任何文件：", draft_reasons)
            raise typer.Exit(1)
        of_county = [table for unit, table in tables if unit is None]
        letter = printing.cover_of(of_county, context) if order.cover else None
        all_tables = [table for _, table in tables]
        entries = printing.entries_of(all_tables, context, as_pdf="pdf" in writers)
    files = _write(all_tables, entries, writers, context, order.out)
    if letter:
        files.append(printing.write_cover(letter, order.out, context))
    if order.one_file:
        papers = [path for path in files if path.suffix == ".pdf"]
        files.append(printing.bind(all_tables, papers, context))
    console.show_written(files)
    if waiting := waiting_returns(order.home, context.ledger, order.period):
        console.err().print(f"[yellow]没有计入[/]　{escape(waiting)}")
    if left_out := "、".join(printing.units_without(wanted_forms, units, tables)):
        console.err().print(f"没有收到数、没有出的：{escape(left_out)}。")
    signers = None if None in units else list(filter(None, units))
    if order.final and (sentence := unsigned_sentence(context, wanted_forms, signers)):
        console.err().print(f"[yellow]{escape(sentence)}[/]")
    if draft_reasons:
        _show_draft_reasons(f"已出的表中，{len(draft_reasons)} 张是草稿：", draft_reasons)


def _report_packages(order: _Order) -> None:
    """Writes what a notice asks to be handed in together: of those named, else of all that have figures."""
    context = PrintContext.open(order.home, order.period)
    units = order.units or units_with_figures(context)
    console.show_written(write_packages(context, units, order.folder("成套材料")))


def _report_books(kinds: Sequence[BookKind], order: _Order) -> None:
    """Writes special ledgers made from the house ledger: one for each unit or department, and the county's."""
    sources = dict.fromkeys((HOUSES, *(form for kind in kinds for form in kind.sources)))
    files = HouseFiles.open(order.home, order.period, sources)
    with files.ledger.one_state():  # returns may come in meanwhile
        made = {
            kind: list(books(files, kind, list(filter(None, order.units)), whole=order.whole))
            for kind in kinds
        }
    without_data = [f"《{kind.names[0]}》" for kind, of_kind in made.items() if not of_kind]
    files_written = []
    for kind, of_kind in made.items():
        for book in of_kind:
            path = order.folder("台账") / f"{kind.names[0]}_{book.owner}.xlsx"
            write_book(path, book, footer=files.period.label)
            files_written.append(path)
    if files_written:
        console.show_written(files_written)
    if without_data:
        raise NothingToPrintError(
            f"{order.period} 的台账中没有可出{'、'.join(without_data)}的数据",
            "可能没有报，也可能本来就没有这样的房屋、问题；请核对期次和单位。",
        )


def _show_styles_left_out(kinds: Sequence[BookKind], styles: str) -> None:
    """Says on stderr that books are workbooks only, where another style was asked for."""
    if set(styles.split(",")) - {"xlsx"}:
        names = "、".join(kind.names[0] for kind in kinds)
        console.err().print(f"{escape(names)}只出 xlsx，用 WPS 或 Excel 打开就可以打印。")


def _write(
    tables: Sequence[Table],
    entries: Sequence[PrintedTable],
    writers: Mapping[str, Writer],
    context: PrintContext,
    out: Path | None,
) -> list[Path]:
    """Puts tables on record by their entries for the register, and writes them."""
    on_record = _put_on_record(entries, context)
    with console.progress_bar("正在出表") as progress:
        files = list(printing.write_tables(tables, writers, out, context, progress))
    if on_record:
        printing.record_papers(entries, files, context)
    return files


def _put_on_record(entries: Sequence[PrintedTable], context: PrintContext) -> bool:
    """Puts the codes of tables on record and returns True; where the ledger cannot be written to, says so on stderr."""
    try:
        context.ledger.record_printed(entries)
    except CannotDoError as error:
        console.err().print(f"[yellow]这次的校验码没有登记进台账[/]：{escape(str(error))}")
        console.err().print(
            "  表照常出；以后名单、设置或程序有变，就核对不出它是真的。要签字的，请能登记时再出一次。"
        )
        return False
    return True


def _show_draft_reasons(introduction: str, draft_reasons: Mapping[str, Sequence[str]]) -> None:
    """Reports on stderr why tables are drafts."""
    console.err().print(f"[yellow]{introduction}[/]")
    for title, shortcomings in draft_reasons.items():
        console.err().print(f"  {escape(title)}：{escape(''.join(shortcomings))}")
