"""A person they named: `@Dele Okonjo, Metro council, dele@metro.example`, read without guessing.

Only a sure name counts and is ever used in a letter. What is not sure is *someone to find*.
"""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.value import value

_WORDS_OF_A_NAME = 4
_DIGITS_OF_A_NUMBER = 5
_LONGEST_WITHOUT_BLANKS = 6
_LONGEST_OF_NAMES = 300

_SIGN_OF_ANOTHER = re.compile(r";\s*@?|\s@(?=[^\W\d_])")
_ENDS_NAME = re.compile(r",|\(|\s(?:at|from)\s|\s-\s", re.IGNORECASE)
_PARTS = re.compile(r",|(?<!\S)\((?!\+?\d)|(?<!\d)\)(?=[\s,]|$)|(?<!\d)\s-\s|\s-\s(?!\d)")
"""What parts the parts behind a name; not the marks inside of a number: (555) 123 - 4567."""
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_AT = re.compile(r"(?:at|from|-)\s+", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_HYPHENS = "-\u2010\u2011"
_APOSTROPHES = "'’ʼ"
_INNER_DOTS = frozenset("·・")
_JOINERS = "\u200c\u200d"
_INSIDE = _INNER_DOTS.union("." + _APOSTROPHES + _HYPHENS + _JOINERS)
_PARTICLES = frozenset(
    {
        "al", "am", "ap", "ben", "bin", "bint", "d", "da", "dal", "das", "de", "degli", "dei",
        "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "fitz", "ibn", "l", "la",
        "las", "le", "les", "lo", "los", "mac", "mc", "o", "san", "st", "t", "te", "ten", "ter",
        "tot", "van", "vander", "vom", "von", "y", "zu", "zum", "zur",
    }
)  # fmt: skip


@value
class Person:
    """What a referral's text says."""

    name: str
    organization: str | None = None
    contact: str | None = None
    """How to reach them; several ways are parted by `; `."""
    sure: bool = False
    """Whether it is a person's name; else it is someone to find."""
    doubt: bool = False
    """A question mark stood behind the name: its spelling is in doubt."""
    looks_like_body: bool = False
    """Not sure, and rather a team or a firm: offered as an organization."""


def split(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The texts of the people on one line, each to be read by `parse`; at least one.

    `;` and a further `@` part them; so does `and` or `&` between two or more words on both sides
    before any comma. What follows is then everyone's, so it stands in the text of each.
    """
    plain = lexicon.plain(text)
    pieces: list[str] = []
    start = 0
    for found in _SIGN_OF_ANOTHER.finditer(plain):
        pieces.append(text[start : found.start()])
        start = found.end()
    pieces.append(text[start:])
    people = [person for piece in pieces if piece.strip() for person in _joined(piece, lexicon)]
    return tuple(people) or (text.strip(),)


def parse(text: str, lexicon: Lexicon) -> Person:
    """One person's name, organization and ways to reach them, and how sure the name is."""
    text = text.strip()
    plain = lexicon.plain(text)
    if plain.startswith("@"):
        text, plain = text[1:].strip(), plain[1:].strip()
    end = _ENDS_NAME.search(plain)
    head = text[: end.start()] if end else text
    name, doubt, rest = _name(head, lexicon)
    parts = _parts(text[end.start() :], lexicon) if end else []
    doubt = doubt or "?" in parts
    parts = [part for part in parts if part != "?"]
    if _reaches(rest, lexicon):
        parts.append(rest)
        rest = ""
    contacts = [part for part in parts if _reaches(part, lexicon)]
    others = [part for part in parts if not _reaches(part, lexicon)]
    sure = _sure(name, rest, lexicon, followed=bool(parts))
    return Person(
        name=name,
        organization=others[0] if others else None,
        contact="; ".join(contacts) or None,
        sure=sure,
        doubt=doubt,
        looks_like_body=not sure and _body(name, rest, lexicon),
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, full stops, and forms of marks and blanks."""
    return _key(one) == _key(other)


def merge(old: Person, new: Person) -> Person:
    """The same person named again: what was empty is filled, a new way to reach them is added."""
    known = (old.contact or "").split("; ")
    more = [way for way in (new.contact or "").split("; ") if way and way not in known]
    return replace(
        old,
        organization=old.organization or new.organization,
        contact="; ".join([old.contact, *more] if old.contact else more) or None,
        sure=old.sure or new.sure,
        doubt=old.doubt or new.doubt,
        looks_like_body=old.looks_like_body and new.looks_like_body,
    )


def _joined(piece: str, lexicon: Lexicon) -> list[str]:
    """The people of a piece that `and` joins, each with what follows all of them."""
    piece = piece.strip()
    plain = lexicon.plain(piece)
    if plain.startswith("@"):
        piece, plain = piece[1:].strip(), plain[1:].strip()
    comma = plain.find(",")
    head = piece if comma < 0 else piece[:comma]
    tail = "" if comma < 0 else piece[comma:]
    if len(head) > _LONGEST_OF_NAMES:
        return [piece]
    people: list[str] = []
    start = 0
    for found in _AND.finditer(lexicon.plain(head)):
        left, right = head[start : found.start()], head[found.end() :]
        if len(left.split()) < 2 or len(right.split()) < 2:
            continue
        # "at Parks and Recreation dept" goes on; "at Metro and Ana Brandt at Civic" does not.
        if _ENDS_NAME.search(lexicon.plain(left)) and not parse(right, lexicon).sure:
            continue
        people.append(left.strip())
        start = found.end()
    if not people:
        return [piece]
    return _shared([*people, head[start:].strip()], tail, lexicon)


def _shared(people: list[str], tail: str, lexicon: Lexicon) -> list[str]:
    """Each of them with the tail, but for the ways to reach another one of them by name."""
    own = [_ENDS_NAME.search(lexicon.plain(person)) for person in people]
    if not tail:
        last = own[-1]
        shared = people[-1][last.start() :] if last else ""
        return [p if found else p + shared for p, found in zip(people, own, strict=True)]
    commas = [at for at, sign in enumerate(lexicon.plain(tail)) if sign == ","]
    cuts = sorted({0, *commas, len(tail)})
    parts = [tail[a:b] for a, b in pairwise(cuts)]

    def theirs(person: str, part: str) -> bool:
        if not _reaches(part, lexicon):
            return True
        named = [other for other in people if _names(part, parse(other, lexicon))]
        return not named or person in named

    return [person + "".join(p for p in parts if theirs(person, p)) for person in people]


def _names(part: str, person: Person) -> bool:
    folded = part.casefold()
    return any(len(word) > 2 and word in folded for word in person.name.casefold().split())


def _name(head: str, lexicon: Lexicon) -> tuple[str, bool, str]:
    """The name that a text begins with, whether it is in doubt, and the rest of the text."""
    places = [found.start() for found in _WORD.finditer(head)]
    words = head.split()
    count = len(words)
    marked = (n for n in range(1, count) if re.search(r"[@\d]", lexicon.plain(words[n])))
    contact = next(marked, count)
    if contact < count and _reaches(head[places[contact] :], lexicon):
        count = contact
    count = _run(words[:count])
    rest = head[places[count] :] if count < len(words) else ""
    name, doubt = _undoubted(words[:count], lexicon)
    if lexicon.plain(rest).startswith("?"):
        doubt, rest = True, rest[1:].strip()
    return name, doubt, rest


def _run(words: list[str]) -> int:
    """How many words a name has at most: with a capital in front, the run of words with capitals.

    Particles count between capitals and in front of one (`van der Berg`).
    """
    capitals = [_capital(word) for word in words]
    first = 0
    while first < len(words) and not capitals[first] and _fold(words[first]) in _PARTICLES:
        first += 1
    if first == len(words) or not capitals[first]:
        return len(words)
    end = first + 1
    for index in range(end, len(words)):
        if capitals[index]:
            end = index + 1
        elif _fold(words[index]) not in _PARTICLES:
            break
    return end


def _undoubted(words: list[str], lexicon: Lexicon) -> tuple[str, bool]:
    """The words of a name without question marks, and whether there was one."""
    kept, doubt = [], False
    for word in words:
        bare = word[: len(lexicon.plain(word).rstrip("?"))]
        doubt = doubt or bare != word
        if bare:
            kept.append(bare)
    if kept and kept[-1].endswith(".") and kept[-1].count(".") == 1 and len(kept[-1]) > 4:
        kept[-1] = kept[-1][:-1]  # the end of a sentence, not of "Jr."
    return " ".join(kept), doubt


def _capital(word: str) -> bool:
    """Whether a word begins with a capital, or does so behind a particle (d'Angelo, al-Rashid)."""
    if word[:1].isupper() or word[:1].istitle():
        return True
    for at, sign in enumerate(word):
        if sign in _INSIDE:
            return _fold(word[:at]) in _PARTICLES and word[at + 1 : at + 2].isupper()
    return False


def _parts(tail: str, lexicon: Lexicon) -> list[str]:
    """What follows a name, part by part, without what parts them."""
    plain = lexicon.plain(tail)
    places = [(found.start(), found.end()) for found in _PARTS.finditer(plain)]
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(tail)]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        part = tail[start:end].strip()
        if found := _AT.match(lexicon.plain(part)):
            part = part[found.end() :].strip()
        part = _bare(part, lexicon)
        if part:
            parts.append("?" if lexicon.plain(part) == "?" else part)
    return parts


def _bare(part: str, lexicon: Lexicon) -> str:
    """Without brackets that are around it, or that close what was opened before it."""
    plain = lexicon.plain(part)
    if plain.endswith(")") and "(" not in plain[1:]:
        return part[plain.startswith("(") : -1].strip()
    return part


def _reaches(part: str, lexicon: Lexicon) -> bool:
    """Whether it is how to reach someone: an `@`, or at least five digits."""
    plain = lexicon.plain(part)
    return "@" in plain or sum(map(str.isdigit, plain)) >= _DIGITS_OF_A_NUMBER


def _sure(name: str, rest: str, lexicon: Lexicon, *, followed: bool) -> bool:
    words = name.split()
    if not 1 <= len(words) <= _WORDS_OF_A_NAME or not all(map(_of_letters, words)):
        return False
    folded = [_fold(word) for word in words]
    if any(word.endswith("'s") for word in folded):  # "Dele's boss" is somebody else
        return False
    if not lexicon.nobody.isdisjoint(folded) or not lexicon.days.isdisjoint(folded):
        return False
    if any(_word_for_body(word, lexicon) for word in words):
        return False
    if any(word.islower() and word.casefold() in lexicon.commonest for word in words):
        return False
    if len(words) > 1:
        return True
    if words[0].isupper() or _led_to_body(rest, lexicon):
        return False
    return followed or not words[0].islower()


def _body(name: str, rest: str, lexicon: Lexicon) -> bool:
    words = name.split()
    if not words or words[0][:1].islower() or not words[0][:1].isalpha():
        return False
    if any(_word_for_body(word, lexicon) for word in words):
        return True
    return len(words) == 1 and ((len(name) > 1 and name.isupper()) or _led_to_body(rest, lexicon))


def _led_to_body(rest: str, lexicon: Lexicon) -> bool:
    """Whether one word goes on to be a body's name: `Smith & Sons`, `Metro regional council`."""
    words = lexicon.plain(rest).split()
    if words and words[0].casefold() in ("&", "and", "+"):
        return True
    for word in words:
        if _fold(word) in lexicon.commonest:
            return False
        if _word_for_body(word, lexicon):
            return True
    return False


def _word_for_body(word: str, lexicon: Lexicon) -> bool:
    folded = _fold(word)
    if folded in lexicon.bodies:
        return True
    return not word.isascii() and any(
        folded.endswith(body) for body in lexicon.bodies if not _has_case(body)
    )


def _has_case(word: str) -> bool:
    return word.upper() != word.lower()


def _of_letters(word: str) -> bool:
    """Whether a word is of letters, with the marks of names in or behind it."""
    if not word[0].isalpha() and word[0] not in _APOSTROPHES:
        return False
    letters = sum(map(str.isalpha, word))
    sentence = letters > _LONGEST_WITHOUT_BLANKS and not _INNER_DOTS.intersection(word)
    if not letters or (sentence and any(map(_without_blanks, word))):
        return False
    return all(
        sign.isalpha() or sign in _INSIDE or unicodedata.category(sign).startswith("M")
        for sign in word
    )


def _without_blanks(sign: str) -> bool:
    """Whether it is of a script that is written without blanks, where a word may be a sentence."""
    return unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA"))


def _fold(word: str) -> str:
    """A word to look up: lower case, without the marks around it, with plain apostrophes."""
    folded = word.casefold().strip(".,:;!?" + _APOSTROPHES)
    return folded.replace("’", "'").replace("ʼ", "'")


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().replace(".", " ")
    for form in _APOSTROPHES[1:]:
        folded = folded.replace(form, "'")
    for form in _HYPHENS[1:]:
        folded = folded.replace(form, "-")
    return " ".join(folded.split())
