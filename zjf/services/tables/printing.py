"""Printing a period's tables: finding those with figures, recording their codes, writing them in every style."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from zjf.briefings import prose
from zjf.briefings.cover import cover_letter
from zjf.documents.attachment import Attachment
from zjf.documents.sections import CoverLetter
from zjf.errors import ASK_FOR_IT, RECEIVE_FIRST, CannotDoError, NothingToPrintError, UsageError
from zjf.ledger import PrintedTable
from zjf.ledger.drawings import record_drawings
from zjf.ledger.registers.printed import digest_of
from zjf.register.page_differences import drawing_of_page
from zjf.register.paper_differences import open_paper
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import Table, entry_of
from zjf.register.reprint import press_used, templates_used
from zjf.register.sight.paper_pages import drawing_of
from zjf.render.docx.attachment import write_attachment_letter
from zjf.render.docx.letter import COVER_TEMPLATE, TEMPLATE, word, write_letter
from zjf.render.html.attachment import TEMPLATE as PAGE_TEMPLATE
from zjf.render.html.attachment import write_attachment_page
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.bound import write_bound
from zjf.render.pdf.ledger import write_ledger_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.render.xlsx.attachment import write_attachment
from zjf.render.xlsx.sheets import write_ledger
from zjf.resources import template
from zjf.schemas import Form
from zjf.services.styles import styles_asked

_ATTACHMENTS = "附件"

Writer = Callable[[Path, Table], None]


def tables_of(
    forms: Sequence[Form], units: Sequence[str | None], context: PrintContext, *, personal: bool
) -> list[tuple[str | None, Table]]:
    """Returns the tables with figures, each with its unit (None: the county).

    Args:
        units: The units asked for; None among them: the county.
        personal: Whether ledgers show personal data unmasked.

    Raises:
        NothingToPrintError: There are none.
    """
    tables = [
        (unit, table)
        for form in forms
        for unit in units
        if (table := _table(form, unit, context, personal=personal))
    ]
    if not tables:
        titles = "、".join(form.info.title for form in forms)
        raise NothingToPrintError(f"{context.period} 的台账中没有可出「{titles}」的数据", _cure(context))
    return tables


def _cure(context: PrintContext) -> str:
    periods = sorted(context.ledger.periods())
    if str(context.period) in periods:
        return ASK_FOR_IT
    return f"{RECEIVE_FIRST}台账中有：{'、'.join(periods) or '还没有任何一期'}。"


def units_without(
    forms: Sequence[Form], units: Sequence[str | None], tables: Sequence[tuple[str | None, Table]]
) -> Iterator[str]:
    """Yields, for each form asked for, the units of which there is no table: they did not send its figures."""
    printed = {(table.form.id, unit) for unit, table in tables}
    for form in forms:
        without = [unit for unit in units if unit and (form.id, unit) not in printed]
        if without:
            yield f"{form.info.short_title}（{prose.unit_list(without)}）"


def _table(form: Form, unit: str | None, context: PrintContext, *, personal: bool) -> Table | None:
    if form.info.number:
        return context.attachment(form, unit)
    return context.ledger_table(form, unit, personal=personal)


def entries_of(tables: Sequence[Table], context: PrintContext, *, as_pdf: bool) -> list[PrintedTable]:
    """Returns the register's entries of tables. They are recorded before any is written: no table may have an unknown code."""
    folder = context.home.folder
    set_by, pressed_by = templates_used(folder), press_used(folder) if as_pdf else ""
    return [entry_of(table, context, set_by=set_by, pressed_by=pressed_by) for table in tables]


def record_papers(entries: Sequence[PrintedTable], files: Sequence[Path], context: PrintContext) -> None:
    """Puts on record how tables are drawn as PDFs and pages: they are known again when fonts and templates change.

    Where the ledger cannot be written to, it is not on record: `zjf verify` says then what it did not look at.

    Args:
        entries: The register's entries of the tables, on record already.
        files: The files of the tables, in their order; of each style, one for each table.
    """
    for style, drawing in _DRAWINGS.items():
        written = [file.read_bytes() for file in files if file.suffix == style]
        if written:
            drawings = {digest_of(entry): drawing(data) for entry, data in zip(entries, written, strict=True)}
            with suppress(CannotDoError):
                record_drawings(context.ledger, str(context.period), drawings)


def cover_of(tables: Sequence[Table], context: PrintContext) -> CoverLetter:
    """Returns the letter that goes with the county's tables. To be called before any table is written.

    Raises:
        CannotDoError: zjf.toml does not name whom the county reports to, or no Word file can be written.
        UsageError: None of the tables is the county's.
    """
    if not tables:
        raise UsageError("--cover 只配全县的表", "请去掉 --unit，或不用 --cover。")
    word()
    return cover_letter(context, [table.form for table in tables])


def write_cover(letter: CoverLetter, out: Path | None, context: PrintContext) -> Path:
    """Writes the letter into the folder of the tables and returns its path.

    Raises:
        CannotDoError: It cannot be written.
    """
    path = (out or context.home.out(context.period) / _ATTACHMENTS) / "随文函.docx"
    write_letter(path, letter, template(context.home.folder, COVER_TEMPLATE))
    return path


def write_tables(
    tables: Sequence[Table],
    writers: Mapping[str, Writer],
    out: Path | None,
    context: PrintContext,
    progress: Callable[[int, int], None],
) -> Iterator[Path]:
    """Writes each table in each style, and yields the files.

    Args:
        writers: The writer of each style (`writers_of`).
        out: The folder; None: the period's own for attachments, and for ledgers.
        progress: Called with how many tables are done, of how many.

    Raises:
        CannotDoError: A file cannot be written.
    """
    for number, table in enumerate(tables, 1):
        info = table.form.info
        folder = out or context.home.out(context.period) / (_ATTACHMENTS if info.number else "台账")
        for style, write in writers.items():
            path = folder / f"{info.short_title}_{table.unit}.{style}"
            write(path, table)
            yield path
        progress(number, len(tables))


def bind(tables: Sequence[Table], papers: Sequence[Path], context: PrintContext) -> Path:
    """Binds the PDFs of tables, in their order, into one in the same folder, and returns its path."""
    home, label = context.home, context.period.label
    path = papers[0].with_name(f"合订_{context.period}.pdf")
    parts = [(table.title, paper) for table, paper in zip(tables, papers, strict=True)]
    title = f"{home.name}{context.notice.work}报表"
    imprint = Imprint(context.office, context.document_date)
    write_bound(path, title, label, parts, Press(home.folder), imprint)
    return path


def writers_of(styles: str, context: PrintContext, forms: Sequence[Form]) -> dict[str, Writer]:
    """Returns the writer of each style; Typst is started only for PDF.

    Raises:
        CannotDoError: A style's extra is not installed, or a template cannot be read.
        UsageError: There is no such style, or ledgers are not written in it.
    """
    style_names = styles_asked(styles, _STYLES, "还不能出 {} 样式的表")
    for style in style_names:
        if style in _ONLY_FOR_ATTACHMENTS and not all(form.info.number for form in forms):
            raise UsageError(f"台账不出 {style}", "行多栏多的请用 xlsx 或 pdf。")
    return {style: _STYLES[style](context) for style in style_names}


def _write_book(path: Path, table: Table) -> None:
    if isinstance(table, Attachment):
        write_attachment(path, table)
    else:
        write_ledger(path, table)


def _paper_writer(context: PrintContext) -> Writer:
    press = Press(context.home.folder)

    def write(path: Path, table: Table) -> None:
        author = context.office if table.unit == context.home.name else table.unit
        imprint = Imprint(author, context.document_date)
        if isinstance(table, Attachment):
            write_attachment_paper(path, table, press, imprint)
        else:
            write_ledger_paper(path, table, press, imprint)

    return write


def _word_writer(context: PrintContext) -> Writer:
    word()
    styles = template(context.home.folder, TEMPLATE)
    return lambda path, table: write_attachment_letter(path, _attachment(table), styles)


def _page_writer(context: PrintContext) -> Writer:
    page_template = template(context.home.folder, PAGE_TEMPLATE)
    return lambda path, table: write_attachment_page(path, _attachment(table), page_template)


def _attachment(table: Table) -> Attachment:
    assert isinstance(table, Attachment)  # a ledger in such a style was refused
    return table


_DRAWINGS: Mapping[str, Callable[[bytes], str]] = {
    ".pdf": lambda data: drawing_of(open_paper(data)),
    ".html": lambda data: drawing_of_page(data.decode()),
}
"""How the drawing of a file is put on record, by its style."""
_STYLES: Mapping[str, Callable[[PrintContext], Writer]] = {
    "xlsx": lambda _: _write_book,
    "pdf": _paper_writer,
    "docx": _word_writer,
    "html": _page_writer,
}
_ONLY_FOR_ATTACHMENTS = ("docx", "html")
"""The styles in which no ledgers are written."""
