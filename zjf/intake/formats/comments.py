"""Comments at cells: what the unit wrote there itself, without what programs and earlier rounds put in front or behind."""

import re

_OF_AN_EARLIER_ROUND = "【校验】"
"""With it begins what a marked copy says at a cell (`zjf.render.marked_copy.comments`)."""
_OF_A_THREAD = re.compile(r"^\[[^\]]*\].*?(?:批注|注释|评论|Comment):\s*", re.DOTALL)
"""What Excel writes in front of a thread for programs that know none."""
_AUTHOR = re.compile(r"^[^\n:：]{1,20}[:：][ \t]*\n")


def own_words(comment: str) -> str:
    """Returns what of a comment is the unit's own; blank where nothing is.

    Args:
        comment: Its text.
    """
    own = comment.partition(_OF_AN_EARLIER_ROUND)[0].strip()
    return _AUTHOR.sub("", _OF_A_THREAD.sub("", own)).strip()
