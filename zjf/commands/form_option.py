"""The option that names forms, apart from the other options: the forms' declarations take long to load."""

from typing import Annotated

import typer

from zjf.naming.kinds import NameOf
from zjf.schemas import FORMS

FORM_NAMES = "、".join(f"{form.info.short_title}（{form.info.id}）" for form in FORMS.values())
"""Every form, by its Chinese name and its id."""

FormOption = Annotated[
    list[str] | None,
    typer.Option("--form", help=f"只认这种表（可重复），写中文名或代号：{FORM_NAMES}。"),
    NameOf.FORM,
]
