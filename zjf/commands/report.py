"""zjf report: the attachment tables and the ledgers, ready to be printed and signed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.briefings.cover import cover_letter
from zjf.commands.form_option import FORM_NAMES
from zjf.commands.options import CountyOption
from zjf.commands.report_books import BOOK_NAMES, report_books
from zjf.commands.report_package import report_package
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.documents.attachment import Attachment
from zjf.documents.books.book import BOOKS
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.sections import CoverLetter
from zjf.errors import CannotDoError, UsageError
from zjf.naming.declared import PACKAGE
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import entry_of
from zjf.register.reprint import templates_used
from zjf.register.unsigned import unsigned_said
from zjf.render.docx.attachment import write_attachment_letter
from zjf.render.docx.letter import COVER_TEMPLATE, TEMPLATE, word, write_letter
from zjf.render.html.attachment import TEMPLATE as PAGE_TEMPLATE
from zjf.render.html.attachment import write_attachment_page
from zjf.render.pdf.attachment import Press, write_attachment_paper
from zjf.render.pdf.bound import write_bound
from zjf.render.pdf.ledger import write_ledger_paper
from zjf.render.xlsx.attachment import write_attachment
from zjf.render.xlsx.ledger import write_ledger
from zjf.resources import template
from zjf.schemas import FORMS, Form

Forms = Annotated[
    list[str],
    typer.Argument(
        help=f"要出哪些表，写中文名或代号：{FORM_NAMES}；或 {BOOK_NAMES}、成套材料（{PACKAGE}）。",
        metavar="FORM…",
    ),
    NameOf.TABLE,
]
NeededPeriod = Annotated[str, typer.Option("--period", help="期次，如 2024-W23、第23周。"), NameOf.PERIOD]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", help="只出这个单位的表（可重复）；默认各单位和全县都出。", show_default=False),
    NameOf.UNIT_OR_COUNTY,
]
AsOption = Annotated[
    str, typer.Option("--as", help="文件样式，可用逗号连写：xlsx、pdf、docx、html。"), NameOf.STYLES
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", help="放在哪个文件夹；默认 out/期次/附件 或 台账。", show_default=False, readable=False
    ),
]
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

Table = Attachment | LedgerTable
Writer = Callable[[Path, Table], None]


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
    forms = _made_elsewhere(forms, home, Period.parse(period), unit, out, whole=show_personal)
    if not forms:
        return
    wanted = [FORMS[form] for form in forms]
    units: list[str | None] = [None if name == home.name else name for name in unit or ()]
    units = units or [*home.roster.names, None]
    context = PrintContext.open(home, Period.parse(period))
    writers = _writers(as_, context, wanted)
    if one_file and "pdf" not in writers:
        raise UsageError("--one-file 合订的是 PDF", "请加 --as pdf。")
    tables = _tables(wanted, units, context, personal=show_personal)
    reasons = {table.title: context.shortcomings(whose) for whose, table in tables if table.draft}
    if final and reasons:
        _say_why("还不能出正式表，没有写出任何文件：", reasons)
        raise typer.Exit(1)
    letter = _cover([table for whose, table in tables if whose is None], context) if cover else None
    _put_on_record([table for _, table in tables], context)
    written = list(_written([table for _, table in tables], writers, out, context))
    if letter:
        written.append(_write_cover(letter, out, context))
    if one_file:
        papers = [path for path in written if path.suffix == ".pdf"]
        written.append(_bound([table for _, table in tables], papers, context))
    console.show_written(written)
    if final and (
        said := unsigned_said(context, wanted, None if None in units else list(filter(None, units)))
    ):
        console.err().print(f"[yellow]{escape(said)}[/]")
    if reasons:
        _say_why(f"其中 {len(reasons)} 种表是草稿：", reasons)


def _made_elsewhere(
    names: Sequence[str],
    home: County,
    period: Period,
    unit: Sequence[str] | None,
    out: Path | None,
    *,
    whole: bool,
) -> list[str]:
    """Writes the packages and books among what was asked for; what is left are forms."""
    if PACKAGE in names:
        report_package(home, period, unit or (), out)
    if asked := [kind for name in names if (kind := BOOKS.get(name))]:
        own = [name for name in unit or () if name != home.name]
        report_books(asked, home, period, own, out, whole=whole)
    return [name for name in names if name not in (*BOOKS, PACKAGE)]


def _tables(
    forms: Sequence[Form], units: Sequence[str | None], context: PrintContext, *, personal: bool
) -> list[tuple[str | None, Table]]:
    """The tables that there are, each with its unit (None: the county); it is an error when there are none."""
    tables = [
        (unit, table)
        for form in forms
        for unit in units
        if (table := _table(form, unit, context, personal=personal))
    ]
    if not tables:
        titles = "、".join(form.info.title for form in forms)
        known = "、".join(sorted(context.ledger.periods())) or "还没有任何一期"
        cure = f"请先运行 zjf aggregate 接收各单位的报表。台账中有：{known}。"
        raise CannotDoError(f"{context.period} 的台账中没有可出「{titles}」的数据", cure)
    return tables


def _table(form: Form, unit: str | None, context: PrintContext, *, personal: bool) -> Table | None:
    if form.info.number:
        return context.attachment(form, unit)
    return context.ledger_table(form, unit, personal=personal)


def _put_on_record(tables: Sequence[Table], context: PrintContext) -> None:
    """Before they are written: no table leaves under a code that the ledger does not know.

    Where the ledger cannot be written to, they are printed all the same.
    """
    try:
        set_by = templates_used(context.home.folder)
        context.ledger.record_printed([entry_of(table, context, set_by=set_by) for table in tables])
    except CannotDoError as refused:
        console.err().print(f"[yellow]这次的校验码没有登记进台账[/]：{escape(str(refused))}")
        console.err().print(
            "  表照常出；以后名单、设置或程序有变，就核对不出它是真的。要签字的，请能登记时再出一次。"
        )


def _cover(tables: Sequence[Table], context: PrintContext) -> CoverLetter:
    """Made before anything is written: it may be that the county has not said whom it reports to."""
    if not tables:
        raise UsageError("--cover 只配全县的表", "请去掉 --unit，或不用 --cover。")
    word()
    return cover_letter(context, [table.form for table in tables])


def _write_cover(letter: CoverLetter, out: Path | None, context: PrintContext) -> Path:
    path = (out or context.home.out(context.period) / "附件") / "随文函.docx"
    write_letter(path, letter, template(context.home.folder, COVER_TEMPLATE))
    return path


def _written(
    tables: Sequence[Table], writers: dict[str, Writer], out: Path | None, context: PrintContext
) -> Iterator[Path]:
    with console.progress_bar("正在出表") as progress:
        for done, table in enumerate(tables, 1):
            info = table.form.info
            folder = out or context.home.out(context.period) / ("附件" if info.number else "台账")
            for style, write in writers.items():
                path = folder / f"{info.short_title}_{table.unit}.{style}"
                write(path, table)
                yield path
            progress(done, len(tables))


def _bound(tables: Sequence[Table], papers: Sequence[Path], context: PrintContext) -> Path:
    """The tables' PDFs as one, beside them."""
    home, label = context.home, context.period.label
    path = papers[0].with_name(f"合订_{context.period}.pdf")
    parts = [(table.title, paper) for table, paper in zip(tables, papers, strict=True)]
    title = f"{home.name}自建房安全专项整治报表"
    write_bound(path, title, label, parts, Press(home.folder), author=home.office, made=context.made)
    return path


def _writers(styles: str, context: PrintContext, forms: Sequence[Form]) -> dict[str, Writer]:
    """What writes each style asked for; Typst is started only for PDF."""
    wanted = dict.fromkeys(style.strip() for style in styles.split(","))
    for style in wanted:
        if style not in _STYLES:
            raise UsageError(f"还不能出 {style} 样式的表", f"可用的有：{'、'.join(_STYLES)}。")
        if style in _OF_ATTACHMENTS and not all(form.info.number for form in forms):
            raise UsageError(f"台账不出 {style}", "行多栏多的请用 xlsx 或 pdf。")
    return {style: _STYLES[style](context) for style in wanted}


def _write_book(path: Path, table: Table) -> None:
    if isinstance(table, Attachment):
        write_attachment(path, table)
    else:
        write_ledger(path, table)


def _paper_writer(context: PrintContext) -> Writer:
    press = Press(context.home.folder)

    def write(path: Path, table: Table) -> None:
        author = context.home.office if table.unit == context.home.name else table.unit
        if isinstance(table, Attachment):
            write_attachment_paper(path, table, press, author=author, made=context.made)
        else:
            write_ledger_paper(path, table, press, author=author, made=context.made)

    return write


def _word_writer(context: PrintContext) -> Writer:
    word()
    styles = template(context.home.folder, TEMPLATE)
    return lambda path, table: write_attachment_letter(path, _attachment(table), styles)


def _page_writer(context: PrintContext) -> Writer:
    own = template(context.home.folder, PAGE_TEMPLATE)
    return lambda path, table: write_attachment_page(path, _attachment(table), own)


def _attachment(table: Table) -> Attachment:
    assert isinstance(table, Attachment)  # a ledger in such a style was refused
    return table


_STYLES: Mapping[str, Callable[[PrintContext], Writer]] = {
    "xlsx": lambda _: _write_book,
    "pdf": _paper_writer,
    "docx": _word_writer,
    "html": _page_writer,
}
_OF_ATTACHMENTS = ("docx", "html")
"""The styles in which there are no ledgers."""


def _say_why(what: str, reasons: Mapping[str, Sequence[str]]) -> None:
    """Why tables are but drafts. On stderr, beside any result."""
    console.err().print(f"[yellow]{what}[/]")
    for title, why in reasons.items():
        console.err().print(f"  {escape(title)}：{escape(''.join(why))}")
