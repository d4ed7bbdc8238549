"""What each notice asks for, line by line."""

import zjf.rules  # noqa: F401  # the notices name rules by their titles
from docs import markdown
from zjf.notices.lines import lines
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice


def page() -> str:
    """The text of the page."""
    intro = (
        "程序内置的通知。县里执行哪一份，写在 `zjf.toml` 的 `notice` 一行；条款一栏为空的，是通知没有写明、"
        "工具按惯例取的值。两份通知的不同：`zjf rules diff 甲 乙`。"
    )
    return markdown.page("通知", intro, *(_notice(name) for name in known_notices()))


def _notice(name: str) -> str:
    notice = Notice.load(name)
    rows = [(line.section, line.item, line.value, line.clause) for line in lines(notice)]
    return f"## {notice.title}（`{name}`）\n\n" + markdown.table(("类别", "事项", "内容", "条款"), rows)
