"""What a line seems to be besides a note: a name, a body, an opening, a promise."""

import re
from functools import cache

from iview_tui.domain.entry import Kind

_NAME = r"(?:(?:dr|prof|mr|mrs|ms)\.?\s+)?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’.-]*){0,3}"
_THEY = (
    r"(?:s?he|they|he/she)(?:['’]ll| will| can| could| promised to| is going to| are going to"
    r"|['’]s going to)"
)
_SEND = (
    r"(?:send|e-?mail|forward|share|mail|text|look (?:it |that )?up|find out|check|dig out|"
    r"introduce|connect|pass (?:it |that )?on|get back|put (?:me|you|us) in touch)"
)
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.PROMISE_THEIRS,
        rf"(?i:\b(?:{_THEY}|i(?:['’]ll| will| can)) {_SEND}\b.*\b(?:me|you|us|over|to)\b)"
        rf"|(?i:^(?:will|gonna|going to) {_SEND}\b)",
    ),
    (
        Kind.REFERRAL,
        rf"(?i:\b(?:talk|speak|chat|get in touch|connect) (?:to|with) |\breach out to "
        rf"|\b(?:ask for|contact|call|e-?mail|look up|introduce (?:me|you) to) "
        rf"|\bput (?:me|you) in touch with |\byou should meet )"
        rf"(?i:my (?:friend|colleague|boss) |her |his |our )?"
        rf"(?i:(?:friend|colleague|boss|old boss|coworker) )?(?-i:{_NAME})",
    ),
    (
        Kind.REFERRAL,
        r"(?i)\byou (?:really |also )?(?:should|could|might want to|ought to|need to) "
        r"(?:really |also )?"
        r"(?:talk|speak|chat) (?:to|with) (?:my|her|his|our|a|an|one of|someone|somebody)\b",
    ),
    (
        Kind.ORGANIZATION,
        r"(?-i:\b[^\W\d_a-z][\w'’&-]*(?:\s+(?:(?:of|for|and|the|in)\s+)*[^\W\d_a-z][\w'’&-]*)*"
        r"\s+(?:Association|Society|Institute|Guild|Federation|Union|League|Alliance|Chapter"
        r"|Council|Chamber))\b"
        r"|(?-i:\b(?:Association|Society|Institute|Guild|Federation|Union|League|Alliance"
        r"|Chamber) (?:of|for) [^\W\d_a-z])",
    ),
    (
        Kind.ORGANIZATION,
        r"(?i:\b(?:join|joined|member of|belongs? to|chapter of|check out|look into) (?:the )?)"
        r"(?-i:[A-Z]{3,6}\b)",
    ),
    (
        Kind.OPPORTUNITY,
        r"(?i)\b(?:we(?:['’]re| are| may| might| will|['’]ll)?|they(?:['’]re| are| may| might"
        r"| will|['’]ll)?|(?:might|may|will) be|my (?:team|department) is) (?:be )?"
        r"(?:looking for|hiring|need(?:ing)? (?:people|someone|help|another|an?)|opening up"
        r"|an? opening|posting (?:a|an|the) )",
    ),
    (
        Kind.OPPORTUNITY,
        r"(?i)\b(?:send (?:me|us|over|in) (?:your|a|the) (?:resume|cv)|you should apply"
        r"|(?:have|got|there['’]?s|there is) (?:an? )?"
        r"(?:opening|position open|vacancy|spot for)"
        r"|we could use someone like you)\b",
    ),
)
_MINE = rf"(?i)^(?:i(?:['’]ll| will| promised to| said i['’]?d| should)|i need to|me:?) {_SEND}\b"


@cache
def _compiled() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The patterns, compiled when the first line is read: the start has no time for it."""
    return tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


@cache
def _mine() -> re.Pattern[str]:
    return re.compile(_MINE)


def kind_of(text: str, *, typed: bool) -> Kind | None:
    """The kind that the words suggest, or None; a typed `I'll send ...` is a promise of mine."""
    if typed and _mine().search(text):
        return Kind.PROMISE_MINE
    for kind, pattern in _compiled():
        if pattern.search(text):
            return kind
    return None
