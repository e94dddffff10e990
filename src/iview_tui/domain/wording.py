"""The sentences that the interviewer says, and the words for numbers in them."""

from collections.abc import Sequence

from iview_tui.domain.guide import Topic
from iview_tui.domain.named import Referral

SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty")

MAY_I_SAY = "May I say that you suggested I write?"
WHO_ELSE = "Is there anyone else who might be good to talk with?"
ORGANIZATIONS = "Are there professional organizations that I should know?"
RESCHEDULE = "We were cut off for more than ten minutes. Shall we find another time?"
BEFORE_YOU_GO = "Before you go: "

NOTES = "May I take notes?"
NOTES_AND_CAPTIONS = "Notes and captions, may I?"
"""Asked at the beginning."""


def number(count: int) -> str:
    """A number up to sixty-nine in words."""
    if count < len(SMALL):
        return SMALL[max(count, 0)]
    if count >= 70:
        return str(count)
    tens, ones = divmod(count, 10)
    return f"{TENS[tens]}-{SMALL[ones]}" if ones else TENS[tens]


def minutes(count: int) -> str:
    """A number of minutes in words."""
    return "one minute" if count == 1 else f"{number(count)} minutes"


def about(seconds: int) -> str:
    """Seconds as about so many minutes in words, at least one."""
    return minutes(max(1, (seconds + 30) // 60))


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "rev"})


def first(name: str) -> str:
    """The name by which one speaks of somebody: the first; behind a title the last."""
    words = name.split()
    if not words:
        return name
    titled = words[0].rstrip(".").lower() in _TITLES and len(words) > 1
    return f"{words[0]} {words[-1]}" if titled else words[0]


def besides(there: Sequence[Referral]) -> Sequence[Referral]:
    """Those of the people already named whom the question names."""
    return there[:2]


def ask(there: Sequence[Referral]) -> str:
    """The referral question as the end of a sentence."""
    if not there:
        return "could you suggest two or three other people I might talk with?"
    names = " and ".join(first(referral.name) for referral in besides(there))
    return f"could you suggest one or two people besides {names}?"


def upper(sentence: str) -> str:
    """A sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def lower(sentence: str) -> str:
    """A question as the end of another sentence: its first word in lower case.

    `I` and a word with more than one capital, such as `GIS`, keep theirs.
    """
    word = sentence.split(maxsplit=1)[0] if sentence.split() else ""
    if word == "I" or word.startswith("I'") or any(c.isupper() for c in word[1:]):
        return sentence
    return sentence[:1].lower() + sentence[1:]


def question(there: Sequence[Referral]) -> str:
    """The referral question."""
    return upper(ask(there))


def courtesy(left: int, there: Sequence[Referral] | None) -> str:
    """About five minutes before the end; with the referral question while that is open."""
    time = f"We have about {about(left)}."
    if there is None:
        return f"{time[:-1]} left; is there anything that I should have asked?"
    return f"{time} Before we close, {ask(there)}"


def close(there: Sequence[Referral] | None) -> str:
    """The thanks at the end."""
    thanks = "Thank you, this was a great help."
    if there is None:
        return f"{thanks} May I write once more and tell you how it goes?"
    return f"{thanks} Before we close, {ask(there)}"


def overtime(agreed: int | None, there: Sequence[Referral] | None) -> str:
    """The agreed time is over; `agreed` minutes where that length was never changed."""
    length = {30: "half hour", 60: "hour"}.get(agreed or 0)
    ours = length or (minutes(agreed) if agreed else "time")
    past = f"I see we are past our {ours}."
    if there is None:
        return f"{past} Thank you; shall I let you go?"
    return f"{past} Before I let you go, {ask(there)}"


def sweep(topic: Topic) -> str:
    """The first key topic that is still open, at sixty percent of the time."""
    return f"One thing I wanted to be sure to ask: {lower(topic.question)}"


def slept(seconds: int) -> str:
    """What is asked after the laptop slept."""
    return f"The laptop slept {seconds // 60}:{seconds % 60:02}. Still on the call?"


def again(where: Topic | None) -> str:
    """The first sentence after a dropped line."""
    hello = "Hello again, sorry we were cut off."
    return f"{hello} You were telling me about this: {lower(where.question)}" if where else hello


def at_risk(topics: Sequence[Topic]) -> str:
    """Key topics that lost their place."""
    names = ", ".join(f"{topic.number} {topic.title}" for topic in topics)
    return f"No time is left for {names}, as things go. Move on now?"


def drift(topic: Topic, spent: int, to: Topic) -> str:
    """A way back is ready."""
    return f"On {topic.title} for {minutes(spent)}. A way back to {to.title} is ready."


def trouble(reason: str, waiting: int) -> str:
    """What is not saved, and why."""
    lines = "1 line is" if waiting == 1 else f"{waiting} lines are"
    held = f"{lines} held here and saved when it can be" if waiting else "It is tried again"
    return f"{upper(reason)}. {held}. Keep typing."


def rescued(reason: str) -> str:
    """All is saved, but not where it belongs, and why."""
    return f"{upper(reason)}. Saved in a rescue file."
