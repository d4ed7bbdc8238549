"""`zjf paper`: the papers about houses and households that the notices ask for, and the reports of a campaign (验收评估报告,
提醒函 …), filled in from the ledger.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.markup import escape

import zjf.briefings.reports  # registers every kind of report
import zjf.documents.papers  # noqa: F401  # registers every kind of paper
from zjf import console
from zjf.analysis.photos import PhotoFolder
from zjf.briefings.prose import not_sent
from zjf.briefings.reports.report import REPORTS, ReportKind, ReportMaterials
from zjf.commands.options import CountyOption, PeriodOption, out_option
from zjf.county import County
from zjf.documents.papers.paper import PAPERS, Paper, PaperKind
from zjf.errors import CannotDoError, UsageError
from zjf.figures.summary import units_without
from zjf.files import private_folder
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.render.docx.letter import word
from zjf.render.docx.papers import TEMPLATE
from zjf.render.docx.papers import write_papers as write_word
from zjf.render.pdf.papers import write_papers as write_pdf
from zjf.render.pdf.press import Imprint, Press
from zjf.resources import template
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.houses.house_files import PHOTOS, HouseFiles
from zjf.services.houses.house_papers import BOOK, issue, named_beside_need, numbers_in, rows_for
from zjf.services.styles import styles_asked
from zjf.services.tables.reports import write_report

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_KINDS = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in PAPERS.values())
_REPORTS = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in REPORTS.values())

KindArgument = Annotated[
    str,
    typer.Argument(help=f"哪种文书，写中文名或代号：{_KINDS}；或报告：{_REPORTS}。", metavar="KIND"),
    NameOf.PAPER,
]
HouseOption = Annotated[
    list[str] | None,
    typer.Option("--house", help="房屋编号，困难群众的文书写户编号（可重复）。"),
    NameOf.HOUSE,
]
UnitOption = Annotated[str | None, typer.Option("--unit", help="只出这个单位的。"), NameOf.UNIT]
DutyOption = Annotated[
    str | None,
    typer.Option("--duty", help="只出下一步是这一项的房屋，如 管控、整治、验收、销号。"),
    NameOf.STEP,
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="按清单出：一份有房屋编号（户编号）栏的表（xlsx、csv 等）。", readable=False),
]
OneFileOption = Annotated[bool, typer.Option("--one-file", help="全部放在一个文件里，便于一次打印。")]
AsOption = Annotated[str, typer.Option("--as", help="文件样式，可用逗号连写：docx、pdf。"), NameOf.STYLES]
NewNumberOption = Annotated[bool, typer.Option("--new-number", help="已有编号的也另编新号（默认沿用原号）。")]
PhotosOption = Annotated[
    Path | None, typer.Option("--photos", help="照片文件夹；默认县文件夹中的 照片。", readable=False)
]
OutOption = Annotated[Path | None, out_option("放在哪个文件夹；默认 out/期次/papers。")]


def paper(
    kind: KindArgument,
    house: HouseOption = None,
    unit: UnitOption = None,
    duty: DutyOption = None,
    from_: FromOption = None,
    one_file: OneFileOption = False,
    as_: AsOption = "docx",
    new_number: NewNumberOption = False,
    photos: PhotosOption = None,
    period: PeriodOption = None,
    out: OutOption = None,
    county: CountyOption = None,
) -> None:
    """出文书：隐患通知书、自查表、一栋一策、一栋一册、验收表等，内容从台账填好。"""
    home = County.find(county)
    styles = styles_asked(as_, ("docx", "pdf"), "文书不出 {} 样式")
    if "docx" in styles:
        word()
    if report := REPORTS.get(kind):
        _write_reports(report, home, period, unit, styles, out)
        return
    paper_kind = PAPERS[kind]
    files = HouseFiles.open(home, Period.parse(period) if period else None, (paper_kind.form,))
    numbers = [*(house or ()), *(numbers_in(from_, paper_kind.form) if from_ else ())]
    rows = rows_for(files, paper_kind, numbers, unit, duty)
    if rows.empty:
        raise CannotDoError(
            f"{files.period} 的台账中没有要出《{paper_kind.title}》的（默认只出：{paper_kind.need}）",
            f"要给别的出，请用 --house 或 --from 指明。{_not_known(files, paper_kind, unit)}",
        )
    papers = issue(files, paper_kind, rows, _photos(photos, home, paper_kind), anew=new_number)
    folder = private_folder(out or home.out(files.period) / "papers")
    alone = {name: [each] for name, each in zip(_file_names(paper_kind, rows), papers, strict=True)}
    parts = (paper_kind.names[0], *(_NOT_IN_A_NAME.sub("_", asked) for asked in (unit, duty) if asked))
    batches = {"_".join(parts): papers} if one_file else alone
    files_written = _write(batches, styles, folder, files)
    _say(paper_kind, rows, papers, files_written, files)


def _write_reports(
    kind: ReportKind,
    home: County,
    period: str | None,
    unit: str | None,
    styles: Sequence[str],
    out: Path | None,
) -> None:
    """Writes the report of a unit or the county, or one to each unit concerned, and a file of its figures with each.

    Raises:
        UsageError: No period was named.
        CannotDoError: There is no ledger or nothing in it for the period, or a file cannot be written.
    """
    if period is None:
        raise UsageError(f"《{kind.title}》要指明期次", "请加 --period，如 --period 2024-06-05。")
    context = PrintContext.of_county(home, Period.parse(period))
    folder = out or home.out(context.period) / "报告"
    with context.ledger.one_state():  # returns may come in meanwhile
        asked = ReportMaterials.of(context, unit)
        each = (
            [asked.of_unit(name) for name in kind.to_units(asked)] if kind.to_units and not unit else [asked]
        )
        reports = [kind.compose(report_materials) for report_materials in each]
    written_files = []
    for report_materials, report in zip(each, reports, strict=True):
        path = folder / f"{kind.names[0]}_{report_materials.who}"
        written_files += write_report(kind, report_materials, report, path, styles)
    console.show_written(written_files)


def _not_known(files: HouseFiles, kind: PaperKind[Any], unit: str | None) -> str:
    """Returns the sentence on the units of which nothing is known; empty where all of those asked for sent the form."""
    silent = units_without(kind.form, files.home, files.ledger, str(files.period))
    return not_sent([name for name in silent if unit in (None, name)], FORMS[kind.form].info.title, "不清楚")


def _photos(chosen_folder: Path | None, home: County, kind: PaperKind[Any]) -> PhotoFolder | None:
    folder = chosen_folder or home.folder / PHOTOS
    if kind.id != BOOK or not (chosen_folder or folder.is_dir()):
        return None
    if not folder.is_dir():
        raise CannotDoError(f"没有照片文件夹“{folder}”", "请核对 --photos。")
    return PhotoFolder(folder)


def _file_names(kind: PaperKind[Any], rows: pd.DataFrame) -> Iterator[str]:
    """Yields the name of each paper's file: its kind and number, the unit where several have that number, and which it is
    where numbers of one unit differ only in signs that no file's name may have (1/2, 1:2).
    """
    numbers = [_NOT_IN_A_NAME.sub("_", number) for number in rows[kind.key]]
    times, so_far = Counter(numbers), Counter[str]()
    for unit, number in zip(rows.township, numbers, strict=True):
        name = f"{kind.names[0]}_{f'{unit}_' if times[number] > 1 else ''}{number}"
        so_far[name] += 1
        yield name if so_far[name] == 1 else f"{name}（{so_far[name]}）"


def _write(
    batches: Mapping[str, list[Paper]], styles: Sequence[str], folder: Path, files: HouseFiles
) -> list[Path]:
    """Writes a file of each batch of papers, by its name, in each style."""
    home = files.home
    press = Press(home.folder) if "pdf" in styles else None
    word_template, office = template(home.folder, TEMPLATE), files.notice.office_of(home)
    files_written = []
    with console.progress_bar("正在出文书") as progress:
        for batches_done, (name, batch) in enumerate(batches.items(), 1):
            for style in styles:
                path = folder / f"{name}.{style}"
                if style == "docx":
                    write_word(path, batch, word_template, office=office)
                elif press:
                    write_pdf(path, batch, press, Imprint(office, files.judgement.closing_day))
                path.chmod(0o600)
                files_written.append(path)
            progress(batches_done, len(batches))
    return files_written


def _handling(paper: Paper) -> str:
    if paper.on_wall:
        return "张贴以后人人看得到，请先逐份核对。"
    return "内有完整的个人信息，文件只有本人能打开，送达以外请勿外传。"


def _say(
    kind: PaperKind[Any],
    rows: pd.DataFrame,
    papers: Sequence[Paper],
    files_written: list[Path],
    files: HouseFiles,
) -> None:
    console.show_written(files_written)
    console.out().print(
        f"《{escape(kind.title)}》{len(rows)} 份，据 {files.period} 台账；{_handling(papers[0])}"
    )
    if beside := named_beside_need(kind, rows):
        console.err().print(
            f"《{escape(kind.title)}》是给{escape(kind.need)}出的；按台账不属于的 {len(beside)} 栋也照样出了"
            f"（{escape('、'.join(map(mask_house_id, beside)))}），请逐份核对，不要误送。"
        )
