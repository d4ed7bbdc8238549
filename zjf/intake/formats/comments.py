"""Comments at cells: the unit's own words, without what programs and earlier marked copies added."""

import re

_OF_AN_EARLIER_ROUND = "【校验】"
"""How the comments of a marked copy begin (`zjf.render.marked_copy.comments`)."""
_OF_A_THREAD = re.compile(r"^\[[^\]]*\].*?(?:批注|注释|评论|Comment):\s*", re.DOTALL)
"""What Excel writes before a threaded comment, for programs that cannot show it."""
_AUTHOR = re.compile(r"^[^\n:：]{1,20}[:：][ \t]*\n")


def own_words(comment: str) -> str:
    """Returns the unit's own words in a comment; blank where there are none."""
    own = comment.partition(_OF_AN_EARLIER_ROUND)[0].strip()
    return _AUTHOR.sub("", _OF_A_THREAD.sub("", own)).strip()
