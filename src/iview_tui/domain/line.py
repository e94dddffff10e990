"""The note line's grammar: what a typed line is, by the first of nine rules that fits.

Purely a matter of the text, the topics and the bank's words. What depends on the running call (an
end that is not after now, a bare number that may be an answer, a row of the wrap-up) is decided by
who asks. A sign counts only where nothing else is likely; when in doubt, a line is a note.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from iview_tui.domain import commands, due, referral
from iview_tui.domain.commands import Spec, Takes
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Topic
from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.referral import Person
from iview_tui.domain.value import value

LONGEST = 20_000
"""Characters that a line may have."""

SIGNS = {
    "@": Kind.REFERRAL,
    "#": Kind.ORGANIZATION,
    "<": Kind.PROMISE_THEIRS,
    ">": Kind.PROMISE_MINE,
    "~": Kind.JARGON,
    "$": Kind.OPPORTUNITY,
    "?": Kind.LATER,
    "&": Kind.PARKED,
}
"""The signs that open a line, and what each makes of it (rule 8)."""

_MOST_MINUTES = 60
_LEAST_LATER = 5
_WORDS_OF_JARGON = 3
_MOST_ROWS = 999

_NUMBER = re.compile(r"[1-9]\d{0,2}")
_COMMAND = re.compile(r"/(?:([^\W\d_]\S*)(?:\s+|$))?")
_MINUTES = r"([1-9]\d?)\s?(?:m|min|mins|minutes)?"
_BARE_MINUTES = re.compile(_MINUTES, re.IGNORECASE)
_CLOCK = re.compile(rf"(?:([+=])\s?|(-)){_MINUTES}", re.IGNORECASE)
_UNTIL = re.compile(r"=\s?([01]?\d|2[0-3]):([0-5]\d)")
_TOPIC = re.compile(r"([1-9]\d{0,2}):")
_TIME_OF_DAY = re.compile(
    r"(?:1?\d|2[0-3]):"
    r"(?:[0-5]\d(?!\d)|\s+[0-5]\d(?:\s*(?:[ap]\.m\.|(?:[ap]m|h|start)(?!\w))|[.,!?]*$))",
    re.IGNORECASE,
)
_STARS = re.compile(r"!+(?=[^\s!])")
_CLOSING = re.compile(r'"\s+-(?:\s|$)')
_MEANS = re.compile(r"(?<![<>!=])=(?!=)")


@value
class Words:
    """Words that become one entry."""

    kind: Kind
    text: str
    comment: str | None = None
    """Mine, behind a quote."""
    topic: int | None = None
    """The topic that the line names (`5: text`)."""
    starred: bool = False
    private: bool = False
    """Only for `/private text`."""
    offer: Kind | None = None
    """The kind of a sign that did not count, or organization for a referral that looks like one."""
    person: Person | None = None
    """What a referral's text says."""


@value
class Referrals:
    """People on one line, each to become an entry; often one."""

    parts: tuple[Words, ...]


@value
class Mark:
    """`5` alone: covered, or back to what it was."""

    topic: int
    text: str


@value
class Later:
    """`+5`: the agreed end moves later."""

    minutes: int
    text: str


@value
class Left:
    """`=10`: they have that many minutes from now."""

    minutes: int
    text: str


@value
class Until:
    """`=14:20`: they have until then; `=2:20` may be the afternoon's."""

    hour: int
    minute: int
    text: str


@value
class May:
    """What `/may` takes: may I say that you suggested I write."""

    answer: str
    """yes, no or first."""
    check_in_text: str = ""
    """The day as it was typed (for `domain.due.check_in`)."""
    name: str | None = None
    """As it was typed; None: every name not yet answered."""


@value
class Command:
    """`/name argument`, where the argument is one that it can take."""

    name: str
    argument: str
    text: str
    value: Any = None
    """The argument read: topics that fit (tuple of int), minutes or row (int), name (str), May."""


@value
class Star:
    """`!` alone: the last entry is starred."""

    text: str


@value
class Moment:
    """`.` alone: something mattered here."""

    text: str
    starred: bool = False
    """Never so far: `!.` is a note. Here for a moment that is starred in one stroke."""
    private: bool = False


@value
class Help:
    """`?` alone."""

    text: str


@value
class Nothing:
    """An empty line."""


@value
class Stays:
    """A line that keeps standing, with a sentence at its right end."""

    reason: str
    then: "Words | Later"
    """What the same line again becomes."""
    text: str
    command_like: bool = False
    """Let go, it is a note already taken back: it was a command or a line of the clock."""


Filed = Words | Referrals | Moment
Reading = Filed | Mark | Later | Left | Until | Command | Star | Help | Nothing | Stays


@value
class _Typed:
    """A text beside its plain form, place for place: one to keep, one to decide by."""

    raw: str
    plain: str

    def cut(self, start: int, end: int | None = None) -> "_Typed":
        """A part of it, without the blanks at both ends."""
        raw, plain = self.raw[start:end], self.plain[start:end]
        first = len(raw) - len(raw.lstrip())
        last = max(first, len(raw.rstrip()))
        return _Typed(raw[first:last], plain[first:last])


def read(text: str, topics: Sequence[Topic], lexicon: Lexicon, *, pasted: bool = False) -> Reading:
    """What the line is, for a call with these topics; never raises.

    The text has passed the door. With a line end inside it is a paste, and so always a note; a
    single line is read alike whether it was typed or `pasted`.
    """
    del pasted
    typed = _Typed(text, lexicon.plain(text)).cut(0)
    if not typed.raw:
        return Nothing()
    if len(typed.raw) > LONGEST:
        reason = f"{len(typed.raw):,} characters, {LONGEST:,} are the most; Enter again keeps all"
        return Stays(reason, _note(typed), typed.raw)
    if len(typed.raw.splitlines()) > 1:
        return _note(typed)
    if typed.plain[0] == "\\":
        return _note(typed.cut(1) if typed.cut(1).raw else typed)
    if typed.plain[0] == "/":
        return _command(typed, topics, lexicon)
    if _NUMBER.fullmatch(typed.plain) and _is_topic(int(typed.plain), topics):
        return Mark(int(typed.plain), typed.raw)
    return _clock(typed) or _filed(typed, topics, lexicon)


def term_and_meaning(text: str, lexicon: Lexicon) -> tuple[str, str | None]:
    """The two sides of the text of a jargon entry; without `=` there is no meaning."""
    found = _MEANS.search(lexicon.plain(text))
    if not found:
        return text, None
    return text[: found.start()].strip(), text[found.end() :].strip() or None


# -- rule 2: commands ----------------------------------------------------------------------------


def _command(typed: _Typed, topics: Sequence[Topic], lexicon: Lexicon) -> Reading:
    found = _COMMAND.match(typed.plain)
    word = found[1] if found else None
    if not found or not word:
        return _stays("no command", typed) if typed.plain == "/" else _note(typed)
    argument = typed.cut(found.end())
    spec = commands.find(word, lexicon)
    if spec is None:
        near = commands.nearly(word, lexicon)
        if near:
            return _stays(f"not quite /{near}", typed)
        return _note(typed) if argument.raw else _stays("no such command", typed)
    if not argument.raw:
        return _stays(spec.usage, typed) if spec.needs else Command(spec.name, "", typed.raw)
    if spec.takes is Takes.TEXT:
        return _private(argument, topics, lexicon)
    value = _value(spec, argument, topics, lexicon)
    if value is None:
        return _note(typed)
    return Command(spec.name, argument.raw, typed.raw, value)


def _stays(why: str, typed: _Typed) -> Stays:
    return Stays(f"{why}; Enter again: a note", _note(typed), typed.raw, command_like=True)


def _private(argument: _Typed, topics: Sequence[Topic], lexicon: Lexicon) -> Reading:
    """`/private text`: the text by rules 5 to 9; a sign alone that does something is a note."""
    inner = _filed(argument, topics, lexicon)
    if isinstance(inner, Referrals):
        return Referrals(tuple(replace(part, private=True) for part in inner.parts))
    if isinstance(inner, Words | Moment):
        return replace(inner, private=True)
    return replace(_note(argument), private=True)


def _value(
    spec: Spec, argument: _Typed, topics: Sequence[Topic], lexicon: Lexicon
) -> int | str | tuple[int, ...] | May | None:
    """What the command takes of the argument; None where it cannot."""
    match spec.takes:
        case Takes.TOPIC:
            return _fitting(argument, topics) or None
        case Takes.MINUTES:
            found = _BARE_MINUTES.fullmatch(argument.plain)
            minutes = int(found[1]) if found else 0
            return minutes if 1 <= minutes <= _MOST_MINUTES else None
        case Takes.ROW:
            number = _NUMBER.fullmatch(argument.plain)
            return int(number[0]) if number and int(number[0]) <= _MOST_ROWS else None
        case Takes.NAME:
            person = referral.parse(argument.raw, lexicon)
            whole = person.name == argument.raw or spec.name == "join"
            return person.name if person.sure and whole else None
        case Takes.ANSWER:
            return _may(argument, lexicon)
        case _:
            return None


def _fitting(argument: _Typed, topics: Sequence[Topic]) -> tuple[int, ...]:
    """The topics that `/go` may mean: by number, or by how words of the short name begin."""
    if _NUMBER.fullmatch(argument.plain):
        number = int(argument.plain)
        return (number,) if _is_topic(number, topics) else ()
    wanted = argument.raw.casefold()
    return tuple(topic.number for topic in topics if _fits(wanted, topic))


def _fits(wanted: str, topic: Topic) -> bool:
    title = topic.title.casefold()
    if not wanted.isascii() and wanted in title:
        return True
    words = re.findall(r"\w+", f"{title} {topic.key or ''}".replace("_", " "))
    asked = re.findall(r"\w+", wanted)
    return bool(asked) and all(any(word.startswith(a) for word in words) for a in asked)


def _may(argument: _Typed, lexicon: Lexicon) -> May | None:
    """`yes`, `no` or `first [day]`, with a name behind it or none."""
    words = argument.raw.split()
    answer, rest = words[0].casefold(), words[1:]
    if answer not in ("yes", "no", "first"):
        return None
    days = 0
    if answer == "first":
        lengths = range(len(rest), 0, -1)
        days = next((n for n in lengths if due.is_date(" ".join(rest[:n]))), 0)
    name = " ".join(rest[days:])
    if name and not _may_be_named(name, lexicon):
        return None
    return May(answer, " ".join(rest[:days]), name or None)


def _may_be_named(name: str, lexicon: Lexicon) -> bool:
    """Whether it can be (a part of) a name already noted; which one, who asks will see."""
    return referral.parse(name, lexicon).sure or referral.parse(f"{name}, x", lexicon).sure


# -- rule 4: the clock ---------------------------------------------------------------------------


def _clock(typed: _Typed) -> Reading | None:
    if found := _UNTIL.fullmatch(typed.plain):
        return Until(int(found[1]), int(found[2]), typed.raw)
    found = _CLOCK.fullmatch(typed.plain)
    if not found or int(found[3]) > _MOST_MINUTES:
        return None
    minutes = int(found[3])
    if found[2]:
        return _stays("=10 says ten minutes left", typed)
    if found[1] == "=":
        return Left(minutes, typed.raw)
    later = Later(minutes, typed.raw)
    if minutes >= _LEAST_LATER:
        return later
    plural = "s" * (minutes > 1)
    reason = f"Enter again: {minutes} minute{plural} later; or go on typing"
    return Stays(reason, later, typed.raw, command_like=True)


# -- rules 5 to 9: words -------------------------------------------------------------------------


def _filed(typed: _Typed, topics: Sequence[Topic], lexicon: Lexicon) -> Reading:
    found = _TOPIC.match(typed.plain)
    if found and _is_topic(int(found[1]), topics) and not _TIME_OF_DAY.match(typed.plain):
        rest = typed.cut(found.end())
        if not rest.raw:
            return Stays("nothing behind it; Enter again: a note", _note(typed), typed.raw)
        return _under(_starred(rest, lexicon), int(found[1]))
    match typed.plain:
        case ".":
            return Moment(typed.raw)
        case "!":
            return Star(typed.raw)
        case "?":
            return Help(typed.raw)
    return _starred(typed, lexicon)


def _under(reading: Words | Referrals, topic: int) -> Words | Referrals:
    if isinstance(reading, Referrals):
        return Referrals(tuple(replace(part, topic=topic) for part in reading.parts))
    return replace(reading, topic=topic)


def _starred(typed: _Typed, lexicon: Lexicon) -> Words | Referrals:
    """Rule 6's `!text`, and what stands behind it by rules 7 and 8."""
    found = _STARS.match(typed.plain)
    if not found:
        return _signed(typed, lexicon)
    reading = _signed(typed.cut(found.end()), lexicon)
    if isinstance(reading, Referrals):
        return Referrals(tuple(replace(part, starred=True) for part in reading.parts))
    return replace(reading, starred=True)


def _signed(typed: _Typed, lexicon: Lexicon) -> Words | Referrals:
    if typed.plain[0] == '"':
        return _quote(typed) or _note(typed)
    kind = SIGNS.get(typed.plain[0])
    if kind is None:
        return _note(typed)
    rest = typed.cut(1)
    if not _counts(kind, typed, lexicon):
        offered = kind if any(map(str.isalnum, rest.plain)) else None
        return replace(_note(typed), offer=offered)
    if kind is Kind.REFERRAL:
        return _people(rest, lexicon)
    return Words(kind, rest.raw)


def _counts(kind: Kind, typed: _Typed, lexicon: Lexicon) -> bool:
    """Rule 8: a letter directly behind the sign, and what a kind asks for beside that."""
    if len(typed.raw) < 2 or not typed.raw[1].isalpha():
        return False
    if kind is Kind.ORGANIZATION:
        return not typed.raw[1].islower()
    if kind is Kind.JARGON:
        words = [word.casefold().strip(".,:;!?()") for word in typed.plain[1:].split()]
        quantity = any(w in lexicon.quantities or any(map(str.isdigit, w)) for w in words)
        short = len(words) <= _WORDS_OF_JARGON and not quantity
        return short or bool(_MEANS.search(typed.plain))
    return True


def _people(rest: _Typed, lexicon: Lexicon) -> Referrals:
    parts = []
    for text in referral.split(rest.raw, lexicon):
        person = referral.parse(text, lexicon)
        offered = Kind.ORGANIZATION if person.looks_like_body else None
        parts.append(Words(Kind.REFERRAL, text, offer=offered, person=person))
    return Referrals(tuple(parts))


def _quote(typed: _Typed) -> Words | None:
    """Rule 7; None where it is no quote."""
    inside = typed.cut(1)
    if len(typed.raw) < 2 or not _opens(typed.plain[1]):
        return None
    marks = [at for at, sign in enumerate(inside.plain) if sign == '"']
    before = {at: count for count, at in enumerate(marks)}
    before_comment = [found.start() for found in _CLOSING.finditer(inside.plain)]
    # A quotation inside the quote has its own pair of marks: "the "plan" - so called - fails" - he
    paired = [at for at in before_comment if before[at] % 2 == 0]
    if before_comment:
        closing = (paired or before_comment)[0]
        behind = inside.cut(closing + 1)
        return Words(Kind.QUOTE, inside.cut(0, closing).raw, behind.cut(1).raw or None)
    if not marks:
        return Words(Kind.QUOTE, inside.raw)
    if marks[-1] != len(inside.plain) - 1:
        return None
    return Words(Kind.QUOTE, inside.cut(0, marks[-1]).raw)


def _opens(sign: str) -> bool:
    """Whether a quote may begin with it: a letter, a digit, a money sign or a bracket."""
    return sign.isalpha() or sign.isdigit() or unicodedata.category(sign) in ("Sc", "Ps")


def _note(typed: _Typed) -> Words:
    return Words(Kind.NOTE, typed.raw)


def _is_topic(number: int, topics: Sequence[Topic]) -> bool:
    return any(topic.number == number for topic in topics)
