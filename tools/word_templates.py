"""`python -m tools.word_templates FOLDER`: makes the Word templates of the office's papers.

The page is GB/T 9704's: A4, type area 156 × 225 mm, titles in 小标宋 二号, text in 仿宋 三号, page numbers
as — 1 — on the outer side. A county changes the template in WPS, and not here.
"""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document
from docx.text.paragraph import Paragraph

from tools.house_paper_template import write_house_papers
from tools.word_styles import Put, add_any_table, add_styles, empty_document, name_substitutes, set_page
from zjf.render.docx.reproducible import repack_reproducibly


def make(name: str) -> bytes:
    """A template as a .docx, the same bytes every time.

    Args:
        name: One of `MAKERS`.
    """
    paper = empty_document()
    set_page(paper)
    add_styles(paper)
    name_substitutes(paper)
    paper.core_properties.title = "{{ letter.title }}"
    paper.core_properties.author = "{{ letter.office }}"
    MAKERS[name](paper, paper.add_paragraph)
    made = io.BytesIO()
    paper.save(made)
    return repack_reproducibly(made.getvalue())


def _write_briefing(paper: Document, put: Put) -> None:
    put("{{ letter.title }}", "公文标题")
    put("{{ letter.subtitle }}", "公文副题")
    put("{%p if letter.addressee %}", "控制")
    put("{{ letter.addressee }}：", "主送机关")
    put("{%p endif %}", "控制")
    put("{%p for section in letter.sections %}", "控制")
    put("{{ section.heading }}", "一级标题")
    put("{%p for paragraph in section.paragraphs %}", "控制")
    put("{%p if loop.last and section == letter.sections[-1] %}", "控制")
    _put_sentences(put("", "公文末段"))
    put("{%p else %}", "控制")
    _put_sentences(put("", "公文正文"))
    put("{%p endif %}", "控制")
    put("{%p endfor %}", "控制")
    put("{%p if section.table %}", "控制")
    put("{{ section.table.caption }}", "表题")
    add_any_table(paper, "section.table")
    put("{{ section.table.note }}", "表注")
    put("{%p endif %}", "控制")
    put("{%p endfor %}", "控制")
    put("{%p if letter.closing %}", "控制")
    put("{{ letter.closing }}", "公文末段")
    put("{%p endif %}", "控制")
    put("{{ letter.office }}", "署名")
    put("{{ letter.day }}", "成文日期")


def _write_cover(_: Document, put: Put) -> None:
    put("{{ letter.title }}", "公文标题")
    put("", "主送机关")
    put("{{ letter.addressee }}：", "主送机关")
    put("{%p for paragraph in letter.paragraphs %}", "控制")
    put("{{ paragraph }}", "公文正文")
    put("{%p endfor %}", "控制")
    put("", "附件说明")
    put("{%p for annex in letter.annexes %}", "控制")
    number = "{% if loop.length > 1 %}{{ loop.index }}. {% endif %}"  # a single one has none (GB/T 9704)
    put(f"{{% if loop.first %}}附件：{{% else %}}　　　{{% endif %}}{number}{{{{ annex }}}}", "附件说明")
    put("{%p endfor %}", "控制")
    put("{{ letter.office }}", "署名")
    put("{{ letter.day }}", "成文日期")
    put("（联系人：　　　　　联系电话：　　　　　　　）", "公文正文")


MAKERS: Mapping[str, Callable[[Document, Put], None]] = {
    "briefing.docx": _write_briefing,
    "cover.docx": _write_cover,
    "house-papers.docx": write_house_papers,
}
"""What writes each template."""


def _put_sentences(paragraph: Paragraph) -> None:
    paragraph.add_run("{% if paragraph.lead %}{{ paragraph.lead }}。{% endif %}", "二级标题")
    paragraph.add_run("{{ paragraph.text }}")


if __name__ == "__main__":
    for name in MAKERS:
        (Path(sys.argv[1]) / name).write_bytes(make(name))
