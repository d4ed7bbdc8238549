"""The environment in which all Jinja templates are filled in, and the error where one does not fit."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError

from zjf.errors import CannotDoError

if TYPE_CHECKING:
    from zjf.documents.papers.paper import Paper


def environment(
    *folders: Path, escape: bool, finalize: Callable[[object], object] | None = None
) -> Environment:
    """Returns an environment for templates, in which an undefined name is an error and not a blank.

    Args:
        folders: The folders in which templates are looked for, the county's own first.
        escape: Whether values are escaped, for HTML or Word; for text they are not.
        finalize: Is applied to each value before it is filled in.
    """
    jinja = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=escape,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not escape,
    )
    jinja.filters["quoted"] = _quoted
    return jinja


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
    """Returns a template's text, filled in.

    Args:
        folders: The folders in which it and its includes are looked for, the county's own first.
        escape: Whether values are escaped for HTML.
        finalize: Is applied to each value before it is filled in.

    Raises:
        CannotDoError: The template does not fit.
    """
    candidates = [folder / name for folder in folders]
    with template_errors(next(filter(Path.is_file, candidates), candidates[-1])):
        return environment(*folders, escape=escape, finalize=finalize).get_template(name).render(values)


def require_blocks(template: Path, text: str, papers: Iterable["Paper"]) -> None:
    """Requires that a template says how each kind of block is printed that papers have.

    A county's own template may be older than a kind; a paper would lack that part without a word.

    Raises:
        CannotDoError: It leaves one out.
    """
    kinds = {block.kind for paper in papers for block in paper.blocks}
    if left_out := sorted(kind for kind in kinds if not re.search(rf"""["']{kind}["']""", text)):
        raise CannotDoError(
            f"模板 {template} 没有写这份文书的有些部分怎样印（{'、'.join(left_out)}）",
            "请照自带的模板补上，或删去它以使用自带的。",
        )


@contextmanager
def template_errors(template: Path, *further_errors: type[Exception]) -> Iterator[None]:
    """Turns errors about a template that does not fit into one message, with what to do.

    Raises:
        CannotDoError: The template does not fit.
    """
    misfits: tuple[type[Exception], ...] = (TemplateError, UnicodeDecodeError, *further_errors)
    try:
        yield
    except misfits as error:
        raise CannotDoError(
            f"模板 {template} 用不了（{error}）", "请改回模板，或删去它以使用自带的。"
        ) from error
