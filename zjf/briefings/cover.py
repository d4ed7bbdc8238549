"""The letter that goes with the county's tables to the office above it (随文函)."""

from collections.abc import Sequence

from zjf.briefings import prose
from zjf.briefings.ranking import RATE_NAMES
from zjf.documents.sections import BLANK_NAME, CoverLetter
from zjf.errors import CannotDoError
from zjf.figures.partial_returns import but_in_part, in_part_behind
from zjf.figures.units import RATES, sum_figures
from zjf.register.print_context import PrintContext
from zjf.register.unsigned import unsigned_sentence
from zjf.schemas import Form
from zjf.schemas.form_ids import PROGRESS


def cover_letter(context: PrintContext, forms: Sequence[Form]) -> CoverLetter:
    """Returns the letter that goes with tables: their names, main figures, missing units and signatures.

    Raises:
        CannotDoError: The county's settings do not name the office that it reports to.
    """
    home = context.home
    if not home.about.superior:
        raise CannotDoError(
            "随文函不知道报送给谁", '请在 zjf.toml 的 [county] 一节写上 superior = "上级机构全称"。'
        )
    paragraphs = (
        f"现将{home.name}{context.period.label}{context.notice.work}有关报表{len(forms)}份随函报送，请审阅。",
        _figures_sentence(context),
        *context.shortcomings(),
        unsigned_sentence(context, forms),
    )
    return CoverLetter(
        title=f"关于报送{context.notice.work}有关报表的函",
        addressee=home.about.superior,
        paragraphs=tuple(filter(None, paragraphs)),
        annexes=tuple(form.info.title for form in forms),
        office=context.office,
        day=prose.day(context.said_on),
    )


def package_letter(context: PrintContext, unit: str | None, name: str, annexes: Sequence[str]) -> CoverLetter:
    """Returns the letter in front of a report and its tables that are handed in together (嘉祥 五(三)).

    The addressee is left blank if the county's settings do not name the office that it reports to.

    Args:
        unit: The unit that reports to the county; None if the county reports.
        name: The name of the papers handed in.
        annexes: The titles of the papers bound behind the letter.
    """
    home = context.home
    reporter = unit or home.name
    return CoverLetter(
        title=f"关于报送{reporter}{name}的函",
        addressee=context.office if unit else home.about.superior or BLANK_NAME,
        paragraphs=(
            f"现将{reporter}{name}一套{len(annexes)}份报上（数字截至{prose.day(context.said_on)}），请审阅。",
            *context.shortcomings(unit),
            "主要负责同志签字：　　　　　　　　单位（盖章）：",
        ),
        annexes=tuple(annexes),
        office=unit or context.office,
        day=prose.day(context.said_on),
    )


def _figures_sentence(context: PrintContext) -> str:
    """Returns the sentence with the county's main figures; empty where no unit sent any."""
    progress = sum_figures(context.figures.values()).get(PROGRESS)
    if progress is None:
        return ""
    counts = progress.counts
    with_progress = sum(PROGRESS in unit_figures.figures for unit_figures in context.figures.values())
    is_complete = with_progress == len(context.home.roster.names)
    population = "全县" if is_complete else f"全县有数据的{with_progress}个单位"
    population += but_in_part(in_part_behind(PROGRESS, context.in_part))
    rates = "，".join(f"{RATE_NAMES[name]}{progress.rates[name].display}" for name in RATES)
    return (
        f"截至{prose.day(context.said_on)}，{population}累计排查自建房{counts.get('surveyed', 0)}栋，"
        f"其中经营性{counts.get('commercial', 0)}栋、非经营性{counts.get('noncommercial', 0)}栋。"
        f"非经营性自建房{rates}。"
    )
