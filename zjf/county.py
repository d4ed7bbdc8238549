"""zjf.toml: the county, its reporting units, and the settings in which it departs from its notice."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, StringConstraints, model_validator

from zjf import settings_files
from zjf.county_folder import SETTINGS_FILE, nearest_county
from zjf.errors import CannotDoError
from zjf.files import Access, nearest_entry, set_access
from zjf.likeness import nearest_words
from zjf.period import Calendar, Period, Weekday
from zjf.schemas import FORMS
from zjf.schemas.vocabulary import Business
from zjf.settings_files import Settings
from zjf.unit_names import Roster, plain_name

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r'^[^\\/:*?"<>|\r\n\t]+$'),
]
"""A name that may also be used as a file's name."""

ALSO_IN_CHARGE = ("commercial", "crowded", "slope", "unpermitted-extension")
"""The tags of a house that put a department in charge, besides its business."""


class CountySettings(Settings):
    """[county]: its name, the office that signs, the office above it, the notice in force."""

    name: Name
    office: str = ""
    superior: str = ""
    notice: Name


class Unit(Settings):
    """[[units]]: one reporting unit (填报单位)."""

    name: Name
    aliases: tuple[Name, ...] = ()


def _known_form(form: str) -> str:
    ids = {name: id_ for id_, known in FORMS.items() for name in (id_, known.info.title, *known.info.names)}
    if form not in ids:
        known_forms = "、".join(f"{id_}（{known.info.title}）" for id_, known in FORMS.items())
        raise ValueError(f"没有 {form} 这种表，可用的有 {known_forms}")
    return ids[form]


FormId = Annotated[str, AfterValidator(_known_form)]
"""The id of a form; any other text is refused."""


class Reporting(Settings):
    """[reporting]: settings in which the county departs from its notice. For a key left out the notice holds."""

    weekday: Weekday | None = None
    by: time | None = Field(default=None, alias="time")
    month_day: Annotated[int, Field(ge=1, le=31)] | None = None
    forms: tuple[FormId, ...] | None = None
    holidays: Literal["照旧", "顺延"] = "照旧"


def _charge(key: str) -> str:
    reasons = (*(business.value for business in Business), *ALSO_IN_CHARGE)
    if key not in reasons:
        near = nearest_words(key, reasons, near=40)
        raise ValueError(f"没有这个经营业态，最接近的是 {near[0]}" if near else "没有这个经营业态")
    return key


def _one_or_more(departments: object) -> object:
    return (departments,) if isinstance(departments, str) else departments


Departments = dict[
    Annotated[str, AfterValidator(_charge)], Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
]
"""A business, or a tag of `ALSO_IN_CHARGE`: the departments in charge."""


class LedgerPlace(Settings):
    """[ledger]: where accepted returns are kept."""

    url: str = "sqlite:///ledger.db"


class Files(Settings):
    """[files]: who may open the files that zjf writes: the ledger, results, backups."""

    access: Access = "本人"


class Display(Settings):
    """[display]: how commands speak; `plain` for screen readers."""

    plain: bool = False


class ReadingLimits(Settings):
    """[reading]: limits for reading one file (memory in GiB, time in seconds), and sheets left unread."""

    memory: Annotated[int, Field(ge=1, le=1024)] = 2
    seconds: Annotated[int, Field(ge=1, le=86_400)] = 300
    ignore_sheets: tuple[str, ...] = ()


class County(Settings):
    """The settings of a county, and its folder."""

    about: CountySettings = Field(alias="county")
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]
    reporting: Reporting = Reporting()
    departments: Departments = {}
    ledger: LedgerPlace = LedgerPlace()
    reading: ReadingLimits = ReadingLimits()
    ignore_sheets: tuple[str, ...] = ()
    files: Files = Files()
    display: Display = Display()
    _folder: Path = PrivateAttr()

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        unit_of_name: dict[str, Unit] = {}
        for unit in self.units:
            for name in (unit.name, *unit.aliases):
                first_owner = unit_of_name.setdefault(plain_name(name), unit)
                if first_owner is not unit:
                    raise ValueError(f"名称或别名「{name}」重复：{first_owner.name}、{unit.name}")
        return self

    @property
    def sheets_left_unread(self) -> tuple[str, ...]:
        """The sheets of returns that are never read, by name or pattern (`往期*`).

        The setting `ignore_sheets` may be at the top of the file or under [reading].
        """
        return (*self.ignore_sheets, *self.reading.ignore_sheets)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Loads the county of a folder.

        Raises:
            CannotDoError: The folder has no zjf.toml, or one that cannot be used.
        """
        if not folder.is_dir():
            near = nearest_entry(folder)
            question = f"是否为 {near}？" if near else ""
            raise CannotDoError(f"找不到县文件夹 {folder}", f"{question}新建的请先运行 zjf init。")
        if not (folder / SETTINGS_FILE).is_file():
            raise CannotDoError(f"{folder} 中没有 {SETTINGS_FILE}", "请先运行 zjf init 建立县文件夹。")
        county = settings_files.load(folder / SETTINGS_FILE, cls)
        county._folder = folder.resolve()
        if county.files.access != "本人":
            set_access(county.files.access)
        return county

    @classmethod
    def find(cls, folder: Path | None = None, paper: Path | None = None) -> Self:
        """Loads the county of the folder given, else that of the current folder or the nearest above it.

        That in which a paper lies comes last: whoever forges one may send a county along with it.

        Raises:
            CannotDoError: There is none, or its settings cannot be used.
        """
        county = cls.if_any(folder) or (cls.around(paper.parent) if paper else None)
        if county is None:
            cure = "请到县文件夹中运行，或用 --county 指明；还没有的请先运行 zjf init。"
            if Path(misnamed := f"{SETTINGS_FILE}.txt").is_file():
                cure = f"这里有 {misnamed}：请把文件名改成 {SETTINGS_FILE}，去掉后面的 .txt。"
            raise CannotDoError(f"当前文件夹及其上级都没有 {SETTINGS_FILE}", cure)
        return county

    @classmethod
    def if_any(cls, folder: Path | None = None) -> Self | None:
        """Loads the county of the folder given, else that of the current folder or above it; None if there is none."""
        return cls.load(folder) if folder else cls.around(Path.cwd())

    @classmethod
    def around(cls, start: Path) -> Self | None:
        """Loads the county of the nearest folder at or above a path; None if there is none."""
        folder = nearest_county(start)
        return cls.load(folder) if folder else None

    def under(self, notice: str) -> Self:
        """Returns the same county as if another notice were in force."""
        county = self.model_copy(update={"about": self.about.model_copy(update={"notice": notice})})
        county._folder = self._folder
        return county

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def name(self) -> str:
        return self.about.name

    @property
    def notice(self) -> str:
        """The id of the notice in force (`Notice.load`)."""
        return self.about.notice

    @property
    def roster(self) -> Roster:
        return Roster(tuple((unit.name, unit.aliases) for unit in self.units), self.name)

    @property
    def ledger_url(self) -> str:
        """The ledger's database URL; a relative SQLite path is relative to the county's folder."""
        file = self.ledger.url.removeprefix("sqlite:///")
        if file in (self.ledger.url, "", ":memory:"):
            return self.ledger.url
        return f"sqlite:///{(self.folder / file).as_posix()}"

    def calendar(self, of_notice: Calendar) -> Calendar:
        """Returns the notice's calendar, changed by the county's own settings."""
        own_settings = self.reporting.model_dump(include={"weekday", "by", "month_day"}, exclude_none=True)
        return replace(of_notice, postponed=self.reporting.holidays == "顺延", **own_settings)

    def returns(self, period: Period) -> Path:
        """Returns the folder of a period's returns."""
        return self.folder / "returns" / str(period)

    def out(self, period: Period) -> Path:
        """Returns the folder of a period's results."""
        return self.folder / "out" / str(period)
