"""What there is to look at before a letter leaves: findings, which never stop it.

The rules are the source's: introduce yourself, name who referred you, be specific about what they
could help with, say how much time, do not ask for a job, proofread.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from re import Pattern

from iview_tui.domain.letters import LINKEDIN, Draft, Known, promised
from iview_tui.domain.text import bounded, clean
from iview_tui.domain.value import value

LONGEST_READ = 20_000
SHORTEST_NAME = 3
_SHORT = 4
_LONG = 8
_TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "madam", "there"}
)
_GREETING = re.compile(
    r"(?mi)^(?:dear|hello|hi|good (?:morning|afternoon|day))\s+([^,:;!\n]{1,80})"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")


@value
class Finding:
    """Something to look at."""

    rule: str
    text: str
    """The words that it is about; empty where something is missing."""
    message: str


@value
class Rules:
    """The bank's rows: proofreading.toml says what they are."""

    first: tuple[str, ...]
    most_words: Mapping[str, int]
    patterns: Mapping[str, tuple[Pattern[str], ...]]
    common: Collection[str] = ()
    """Words that are no misspelled names."""


def proofread(letter: Draft, known: Known, rules: Rules) -> tuple[Finding, ...]:
    """All that there is to look at, in the order in which one would put it right."""
    body = bounded(clean(letter.body), LONGEST_READ)
    text = f"{clean(letter.subject)}\n{body}"
    found = [*_blanks(text, rules), *_names(body, known), *_spelling(text, known, rules)]
    if not any(each.rule == "wrong_name" for each in found):
        found += _missing_name(body, known)
    found += _referrer(letter.kind, text, known, rules)
    found += _job(text, rules)
    found += _time(letter.kind, body, rules)
    if letter.kind in rules.first:
        found += _first(body, known, rules)
    if letter.kind == "letter" and promised(body, known.today) is None:
        found.append(Finding("no_call", "", "It does not say on which day you will call."))
    found += _length(letter, body, rules)
    return tuple(found)


def _hits(text: str, name: str, rules: Rules) -> list[str]:
    hits = [(m.start(), m[0]) for each in rules.patterns[name] for m in each.finditer(text)]
    return [words for _, words in sorted(hits)]


def _blanks(text: str, rules: Rules) -> Iterator[Finding]:
    for words in dict.fromkeys(_hits(text, "blank", rules)):
        yield Finding("blank", words, f"A blank is left: {words}")


# -- names ---------------------------------------------------------------------------------------


def _names(body: str, known: Known) -> Iterator[Finding]:
    """A greeting that means somebody else."""
    theirs = set(map(_plain, _words(known.contact.name)))
    for greeting in _GREETING.findall(body):
        greeted = [word for word in _words(greeting) if _plain(word) not in _TITLES]
        if not greeted or any(_plain(word) in theirs for word in greeted):
            continue
        if any(_near(word, name) for word in greeted for name in theirs):
            continue  # the spelling says so
        said = greeting.strip()
        yield Finding("wrong_name", said, f"It greets {said}; it goes to {known.contact.name}.")


def _missing_name(body: str, known: Known) -> Iterator[Finding]:
    theirs = set(map(_plain, _words(known.contact.name)))
    said = set(map(_plain, _words(body)))
    if known.contact.name.casefold() in body.casefold() or theirs & said:
        return
    if any(_near(word, name) for word in said for name in theirs):
        return
    yield Finding("missing_name", "", f"Their name is not in it: {known.contact.name}.")


def _referrer(kind: str, text: str, known: Known, rules: Rules) -> Iterator[Finding]:
    if known.referrer and kind in rules.first and not _named(known.referrer, text):
        yield Finding("referrer_missing", "",
                      f"{known.referrer} may be named, and is not in it.")  # fmt: skip
    for name in known.not_to_name:
        if kind in (*rules.first, "followup") and _named(name, text):
            yield Finding("referrer_named", name, f"{name} did not say that you may name them.")


def _named(name: str, text: str) -> bool:
    """Whether the name stands there, whole, or a word of it that only a name can be."""
    if name.casefold() in text.casefold():
        return True
    said = {_POSSESSIVE.sub("", word) for word in _words(text)}
    return any(len(word) >= _SHORT and word in said for word in _words(name))


def _spelling(text: str, known: Known, rules: Rules) -> Iterator[Finding]:
    """Words that are nearly a word of the person's or organization's name, or the referrer's."""
    names = [known.contact.name, known.contact.organization or "", known.referrer or ""]
    names += [*known.not_to_name, known.me.name, known.contact.role or "", *known.led_to]
    right = {word for name in names for word in _words(name)}
    folded = {word.casefold() for word in right}
    sought = [word for name in names[:3] for word in _words(name) if word[:1] != word[:1].lower()]
    told = set()
    for raw in _words(text):
        word = _POSSESSIVE.sub("", raw)
        if word.casefold() in folded or word in told or word[:1] == word[:1].lower():
            continue
        if word.casefold() in rules.common:
            continue
        near = next((name for name in sought if _near(word, name)), None)
        if near is not None:
            told.add(word)
            yield Finding("spelling", word, f"{word}: is it {near}, as the record has it?")


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFD", _POSSESSIVE.sub("", word).casefold())
    return "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")


def _near(word: str, name: str) -> bool:
    """Whether it is the name with a slip: a mark, one sign, two signs changed about.

    In long names two slips; a plural is none.
    """
    one, other = _plain(word), _plain(name)
    if word.casefold() == name.casefold() or len(other) < SHORTEST_NAME:
        return False
    if one == other:
        return True
    if one.rstrip("s") == other.rstrip("s") or one[:1] != other[:1]:
        return sorted(one[:2]) == sorted(other[:2]) and one[2:] == other[2:]
    if len(other) < _SHORT:  # Ana, Anna: only a doubled letter
        return len(one) == len(other) + 1 and re.sub(r"(.)\1", r"\1", one) == other
    return _slips(one, other) <= (2 if len(other) >= _LONG else 1)


def _slips(one: str, other: str) -> int:
    """The optimal string alignment distance; a great number where the lengths say so already."""
    if abs(len(one) - len(other)) > 2:
        return len(one) + len(other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != theirs))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


# -- what it asks for ----------------------------------------------------------------------------


def _job(text: str, rules: Rules) -> Iterator[Finding]:
    """Asking for a job, not where the sentence denies it."""
    for pattern in rules.patterns["asks_job"]:
        for found in pattern.finditer(text):
            before = text[: found.end()].rpartition(" ")[0]
            if not any(each.search(before) for each in rules.patterns["denied"]):
                yield Finding("asks_job", found[0],
                              "It asks for a job; ask for information and advice.")  # fmt: skip
                return


def _time(kind: str, body: str, rules: Rules) -> Iterator[Finding]:
    if kind not in (*rules.first, "followup"):
        return
    if not _hits(body, "time", rules):
        yield Finding("no_time", "", "It does not say how much time you ask for.")
    for words in _hits(body, "too_long_asked", rules)[:1]:
        yield Finding("too_long_asked", words, "It asks for more than 60 minutes.")


def _first(body: str, known: Known, rules: Rules) -> Iterator[Finding]:
    """What a person who does not know me wants to know."""
    who = known.me.who.rstrip(".")
    if not (_hits(body, "who", rules) or (who and who in body)):
        yield Finding("no_who", "", "It does not say who you are.")
    place = known.contact.organization or ""
    about = [line for line in body.splitlines() if line.strip().casefold() != place.casefold()]
    rest = "\n".join(about)
    if not (_hits(rest, "why", rules) or (place and place.casefold() in rest.casefold())):
        yield Finding("no_why_person", "", "It does not say why you ask this person.")
    if not _hits(body, "help", rules):
        yield Finding("no_help", "", "It does not say what exactly they could help with.")


def _length(letter: Draft, body: str, rules: Rules) -> Iterator[Finding]:
    if letter.kind == "linkedin":
        count = len(body.strip())
        for most, whose in zip(LINKEDIN, ("without Premium", "with Premium"), strict=True):
            if count > most:
                yield Finding("too_long", "",
                              f"{count} characters; LinkedIn takes {most} {whose}.")  # fmt: skip
        return
    words, most = len(body.split()), rules.most_words[letter.kind]
    if words > most:
        yield Finding("too_long", "", f"{words} words; {most} are read to the end.")
