"""zjf report: the attachment tables and the ledgers, ready to be printed and signed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.commands.form_option import FORM_NAMES
from zjf.commands.options import CountyOption, out_option
from zjf.commands.report_books import BOOK_NAMES, report_books
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.county import County
from zjf.documents.books.book import BOOKS, BookKind
from zjf.errors import CannotDoError, UsageError
from zjf.naming.declared import PACKAGE
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.register.unsigned import unsigned_sentence
from zjf.schemas import FORMS, Form
from zjf.services.tables import printing
from zjf.services.tables.packages import units_with_figures, write_packages
from zjf.services.tables.printing import Table, Writer

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
    # Books last: one that has nothing to say must not keep the attachments from being written.
    if wanted_forms := [FORMS[name] for name in forms if name not in (*BOOKS, PACKAGE)]:
        context = PrintContext.open(home, Period.parse(period))
        _report_forms(
            wanted_forms,
            context,
            unit or (),
            as_,
            out,
            final=final,
            cover=cover,
            one_file=one_file,
            whole=show_personal,
        )
    _report_packages_and_books(forms, home, Period.parse(period), unit or (), out, as_, whole=show_personal)


def _report_forms(
    wanted_forms: Sequence[Form],
    context: PrintContext,
    unit_names: Sequence[str],
    as_: str,
    out: Path | None,
    *,
    final: bool,
    cover: bool,
    one_file: bool,
    whole: bool,
) -> None:
    """Writes the tables of forms, and says why those that are not final are drafts."""
    home = context.home
    units: list[str | None] = [None if name == home.name else name for name in unit_names]
    units = units or [*home.roster.names, None]
    writers = printing.writers_of(as_, context, wanted_forms)
    if one_file and "pdf" not in writers:
        raise UsageError("--one-file 合订的是 PDF", "请加 --as pdf。")
    tables = printing.tables_of(wanted_forms, units, context, personal=whole)
    draft_reasons = {
        table.title: context.shortcomings(unit_of_table) for unit_of_table, table in tables if table.draft
    }
    if final and draft_reasons:
        _show_draft_reasons("还不能出正式表，没有写出任何文件：", draft_reasons)
        raise typer.Exit(1)
    console.show_written(_write(tables, writers, context, out, cover=cover, one_file=one_file))
    if left_out := "、".join(printing.units_without(wanted_forms, units, tables)):
        console.err().print(f"没有收到数、没有出的：{escape(left_out)}。")
    if final and (
        sentence := unsigned_sentence(
            context, wanted_forms, None if None in units else list(filter(None, units))
        )
    ):
        console.err().print(f"[yellow]{escape(sentence)}[/]")
    if draft_reasons:
        _show_draft_reasons(f"其中 {len(draft_reasons)} 种表是草稿：", draft_reasons)


def _report_packages_and_books(
    names: Sequence[str],
    home: County,
    period: Period,
    unit_names: Sequence[str],
    out: Path | None,
    as_: str,
    *,
    whole: bool,
) -> None:
    """Writes the packages and books among the names."""
    if PACKAGE in names:
        context = PrintContext.open(home, period)
        asked_units = [None if name == home.name else name for name in unit_names]
        folder = out or home.out(period) / "成套材料"
        console.show_written(write_packages(context, asked_units or units_with_figures(context), folder))
    if book_kinds := [kind for name in names if (kind := BOOKS.get(name))]:
        units = [name for name in unit_names if name != home.name]
        _show_styles_left_out(book_kinds, as_)
        report_books(book_kinds, home, period, units, out, whole=whole)


def _show_styles_left_out(kinds: Sequence[BookKind], as_: str) -> None:
    """Says on stderr that books are workbooks only, where another style was asked for."""
    if set(as_.split(",")) - {"xlsx"}:
        names = "、".join(kind.names[0] for kind in kinds)
        console.err().print(f"{escape(names)}只出 xlsx，用 WPS 或 Excel 打开就可以打印。")


def _write(
    tables: Sequence[tuple[str | None, Table]],
    writers: Mapping[str, Writer],
    context: PrintContext,
    out: Path | None,
    *,
    cover: bool,
    one_file: bool,
) -> list[Path]:
    """Puts the tables on record and writes them and, if asked for, the covering letter and the bound paper."""
    all_tables = [table for _, table in tables]
    letter = (
        printing.cover_of([table for unit_of_table, table in tables if unit_of_table is None], context)
        if cover
        else None
    )
    try:
        printing.record_codes(all_tables, writers, context)
    except CannotDoError as error:
        console.err().print(f"[yellow]这次的校验码没有登记进台账[/]：{escape(str(error))}")
        console.err().print(
            "  表照常出；以后名单、设置或程序有变，就核对不出它是真的。要签字的，请能登记时再出一次。"
        )
    with console.progress_bar("正在出表") as progress:
        files = list(printing.write_tables(all_tables, writers, out, context, progress))
    papers = [path for path in files if path.suffix == ".pdf"]
    if letter:
        files.append(printing.write_cover(letter, out, context))
    if one_file:
        files.append(printing.bind(all_tables, papers, context))
    return files


def _show_draft_reasons(introduction: str, draft_reasons: Mapping[str, Sequence[str]]) -> None:
    """Reports on stderr why tables are drafts."""
    console.err().print(f"[yellow]{introduction}[/]")
    for title, shortcomings in draft_reasons.items():
        console.err().print(f"  {escape(title)}：{escape(''.join(shortcomings))}")
