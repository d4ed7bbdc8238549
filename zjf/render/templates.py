"""The one environment in which Jinja templates are filled in, and the one error where one does not fit."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError

from zjf.errors import CannotDoError


def environment(
    *folders: Path, escape: bool, finalize: Callable[[object], object] | None = None
) -> Environment:
    """Where templates are filled in; a name that nobody gives is an error and not a blank.

    Args:
        folders: Where templates are looked for, the county's own first.
        escape: Whether what is filled in is escaped for HTML or Word; text for people is not.
        finalize: What becomes of each value before it is filled in.
    """
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=escape,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not escape,
    )
    made.filters["quoted"] = _quoted
    return made


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def fill(
    name: str,
    /,
    *folders: Path,
    escape: bool,
    finalize: Callable[[object], object] | None = None,
    **values: Any,
) -> str:
    """A template's text, filled in.

    Args:
        name: The template's file name.
        folders: Where it, and what it includes, is looked for, the county's own first.
        escape: Whether what is filled in is escaped for HTML.
        finalize: What becomes of each value before it is filled in.
        **values: What is filled in.

    Raises:
        CannotDoError: The template does not fit.
    """
    places = [folder / name for folder in folders]
    with template_errors(next(filter(Path.is_file, places), places[-1])):
        return environment(*folders, escape=escape, finalize=finalize).get_template(name).render(values)


@contextmanager
def template_errors(template: Path, *also: type[Exception]) -> Iterator[None]:
    """Within, a template that does not fit is said to be so, with what to do.

    Args:
        template: The template.
        also: What else tells that it does not fit, beside Jinja's own errors.

    Raises:
        CannotDoError: The template does not fit.
    """
    misfits: tuple[type[Exception], ...] = (TemplateError, UnicodeDecodeError, *also)
    try:
        yield
    except misfits as wrong:
        raise CannotDoError(
            f"模板 {template} 用不了（{wrong}）", "请改回模板，或删去它以使用自带的。"
        ) from wrong
