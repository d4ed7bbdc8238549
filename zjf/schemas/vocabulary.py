"""The code lists, with the short forms that townships write for them."""

from enum import StrEnum
from functools import cache
from typing import Self


class CodeList(StrEnum):
    """A code list. A member is its official wording; further strings are accepted aliases."""

    aliases: tuple[str, ...]

    def __new__(cls, wording: str, *aliases: str) -> Self:
        member = str.__new__(cls, wording)
        member._value_ = wording
        member.aliases = aliases
        return member

    @classmethod
    @cache
    def by_wording(cls) -> dict[str, str]:
        """Returns the official wording by every accepted one, upper-cased."""
        accepted = {alias.upper(): member.value for member in cls for alias in member.aliases}
        return accepted | {member.value.upper(): member.value for member in cls}


_YES = ("√", "✓", "✔", "Y", "YES", "TRUE")
_NO = ("×", "✗", "✘", "X", "N", "NO", "FALSE")


class YesNo(CodeList):
    YES = "是", "有", *_YES
    NO = "否", "无", *_NO, "不是"


class Commercial(CodeList):
    """是否经营性: yes and no, also written as the two kinds."""

    YES = "是", "经营性", "经营", "有", *_YES
    NO = "否", "非经营性", "非经营", "无", *_NO, "不是"


class YesNoUnknown(CodeList):
    YES = "是", "有", *_YES
    NO = "否", "无", *_NO, "不是"
    UNKNOWN = "不详", "不清楚", "不明"


class Permit(CodeList):
    HELD = "有", "是", *_YES, "齐全"
    LACKING = "无", "否", *_NO, "没有"
    UNKNOWN = "不详", "不清楚", "不明"


class HasOrNot(CodeList):
    YES = "有", "是", *_YES
    NO = "无", "否", *_NO, "没有"


class Business(CodeList):
    SCHOOL = "学校幼儿园", "学校", "幼儿园"
    TRAINING = "教育培训", "培训"
    CATERING = "餐饮饭店", "餐饮", "饭店"
    HOMESTAY = "民宿"
    HOTEL = "宾馆", "旅馆", "酒店", "宾馆酒店"
    FARM_STAY = "农家乐"
    SUPERMARKET = "超市"
    TRADE = "商贸", "商店", "商铺"
    FARM_SUPPLIES = "农资店", "农资"
    CHESS_ROOM = "棋牌室", "棋牌"
    INTERNET_CAFE = "网吧"
    BAR = "酒吧"
    BATHHOUSE = "浴室", "洗浴"
    CLINIC = "诊所", "卫生室"
    MEDICAL = "医疗卫生", "医疗"
    ELDERLY_CARE = "养老服务", "养老"
    CHILD_WELFARE = "儿童福利"
    WORKSHOP = "手工作坊", "作坊"
    MANUFACTURING = "生产加工", "加工", "生产加工场所"
    WAREHOUSING = "仓储物流", "仓储", "物流"
    CINEMA = "影院", "电影院"
    ENTERTAINMENT = "文化娱乐", "娱乐"
    SPORTS = "体育健身", "健身"
    RELIGIOUS = "宗教活动"
    FUNERAL = "丧葬"
    RENTED_HOUSING = "出租住房", "出租", "出租房"
    OTHER = "其他", "其它"


class Structure(CodeList):
    BRICK_CONCRETE = "砖混结构", "砖混"
    BRICK_STONE = "砖石结构", "砖石"
    BRICK_WOOD = "砖木结构", "砖木"
    EARTH_WOOD = "土木结构", "土木"
    ADOBE = "土坯结构", "土坯"
    MIXED = "混杂结构", "混杂", "混合结构"
    CAVE = "窑洞"
    WOOD = "木结构", "木", "木质结构"
    REINFORCED_CONCRETE = (
        *("钢筋混凝土结构", "钢筋混凝土", "钢混", "钢混结构", "框架", "框架结构", "砼框架"),
        *("钢砼", "钢砼结构", "钢筋砼", "钢筋砼结构", "框剪", "框剪结构", "剪力墙", "剪力墙结构"),
    )
    STEEL = "钢结构", "钢", "轻钢", "轻钢结构"
    OTHER = "其他", "其它", "其他结构"


class Alteration(CodeList):
    ADDED_STOREY = "加层", "增加楼层", "加建楼层"
    BACK_EXTENSION = "背包"
    MEZZANINE = "增设夹层", "夹层"
    PARTITION = "增加隔墙", "隔墙"
    REMOVED_SUPPORT = "减柱减墙"
    EXTENSION = "建筑外扩", "外扩"
    STRUCTURE_CHANGED = "改变主体结构", "改变房屋主体结构"
    USE_CHANGED = "改变使用功能", "改变功能"
    EXCAVATED = "地下开挖", "开挖地下空间"
    OTHER = "其他", "其它"


class KeyArea(CodeList):
    SCHOOL = "学校周边"
    HOSPITAL = "医院周边"
    PROJECT = "在建重大项目周边"
    ROADSIDE = "铁路道路两侧"
    URBAN_FRINGE = "城乡结合部"
    URBAN_VILLAGE = "城中村"
    MIGRANT_RESETTLEMENT = "移民安置点"
    RELOCATION_SITE = "易地搬迁安置点"
    INDUSTRIAL_PARK = "工业园区"
    SCENIC_AREA = "景区"
    OLD_MARKET_STREET = "场镇老街", "场（集）镇老街", "场(集)镇老街"
    SLOPE_BUILDINGS = "坡地建筑群"
    FARM_MARKET = "农贸市场"
    FARM_STAY = "农家乐"
    OTHER = "其他", "其它"


class InitialJudgement(CodeList):
    SEVERE = (
        *("存在严重安全隐患", "严重隐患", "严重安全隐患", "存在严重隐患"),
        *("有严重隐患", "有严重安全隐患"),
    )
    SOME = (
        *("存在一定安全隐患", "一定隐患", "一定安全隐患", "存在一定隐患"),
        *("有一定隐患", "有一定安全隐患"),
    )
    NONE = (
        *("未发现安全隐患", "无隐患", "未发现隐患", "无安全隐患", "不存在安全隐患", "不存在隐患"),
        *("没有隐患", "没有安全隐患", "未见隐患", "未见安全隐患"),
    )


class Finding(CodeList):
    """复核结论: what a technician found on site."""

    CLEAR = "无隐患", "无安全隐患", "未发现隐患", "未发现安全隐患", "没有隐患", "没有安全隐患", "未见隐患"
    HAZARD = "有隐患", "存在隐患", "有安全隐患", "存在安全隐患"


class AppraisalStandard(CodeList):
    DANGEROUS_BUILDINGS = "JGJ125", "JGJ 125", "JGJ125-2016", "JGJ 125-2016", "JGJ/T125"
    CIVIL_RELIABILITY = "GB50292", "GB 50292", "GB50292-2015", "GB 50292-2015"
    OTHER = "其他", "其它"


class Grade(CodeList):
    """鉴定等级. Asu–Dsu is the wording of GB 50292 for the same letters."""

    A = "A", "A级", "ASU", "ASU级"
    B = "B", "B级", "BSU", "BSU级"
    C = "C", "C级", "CSU", "CSU级"
    D = "D", "D级", "DSU", "DSU级"


class Control(CodeList):
    STOP_USE = "停止使用", "停用"
    STOP_BUSINESS = "停止经营", "停业"
    LIMIT_USE = "限制用途"
    SUSPEND_USE = "暂停使用"
    OBSERVE = "观察使用"
    FENCE_OFF = "封控警示", "封控", "设置警示"
    EVACUATE = "人员撤离", "撤离"
    OTHER = "其他", "其它"


class Measure(CodeList):
    """整治措施: the first six are engineering works, the rest is management (facts.md#engineering-apart)."""

    REINFORCE = "维修加固", "加固", "修缮加固"
    PARTIAL_DEMOLITION = "局部拆除"
    DEMOLISH = "整体拆除", "拆除"
    REBUILD = "拆除重建", "重建"
    GEOLOGICAL_WORKS = "地质灾害治理", "地质灾害工程治理"
    RELOCATE = "避让搬迁", "搬迁"
    ADD_POSTS = "增加立柱"
    ADD_FENCE = "增加围挡"
    RENDER_WALLS = "刷墙勾缝"
    OTHER_MANAGEMENT = "其他管理措施", "管理措施"


class ClosureBasis(CodeList):
    REVIEW_CLEAR = "复核无隐患", "经技术人员复核无隐患"
    GRADE_AB = "鉴定为A、B级", "鉴定为AB级", "鉴定A、B级", "鉴定为A级", "鉴定为B级", "鉴定为A,B级"
    WORKS = "工程措施", "工程措施销号"
    MANAGEMENT = "管理措施", "管理措施销号"


class AcceptanceResult(CodeList):
    """验收结论: whether the works passed."""

    PASSED = "合格", "通过", "验收合格"
    FAILED = "不合格", "未通过", "验收不合格"


class Confirmation(CodeList):
    """确认结果: what came of looking into a problem."""

    TRUE = "属实", "情况属实"
    PARTLY = "部分属实"
    REFUTED = "不属实", "不实", "失实"


class IssueSource(CodeList):
    """来源: who found the problem."""

    NATION = "国家检查", "国家级检查", "国家督导", "国家督查", "国务院督查"
    PROVINCE = "省级检查", "省检查", "省级督导"
    CITY = "市级检查", "市检查", "市级督导", "市级专项督导检查"
    COUNTY = "县级检查", "县检查", "县级督导", "区级检查"
    ONLINE = "线上巡检", "线上检查", "线上巡查", "平台巡检"
    THIRD_PARTY = "第三方核查", "第三方", "第三方现场核查", "第三方检查"
    WORK_TEAM = "四进工作队", "四进工作队巡查", "四进"
    SUPPORT = "帮扶督导", "帮扶"
    PUBLIC = "群众举报", "举报", "信访举报"
    SELF_CHECK = "自查", "乡镇自查", "自查自纠"


class SpotFinding(CodeList):
    """抽查结论: whether the survey stood when the house was checked again."""

    RIGHT = "无误", "正确", "属实"
    WRONG = "错排", "错判"
    MISSED = "漏排", "漏判"


class AuditResult(CodeList):
    PASSED = "合格", "合规"
    FAILED = "不合格", "不合规"


class ReportDefect(CodeList):
    """问题类型: why an appraisal report does not hold (嘉峰 五(二))."""

    ITEMS_LACKING = "缺项漏项", "缺项", "漏项"
    PART_FOR_WHOLE = "以局部代替整体", "局部代替整体", "以局部鉴定代替整体鉴定"
    NO_DATA = "无技术数据支撑", "无数据支撑", "鉴定结果无技术数据支撑"
    OTHER = "其他", "其它"


class HouseholdCategory(CodeList):
    """类别: the six kinds of households in hardship (云霄)."""

    REGISTERED_POOR = "建档立卡贫困户", "建档立卡户", "建档立卡"
    LOW_INCOME = "低保户", "低保", "低保对象"
    LIVING_ALONE = "分散供养特困人员", "分散供养特困", "特困人员", "分散供养五保户"
    VETERANS = "优抚对象和革命五老", "优抚对象", "革命五老", "五老"
    DISABLED = "贫困残疾人家庭", "贫困残疾人", "残疾人家庭"
    OTHER = "其他贫困户", "其他", "其它"


class PlatformCategory(CodeList):
    SELF_BUILT = "自建房", "属于自建房"
    NOT_SELF_BUILT = "非自建房", "不是自建房", "不属于自建房"
    NO_SURVEY_NEEDED = "不需排查", "无需排查", "无须排查", "不需要排查"
