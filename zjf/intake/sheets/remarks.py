"""Texts around a table (titles, signatures, notes), as opposed to texts that name a house.

All texts are tidied: full-width signs are folded.
"""

import re
from functools import lru_cache

from zjf.intake.sheets.notes import has_label, is_bare_label
from zjf.intake.values.documents import A_PHONE

_LABEL = re.compile(
    r"签字|盖章|签名|签章|公章\)?$"
    r"|^(?:备注|注|说明|填表说明|填报说明|附注|附|图例|提示|注意(?:事项)?)(?:\d?:|$)"
    r"|^(?:主管|分管|单位|主要)?(?:领导|负责人|负责同志)"
    r"|^(?!产权人|户主|房主|使用人|承租人|住户)[一-龥]{0,6}"
    r"(?:人|员|领导|主任|书记|[镇乡科站所局]长|电话|手机|传真|邮箱|日期|时间|意见|核对|校对|经办|审批|审定|签发|抄送):"
    r"|^[\d_]*年[\d_]*月_*日$|^第\d+页|^[-—–]\d+[-—–]$|^\(?以下空白"
)
_TITLE = re.compile(r"(?:台账|情况表|一览表|统计表|汇总表|明细表|登记表|清单)(?:\(.*)?$|^附件\d*:?$|^\(?续表")
_LISTED = re.compile(r"^\(?[\d一二三四五六七八九十]+[).、]\D")
_REMARK = re.compile(
    r"^[*※]|^[本此]表|^(?:填报|填表)说明|一式[\d一二两三四五六]+份"
    r"|^\d{4}年\d{1,2}月$|^共\d+[栋户处页张份]$"
    r"|^(?!.*[\dA-Za-z])(?:(?:以下|以上|上述|下列|其余|本[周月期次]|新增|补报|续报|漏报|核减|剔除|作废|已?拆除|已?销号)"
    r"|.*(?:如下|部分|名单)[:：]?$)"
)
"""What a line among the rows says of those below it (以下为本周新增) has no number in it."""
_OFFICE = re.compile(
    r"(?:办事处|政府|委员会|管委会|居委会|村委会|指挥部|领导小组|工作组|专班|办公室|住建局|街道|镇|乡)$"
)
_SET_ASIDE = re.compile(
    r"核减|删除|剔除|移除|作废|注销|已拆除|不报|不再|(?<!老)旧(?![房村城区])|原表|上[期周月次年]|往期|往年|历史(?![建文])"
    r"|备份|草稿|底稿|变更|回收|样[表例]|示例|模板|测试"
)
_STRUCK_OFF = re.compile(
    r"(?<!是否)(?:核减|剔除|作废|注销|删除|已拆除|不再|不(?:予)?(?:上报|计入|统计|列入)|(?:非|不是|不属于?)自建房)"
)
_NUMBER_OF_A_HOUSE = re.compile(
    r"[^,。;:!?]*[\d一二三四五六七八九十百〇零](?:[号栋幢座户室间院组队]|号[楼院房]|附?\d+)?"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_IDENTIFIER = re.compile(r"(?=.*\d)[\w\-/（）()#]*[A-Za-z\d][\w\-/（）()#]*", re.ASCII)
_LONG = 20


def names_a_row(key: str) -> bool:
    """Whether a text looks like the number of a house, a problem, a report."""
    return bool(_IDENTIFIER.fullmatch(key))


def may_name_a_house(text: str) -> bool:
    """Whether a text ends like the number of a house: 东村三组12号, 东村-003."""
    bare = _BRACKETED.sub("", "".join(text.split()))
    last = text.split()[-1]
    return len(bare) <= _LONG and bool(_NUMBER_OF_A_HOUSE.fullmatch(bare)) and not A_PHONE.fullmatch(last)


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """Whether a text says 填报人：, 备注：, 签字 or the like."""
    return has_label(text) or is_bare_label(text) or bool(_LABEL.search("".join(text.split())))


def awaits_an_answer(text: str) -> bool:
    """Whether a label's answer stands in the next cell."""
    return is_bare_label(text) or (is_label(text) and not text.rpartition(":")[2].strip("_ "))


def is_title(text: str) -> bool:
    """Whether a text that stands alone is a table's title, or an entry of a list of notes."""
    bare = "".join(text.split())
    return bool(_TITLE.search(bare) or _LISTED.match(bare))


def is_sentence(text: str) -> bool:
    """Whether a text that stands alone is longer than any entry of a first column."""
    return len(text) > _LONG or text.endswith("。")


def is_remark(text: str) -> bool:
    """Whether a text that stands alone in the column of numbers or in the first one is a note."""
    return bool(_REMARK.search("".join(text.split()).strip("()[]【】")))


def sets_aside(title: str) -> bool:
    """Whether a sheet's name or title says that what stands there is not to be reported now: 作废, 上期台账."""
    return bool(_SET_ASIDE.search(title))


def strikes_off(line: str) -> str:
    """Returns the word with which a line or a heading says that the houses below are not to be counted: 核减 of 核减原因."""
    word = _STRUCK_OFF.search(line)
    return word[0] if word else ""


def is_office(text: str) -> bool:
    """Whether a text is an office's name, as it stands above a stamp."""
    return bool(_OFFICE.search(_BRACKETED.sub("", "".join(text.split()))))
