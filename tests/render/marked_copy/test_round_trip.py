"""Whatever faults a return has: marked, mended in the marked copy, and read again, they are gone, and the
comparison of the two sendings names each.
"""

import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, COUNTY
from zjf.checking.alone import check_return
from zjf.checking.one_return import CheckSettings
from zjf.checking.resubmission import corrections
from zjf.intake.settings import Intake
from zjf.problems import Severity
from zjf.rules.registry import Judgement

from .copies import copy_of, ledger
from .test_own_file import furnished, parts

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
SETTINGS = CheckSettings(Intake(COUNTY, CLOSING_DAY), Judgement(closing_day=CLOSING_DAY, demands=None))
WRONG = {
    "结构类型": "砖昆",
    "地上层数": "一百二",
    "是否经营性": "可能",
    "产权人": "",
    "销号日期": "2024-13-45",
}
FAULTS = st.lists(st.sets(st.sampled_from(sorted(WRONG)), max_size=3), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None)
@given(FAULTS)
def test_what_is_mended_in_the_marked_copy_is_gone_and_named(faults: list[set[str]]) -> None:
    cells = ledger(*({name: WRONG[name] for name in names} for names in faults))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "城关街道.xlsx"
        sent = furnished(cells)
        path.write_bytes(sent)
        first = check_return(path, SETTINGS, keep_rows=True)
        made = copy_of(first)
        assert parts(made)["xl/media/image1.png"] == parts(sent)["xl/media/image1.png"]
        book = openpyxl.load_workbook(io.BytesIO(made))
        page = book["台账"]
        for row, names in enumerate(faults, 3):
            for name in names:
                right = A_PLAIN_HOUSE[name].format(number=row - 2)
                page.cell(row, cells[1].index(name) + 1).value = right or None
        book.save(path)
        second = check_return(path, SETTINGS, keep_rows=True)
    found = corrections(first, second)
    assert [problem.code for problem in second.problems if problem.severity is Severity.ERROR] == []
    assert {(problem.row, problem.heading) for problem in found.corrected} >= {
        (row, name) for row, names in enumerate(faults, 3) for name in names
    }
    assert found.new == ()
