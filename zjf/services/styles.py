"""The styles of files that `--as` names."""

from collections.abc import Collection

from zjf.errors import UsageError
from zjf.extras import is_installed


def styles_asked(styles: str, available: Collection[str], refusal: str) -> tuple[str, ...]:
    """Returns the styles that `--as` names, each once.

    Args:
        styles: Their names, with commas between them.
        refusal: The message about one that is not available, with `{}` for its name.

    Raises:
        UsageError: One is not available.
    """
    names = tuple(dict.fromkeys(style.strip() for style in styles.split(",")))
    for name in names:
        if name not in available:
            raise UsageError(refusal.format(name), f"可用的有：{'、'.join(available)}。")
    return names


def styles_there_are(*styles: tuple[str, str | None]) -> str:
    """Returns those of the styles, each with the extra that it needs, whose extra is installed, as `--as` takes them."""
    return ",".join(style for style, extra in styles if extra is None or is_installed(extra))
