"""What is typed or said, as words, and the features of them that evidence is read from."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from iview_tui.domain.value import value

MOST_CHARACTERS = 4000
"""Of one text; the rest is not read."""

_TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th)\b|\$?\d+(?:[.,]\d+)*[k%]?|[^\W\d_]+\d{1,2}\b"
    r"|[^\W\d_]+(?:'[^\W\d_]+)?|[&@+→>/=%$#?!]"
)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_JOINED = (("w/o ", "without "), ("w/ ", "with "), ("b/c", "because"), ("->", "→"))
_YEAR = re.compile(r"(19|20)\d\d")


def words_of(text: str, shorthand: Mapping[str, str]) -> tuple[str, ...]:
    """Lower-case words and signs; shorthand is spelled out, figures become their kind.

    `'15 yrs` and `2015` give `02 years` and `0y`: the amount never matters here, that it is a
    year, a sum (`0$`), a share (`0%`), thousands (`0k`) or a count with so many digits does.
    """
    text = text[:MOST_CHARACTERS].lower().translate(_SIGNS)
    for typed, spelled in _JOINED:
        text = text.replace(typed, spelled)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        word = token.replace("'", "")
        meant = shorthand.get(word)
        if meant is not None:
            found.extend(meant.split())
        elif word[0].isdigit() or (word[0] == "$" and len(word) > 1):
            found.append(_figure(word))
        else:
            found.append(word)
    return tuple(found)


def _figure(word: str) -> str:
    if word[0] == "$":
        return "0$"
    if word[-1] in "%k":
        return "0" + word[-1]
    return "0y" if _YEAR.fullmatch(word) else f"0{min(len(word), 4)}"


@lru_cache(maxsize=4096)
def groups_of(word: str) -> tuple[str, ...]:
    """The groups of four letters of a word with its ends, `~<tra ~trai ...`."""
    if len(word) < 3 or not word[0].isalpha():
        return ()
    ends = f"<{word}>"
    return tuple("~" + ends[at : at + 4] for at in range(len(ends) - 3))


@value
class Cues:
    """Words and phrases that speak for a topic, from the bank."""

    table: Mapping[str, tuple[str, ...]]
    """A cue (`best part`, `promot*`) and the keys that it speaks for."""
    longest: int = 4
    """Words of the longest cue."""

    def found(self, words: tuple[str, ...]) -> dict[str, int]:
        """How many different cues of each key are among the words."""
        table = self.table
        seen: set[str] = set()
        for at, word in enumerate(words):
            for length in range(1, self.longest + 1):
                phrase = " ".join(words[at : at + length])
                if phrase in table:
                    seen.add(phrase)
            for length in range(2, len(word) + 1):
                stem = word[:length] + "*"
                if stem in table:
                    seen.add(stem)
        counts: dict[str, int] = {}
        for cue in sorted(seen):
            for key in table[cue]:
                counts[key] = counts.get(key, 0) + 1
        return counts


def read_cues(text: str) -> Cues:
    """The cues of a bank file: lines `key: cue, cue`, remarks begin with `#`."""
    table: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.startswith("#") or ":" not in line:
            continue
        key, _, cues = line.partition(":")
        for cue in cues.split(","):
            table[cue.strip()] = (*table.get(cue.strip(), ()), key)
    return Cues(table)


def read_shorthand(text: str) -> dict[str, str]:
    """The shorthand of a bank file: `typed meant` lines, remarks begin with `#`."""
    rows = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {typed: meant for typed, _, meant in rows if meant}


def features(words: tuple[str, ...], cues: Cues, *, pairs: bool = True) -> set[str]:
    """Words, pairs of neighbours (with a blank), groups of letters (`~`) and cues (`=`)."""
    found: set[str] = set(words)
    for word in set(words):
        found.update(groups_of(word))
    if pairs:
        ends = ("^", *words, "$")
        found.update(f"{one} {two}" for one, two in pairwise(ends))
    for key, count in cues.found(words).items():
        found.add(f"={key}")
        if count > 1:
            found.add(f"=={key}")
        if count > 3:
            found.add(f"==={key}")
    return found


def only(words: Iterable[str], known: frozenset[str]) -> bool:
    """Whether every word is a known one (and there is at least one)."""
    listed = list(words)
    return bool(listed) and all(word in known for word in listed)
