"""What a person looks for, read out of any text whatever: words, phrases, and what narrows them.

`by:priya topic:entry kind:quote since march "two-year degree" portf*` is all that there is of a
language; what is no part of it is words. Nothing is ever wrong: the worst text finds nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from iview_tui.domain.text import one_line
from iview_tui.domain.value import value

LONGEST = 500
"""Characters that are read."""
MOST_WORDS = 16

KINDS: dict[str, tuple[str, ...]] = {
    "note": ("notes",), "quote": ("quotes", "said"),
    "referral": ("referrals", "name", "names"),
    "organization": ("organizations", "org", "orgs"),
    "promise_theirs": ("promise", "promises", "theirs"),
    "promise_mine": ("promise", "promises", "mine"),
    "jargon": ("term", "terms", "word"), "opportunity": ("opportunities", "opening", "openings"),
    "later": ("question", "questions"), "parked": ("aside",), "moment": ("moments",),
    "contact": ("person", "people", "contacts"), "draft": ("letter", "letters", "drafts"),
    "guide_topic": ("question", "questions", "guide", "guides"),
    "interview": ("interviews", "call", "calls", "brief"), "outreach": ("attempt", "attempts"),
    "follow_up": ("followup", "followups", "due"),
    "reflection": ("reflections", "debrief"), "plan": ("plans", "goal", "goals"),
    "accord": ("accords", "agreement", "contradiction"),
}  # fmt: skip
"""The kinds of what is found, as the data calls them, and what else they may be called."""

_TOKEN = re.compile(
    r"(?P<filter>by|with|topic|kind|since|before):(?P<value>\"[^\"]*\"?|\S*)"
    r"|\"(?P<phrase>[^\"]*)\"?|(?P<word>[^\s\"]+)",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„‟«»＂：", '"' * 7 + ":")
_LONGEST_DATE = 4
"""Words of a date: `3 weeks ago`, `the 3rd of march`."""


@value
class Term:
    """Words that stand together: one word, or a phrase."""

    text: str
    prefix: bool
    """Whether the last word may go on."""


@value
class Wanted:
    """What is looked for: all of it must be so."""

    terms: tuple[Term, ...] = ()
    by: tuple[str, ...] = ()
    """Beginnings of names of the people it came from or is about."""
    topics: tuple[str, ...] = ()
    """Beginnings of words of a topic, or its key."""
    kinds: frozenset[str] | None = None
    """Of `KINDS`; None is all of them."""
    since: date | None = None
    before: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is looked for."""
        return self == Wanted()


def read(text: str, today: date) -> Wanted:
    """What the text looks for.

    Words may go on (`plan` finds planner), phrases in quotation marks may not. `since` and
    `before` count where a date follows, else they are words.
    """
    line = one_line(text.translate(_QUOTES), LONGEST)
    found = list(_TOKEN.finditer(line))
    terms: list[Term] = []
    filters: dict[str, list[str]] = {}
    kinds: frozenset[str] | None = None
    days: dict[str, date] = {}
    at = 0
    while at < len(found):
        token = found[at]
        at += 1
        if named := token["filter"]:
            name, value = named.casefold(), token["value"].strip('"').strip()
            if name in ("since", "before"):
                day = read_past(value, today)
                if day:
                    days[name] = day
                else:
                    terms += _terms(value)
            elif name == "kind":
                kinds = _narrowed(kinds, _kinds(value)) if value else kinds
            elif value:
                filters.setdefault("topic" if name == "topic" else "by", []).append(value)
            continue
        if (word := token["word"]) and word.casefold() in ("since", "before"):
            day, taken = _date_behind(found[at:], today)
            if day:
                days[word.casefold()] = day
                at += taken
                continue
        terms += [Term(token["phrase"], False)] if token["phrase"] else _terms(word or "")
    terms = [term for term in terms if searchable(term.text)][:MOST_WORDS]
    return Wanted(
        tuple(terms), tuple(filters.get("by", ())), tuple(filters.get("topic", ())),
        kinds, days.get("since"), days.get("before"),
    )  # fmt: skip


def searchable(text: str) -> bool:
    """Whether there is a letter or digit in it: signs are not looked for."""
    return any(unicodedata.category(sign)[0] in "LN" for sign in text)


def read_past(words: str, today: date) -> date | None:
    """The first day of the past time that the words name; None where they name none.

    today, yesterday, a weekday (the last one), `last week` (its Monday), `last month`, `last
    year`, `3 weeks ago`, a month (its last first day), `march 2025`, `3 march`, 2025, 2026-11, ISO.
    """
    said = re.sub(r"\s+", " ", words.casefold().strip().rstrip(".,!")).removeprefix("the ")
    if said in _FIXED:
        return today - timedelta(_FIXED[said])
    if said in ("last week", "this week"):
        monday = today - timedelta(today.weekday())
        return monday - timedelta(7 if said[0] == "l" else 0)
    if said in ("last month", "this month"):
        return _months_back(today.replace(day=1), 1 if said[0] == "l" else 0)
    if said in ("last year", "this year"):
        return date(today.year - (said[0] == "l"), 1, 1)
    said = said.removeprefix("last ")
    if (weekday := _number(said, _WEEKDAYS)) is not None:
        return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
    return _ago(said, today) or _numbers(said) or _month(said, today)


_FIXED = {"today": 0, "yesterday": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _number(word: str, names: Sequence[str]) -> int | None:
    """The place of a name of which the word is at least the first three letters."""
    return next(
        (n for n, name in enumerate(names) if len(word) > 2 and name.startswith(word)), None
    )


def _ago(said: str, today: date) -> date | None:
    found = re.fullmatch(r"(a|an|one|\d{1,4}) (day|week|month|year)s?(?: ago)?", said)
    if not found or ("ago" not in said and not said[0].isdigit()):
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    match found[2]:
        case "day":
            return _days_back(today, count)
        case "week":
            return _days_back(today, 7 * count)
        case "month":
            return _months_back(today, count)
        case _:
            return _months_back(today, 12 * count)


def _days_back(today: date, days: int) -> date:
    return today - timedelta(min(days, today.toordinal() - 1))


def _months_back(today: date, months: int) -> date:
    whole = max(12, today.year * 12 + today.month - 1 - months)
    return date(whole // 12, whole % 12 + 1, min(today.day, 28))


def _numbers(said: str) -> date | None:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d?)(?:-(\d\d?))?)?", said)
    return _day(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None


def _month(said: str, today: date) -> date | None:
    """A month with or without day and year; without a year the last one, today included."""
    words = said.replace(",", " ").split()
    words = [word for word in words if word != "of"]
    years = [int(w) for w in words if re.fullmatch(r"(?:19|20)\d\d", w)]
    days = [int(f[1]) for w in words if (f := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?", w))]
    months = [
        n + 1
        for w in words
        if (n := _number(w.rstrip(".") if w != "sept" else "sep", _MONTHS)) is not None
    ]
    if (
        len(months) != 1
        or len(years) + len(days) + 1 != len(words)
        or max(len(years), len(days)) > 1
    ):
        return None
    day = days[0] if days else 1
    if years:
        return _day(years[0], months[0], day)
    past = (_day(today.year - back, months[0], day) for back in range(9))
    return next((found for found in past if found and found <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date_behind(rest: Sequence[re.Match[str]], today: date) -> tuple[date | None, int]:
    """The longest date that the next words are, and how many they are."""
    words: list[str] = []
    for token in rest[:_LONGEST_DATE]:
        if not token["word"]:
            break
        words.append(token["word"])
    for count in range(len(words), 0, -1):
        if day := read_past(" ".join(words[:count]), today):
            return day, count
    return None, 0


def _terms(word: str) -> list[Term]:
    """A bare word may go on, where it is long enough for that to mean anything."""
    bare = word.rstrip("*")
    letters = [sign for sign in bare if sign.isalnum()]
    long_enough = len(letters) > 1 or (bool(letters) and not letters[0].isascii())
    return [Term(bare, long_enough)] if bare else []


def _kinds(value: str) -> frozenset[str]:
    said = value.casefold().replace(" ", "_").replace("-", "_")
    exact = {kind for kind, others in KINDS.items() if said == kind or said in others}
    if not exact:
        exact = {
            kind for kind, others in KINDS.items()
            if any(name.startswith(said) for name in (kind, *others))
        }  # fmt: skip
    return frozenset(exact)


def _narrowed(known: frozenset[str] | None, more: frozenset[str]) -> frozenset[str]:
    return more if known is None else known | more


# -- where it is in a text -----------------------------------------------------------------------


def folded(text: str) -> str:
    """The text as it is compared: without case and accents, sign for sign."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _fold(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    bare = unicodedata.normalize("NFD", sign)[0].casefold()
    return bare if len(bare) == 1 else sign


def spans(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, in order, not overlapping: what a screen makes bold."""
    found: list[tuple[int, int]] = []
    plain = folded(text)
    for term in terms:
        words = re.findall(r"\w+", folded(term.text).replace("_", " "))
        if words:
            pattern = r"[\W_]+".join(map(re.escape, words)) + ("" if term.prefix else r"(?![^\W_])")
            hits = re.finditer(rf"(?<![^\W_]){pattern}", plain)
            found += [(hit.start(), hit.end()) for hit in hits]
    return tuple(_merged(sorted(found)))


def _merged(found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for start, stop in found:
        if start >= end:
            yield start, stop
            end = stop


def snippet(text: str, terms: Sequence[Term], width: int) -> str:
    """At most so many characters of a text on one line, around the first of the words."""
    line = one_line(text)
    if len(line) <= width:
        return line
    first = next(iter(spans(line, terms)), (0, 0))[0]
    start = max(0, min(first - width // 3, len(line) - width + 1))
    if start:
        blank = line.find(" ", start, first + 1)
        start = blank + 1 if blank >= 0 else start
    piece = line[start : start + width - (2 if start else 1)]
    end = "" if start + len(piece) >= len(line) else "…"
    return ("…" if start else "") + piece.rstrip() + end
