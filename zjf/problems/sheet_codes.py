"""The codes of how a sheet is laid out and on which blank form: they are part of the catalogue wherever it is read."""

from zjf.problems.problem import ProblemCode, Severity, declare

declare(
    ProblemCode(
        "F019",
        Severity.INFO,
        "用的是旧版空白表",
        "旧版照样接收，但少了后来增加的栏，可选项和必填要求也可能变过",
        "下一期请换用新发的空白表（zjf template）。",
        "台账用的是没有“改扩建是否批准”一栏的旧表",
    )
)
declare(
    ProblemCode(
        "F020",
        Severity.WARNING,
        "没有表头的续表",
        "已按前一张工作表的表头接着读取；各列如有错位，读出来的就不对",
        "请核对各列是否对齐；下次报送请补上表头，或把各行移到前表的最后一行下面。",
        "第二张工作表只有房屋，没有表头",
    )
)
declare(
    ProblemCode(
        "F021",
        Severity.WARNING,
        "写明核减、不再上报的一段照常计入",
        "表里的每一行都是报送的内容；核减的房屋留在表里，就多算了",
        "不应报送的各行请删去，并在情况说明里写明去向；应当报送的不用改。",
        "表中一行写着“以下为本周核减房屋”，下面还有两栋",
    )
)
