"""The same findings at the same cells, whatever type of file a township sends."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
import xlwt

from tests.sheets import Cells, check, found_in, parse, workbook

SHEET, FINDINGS = parse("""
    | 填报单位：城关街道 |            |          |        |            |          |          |          |          |                       |            |          |            |            |          |          |                   |          |            |            |              |            |            |                     |                |                |
    | 房屋编号           | 村（社区） | 房屋地址 | 产权人 | 是否经营性 | 地上层数 | 结构类型 | 专业设计 | 专业施工 | 初判结论              | 初判日期   | 复核结论 | 鉴定日期   | 鉴定机构   | 鉴定等级 | 管控措施 | 管控解除日期      | 整治措施 | 整治责任人 | 整治期限   | 整治完成日期 | 验收日期   | 销号日期   | 销号方式            | 销号后复核日期 | 销号后复核结论 |
    | 围挡销号           | 东村       | 东村1号  | 赵一   | 否         | 2        | 砖混结构 |          |          | 存在一定安全隐患      | 2023-03-01 |          |            |            |          |          |                   | 增加围挡 |            |            |              |            | 2023-06-01 | 管理措施 [L208]     |                |                |
    | 丙级当乙级         | 东村       | 东村2号  | 钱二   | 否         | 2        | 砖混结构 |          |          | 存在一定安全隐患      | 2023-03-01 |          | 2023-04-01 | 江岳鉴定所 | C        | 观察使用 |                   | 维修加固 | 田春雷     | 2024-12-31 |              |            | 2023-06-01 | 鉴定为A、B级 [L207] |                |                |
    | 早解除             | 东村       | 东村3号  | 孙三   | 否         | 2        | 砖混结构 |          |          | 存在一定安全隐患      | 2023-03-01 |          | 2023-04-01 | 江岳鉴定所 | C        | 观察使用 | 2023-05-01 [L210] | 维修加固 |            |            | 2023-06-01   | 2023-06-02 |            |                     |                |                |
    | 没列入             | 东村       | 东村4号  | 李四   | 否         | 3        | 砖混结构 | 否       | 否       | 未发现安全隐患 [L204] | 2023-03-01 |          |            |            |          |          |                   |          |            |            |              |            |            |                     |                |                |
""")


def as_xls(cells: Cells) -> bytes:
    book, buffer = xlwt.Workbook(encoding="utf-8"), BytesIO()
    sheet = book.add_sheet("台账")
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            sheet.write(row, column, cell)
    book.save(buffer)
    return buffer.getvalue()


def as_csv(cells: Cells) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(cells)
    return text.getvalue().encode("gb18030")


@pytest.mark.parametrize(("suffix", "written"), [(".xlsx", workbook), (".xls", as_xls), (".csv", as_csv)])
def test_a_finding_stands_at_its_cell_in_every_type_of_file(
    suffix: str, written: Callable[[Cells], bytes]
) -> None:
    checked = check(written(SHEET), f"城关街道{suffix}")
    assert {code for code, _ in FINDINGS} == {"L204", "L207", "L208", "L210"}
    assert found_in(checked) == FINDINGS
