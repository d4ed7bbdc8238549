"""Headings that several ledgers have: where a row belongs, and which house it is about."""

from zjf.schemas.headings import Heading

TOWNSHIP = Heading("乡镇（街道）", "乡镇", "镇街", "所属乡镇", "乡镇街道", "街道", "填报单位", width=14)
TOWNSHIP_OF_FIGURES = Heading("乡镇（街道）", "乡镇", "镇街", "所属乡镇", "填报单位", "乡镇街道", width=16)
VILLAGE = Heading("村（社区）", "行政村", "村社区", "村居", "村", "社区", "村（居）", width=14)
HOUSE_ID = Heading("房屋编号", "自建房编码", "排查编码", "房屋编码", width=18)
STRUCTURE = Heading("结构类型", "结构形式", "房屋结构", "建筑结构", width=16)
REMARKS = Heading("备注", width=20)
