"""Papers of the spot-checks: 抽查通知, 重新排查通知, and the report to the government (云阳 附2三(四)2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure
from zjf.counting.rates import Rate
from zjf.documents.sections import BLANK_DAY, Letter, Paragraph, Section
from zjf.errors import CannotDoError
from zjf.ledger import DrawnUnit
from zjf.monitoring.spot_checks import draws_until
from zjf.period import OFFICE_TIME
from zjf.rules.spot_checks import SpotChecks, UnitSpotChecks
from zjf.schemas.masked_rows import mask_house_id

_CLAUSE = "云阳 附2三(四)2"
_POPULATION = "初判未发现安全隐患的经营性自建房"


def _notice(materials: ReportMaterials) -> Report:
    """Makes the notice to a unit, or to all, that names the houses drawn."""
    context = materials.context
    draws = draws_until(context.ledger, context.period)
    if not draws:
        raise CannotDoError(f"{context.period} 及以前没有抽取记录", "请先用 zjf sample 抽取。")
    drawn_units = [unit for unit in draws[-1].units if unit.houses and materials.unit in (None, unit.unit)]
    if not drawn_units:
        raise CannotDoError(f"{materials.who}没有被抽到的房屋", "请核对单位。")
    figures = tuple(
        ReportFigure(f"drawn/{unit.unit}", _POPULATION, f"{unit.unit}抽查", len(unit.houses))
        for unit in drawn_units
    )
    lists = tuple(
        Paragraph(_house_list(unit.houses), lead=f"{unit.unit}（{len(unit.houses)}栋）")
        for unit in drawn_units
    )
    drawn_on = draws[-1].at.astimezone(OFFICE_TIME).date()
    left = _left_of_earlier_draws(materials, drawn_units)
    instructions = (
        Paragraph(
            f"按{_CLAUSE}，从{_POPULATION}中随机抽取（{prose.day(drawn_on)}抽取，随机数种子{draws[-1].seed}），"
            "对下列房屋进行抽查核查。请安排人员配合，并准备好自查、排查档案。"
        ),
        Paragraph(f"抽查时间：{BLANK_DAY}"),
        Paragraph("抽查人员：　　　　　　　　　联系电话：　　　　　　　"),
    )
    return Report(
        _letter(
            materials,
            "关于开展自建房安全排查抽查的通知",
            Section("一、抽查安排", instructions),
            Section("二、抽查的房屋", lists),
            *([Section("三、以前抽到、还没有抽查结果的房屋", left)] if left else []),
        ),
        figures,
    )


def _house_list(houses: Sequence[str]) -> str:
    """Returns the numbers of houses with room between them: at 、 some programs do not end a line."""
    return "　".join(map(mask_house_id, houses))


def _left_of_earlier_draws(
    materials: ReportMaterials, drawn_units: Sequence[DrawnUnit]
) -> tuple[Paragraph, ...]:
    """Returns, by unit, the houses of earlier draws that are still to be checked: the first draw stands."""
    context = materials.context
    checks = materials.spot_checks(context.period)
    drawn_last = {house for unit in drawn_units for house in unit.houses}
    left = {unit.unit: [house for house in unit.left if house not in drawn_last] for unit in checks.units}
    return tuple(
        Paragraph(_house_list(houses), lead=unit)
        for unit, houses in left.items()
        if houses and materials.unit in (None, unit)
    )


def _resurvey(materials: ReportMaterials) -> Report:
    """Makes the order to survey again, for the units whose pass rate is below the mark."""
    checks, failing = _failing(materials)
    lists = tuple(result_paragraph(unit, checks) for unit in failing)
    units = prose.joined(unit.unit for unit in failing)
    demand = Paragraph(
        f"请{units}于　　年　　月　　日前对辖区内经营性自建房重新排查，逐栋核对初判结论，更正错排、漏排的房屋后重新报送台账（{_CLAUSE}）。"
    )
    letter = _letter(
        materials,
        "关于责令重新排查自建房安全隐患的通知",
        Section("一、抽查结果", lists),
        Section("二、重新排查要求", (demand,)),
        addressee=units,
    )
    return Report(letter, pass_rates(failing, checks.pass_mark))


def _to_government(materials: ReportMaterials) -> Report:
    """Makes the report to the government on the units below the mark, and what was ordered."""
    checks, failing = _failing(materials)
    lists = tuple(result_paragraph(unit, checks) for unit in failing)
    letter = _letter(
        materials,
        "关于自建房安全排查抽查情况的报告",
        Section("一、抽查合格率低于规定的单位", lists),
        Section(
            "二、处理情况",
            (
                Paragraph(f"按{_CLAUSE}，责令上述单位重新排查。"),
                materials.note("抽查处理", "重新排查通知的下达、督促纠正、约谈等情况"),
            ),
        ),
        addressee=f"{materials.context.home.name}人民政府",
    )
    return Report(letter, pass_rates(failing, checks.pass_mark))


def _failing(materials: ReportMaterials) -> tuple[SpotChecks, list[UnitSpotChecks]]:
    context = materials.context
    checks = materials.spot_checks(context.period)
    lines = [unit for unit in checks.units if materials.unit in (None, unit.unit)]
    failing = [unit for unit in lines if unit.fails(checks.pass_mark)]
    if not failing:
        checked_units = sum(unit.findings > 0 for unit in lines)
        raise CannotDoError(
            f"{context.period} 收到抽查结果的{checked_units}个单位中，没有合格率低于规定的"
            if checked_units
            else f"{context.period} 还没有收到抽查结果",
            "抽查结果用 zjf aggregate 接收抽查台账。",
        )
    return checks, failing


def result_paragraph(unit: UnitSpotChecks, checks: SpotChecks) -> Paragraph:
    """Returns how many houses of a unit were checked, how many were right, and the mark that it missed."""
    mark, rate = f"{(checks.pass_mark * 100).normalize():f}%", _lower_pass_rate(unit)
    return Paragraph(
        f"抽查{_POPULATION}{rate.denominator}栋，排查无误{rate.numerator}栋，合格率{rate.display}，低于{mark}。",
        lead=unit.unit,
    )


def _lower_pass_rate(unit: UnitSpotChecks) -> Rate:
    """Returns the lower of a unit's two pass rates: of the houses drawn, and of all houses checked."""
    rates = [rate for rate in (unit.pass_rate, unit.drawn_pass_rate) if rate.exists]
    return min(rates, key=lambda rate: Fraction(rate.numerator, rate.denominator))


def pass_rates(units: list[UnitSpotChecks], mark: Decimal) -> tuple[ReportFigure, ...]:
    """Returns the pass rates of units, and the mark."""
    mark_fraction = Fraction(mark)
    pass_mark = ReportFigure(
        "pass_mark", _POPULATION, "合格率下限", mark_fraction.numerator, mark_fraction.denominator
    )
    return pass_mark, *(
        ReportFigure(
            f"pass_rate/{unit.unit}",
            _POPULATION,
            f"{unit.unit}抽查合格率",
            _lower_pass_rate(unit).numerator,
            _lower_pass_rate(unit).denominator,
        )
        for unit in units
    )


def _letter(materials: ReportMaterials, title: str, *sections: Section, addressee: str = "") -> Letter:
    return materials.letter(
        title,
        *sections,
        subtitle=materials.context.period.label,
        addressee=addressee or materials.unit or "各乡镇人民政府、街道办事处",
        office=materials.context.office,
    )


declare_report("spot-check-notice", "自建房安全排查抽查通知", ("抽查通知",), _CLAUSE, _notice)
declare_report("resurvey-notice", "重新排查通知", ("重新排查",), _CLAUSE, _resurvey)
declare_report("resurvey-report", "抽查情况报告", ("向政府的报告",), _CLAUSE, _to_government)
