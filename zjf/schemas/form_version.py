"""The version of a blank form: it changes with every change of columns, options and required cells."""

import json
from functools import lru_cache
from hashlib import blake2b

from zjf.schemas.form import Form


@lru_cache(maxsize=64)
def form_version(form: Form) -> str:
    """Returns the version of a form as it is declared now: eight letters and digits."""
    parts = [
        [
            field.heading.text,
            field.heading.groups,
            field.required,
            bool(field.required_when),
            [code.value for code in field.codes or ()],
        ]
        for field in form.fields
    ]
    return blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=4).hexdigest()
