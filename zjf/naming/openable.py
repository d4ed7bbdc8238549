"""What can be opened besides tables."""

from enum import StrEnum


class Made(StrEnum):
    """The papers and folders that commands make, and the folder of the returns."""

    FOLDER = "文件夹"
    RETURNS = "报表"
    MESSAGES = "消息"
    MARKED = "退回标注"
    PAGE = "网页"
    WEEKLY = "周报"
    MONTHLY = "通报"
    ROLLUP = "汇总表"
    MERGED = "合并台账"
    REJECTED = "退回清单"
    FRIDAY = "周五"
