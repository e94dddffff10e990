"""Letters to people, made of templates and of what is known: nothing in them is invented.

A template is text with `$name`s. Its first line may be `Subject: ...`. A line that begins with `? `
stands only where all that it names is known; a line with `$quote`, `$note` or `$question` stands
once for each of these. Whatever else is not known becomes a visible blank, `[why this person]`.
Only `string.Template` reads it, which runs nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from string import Template

from iview_tui.domain.entry import Kind
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.record import Contact
from iview_tui.domain.text import bounded, clean, one_line
from iview_tui.domain.value import value

KINDS = (
    "email", "letter", "phone", "voicemail", "followup", "thanks", "posted", "loop", "linkedin",
    "referral",
)  # fmt: skip
CHANNEL = {"letter": "letter", "phone": "phone", "voicemail": "phone", "linkedin": "linkedin"}
"""By which way each kind goes, where it is not by e-mail."""
LINKEDIN = (200, 300)
"""Characters that LinkedIn takes of a note: for all, and for those who pay."""
MOST_CITED = 3
LONGEST_CITED = 300
LONGEST_LETTER = 20_000
EACH = ("quote", "note", "question")
"""Names whose line stands once for each."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PROMISED = re.compile(
    rf"(?:{'|'.join(_DAYS)}), ({'|'.join(_MONTHS)}) ([0-9]{{1,2}})(?:, ([0-9]{{4}}))?"
)


@value
class Draft:
    """A letter as it stands."""

    kind: str
    """One of KINDS."""
    to: str | None
    """An e-mail address, a number, or the address of a page."""
    subject: str
    body: str
    id: str = ""
    """Its UUID, once it is kept."""


@value
class Me:
    """What the user says of themselves; empty where they did not."""

    name: str = ""
    who: str = ""
    """One sentence."""
    exploring: str = ""
    phone: str = ""
    email: str = ""


@value
class Held:
    """What may be cited of a talk; nothing private is in it."""

    on: date
    quotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Those with a star."""
    questions: tuple[str, ...] = ()
    """What is to be asked by mail."""
    named: tuple[str, ...] = ()
    """The sure names."""
    nobody_named: bool = False


@value
class Known:
    """All that a letter to a person may draw upon."""

    contact: Contact
    me: Me
    today: date
    minutes: int = 30
    learn: str | None = None
    """What I must learn of them."""
    purpose: str | None = None
    """What the talks are for."""
    referrer: str | None = None
    """Who suggested them, where they may be named."""
    not_to_name: tuple[str, ...] = ()
    """Who suggested them and did not allow to be named."""
    written: date | None = None
    """When I wrote last."""
    call_after: int = 7
    """Days after which a letter promises a call."""
    held: Held | None = None
    led_to: tuple[str, ...] = ()
    """Whom they named to me and with whom I talked since."""


@value
class Words:
    """The bank's words for letters."""

    templates: Mapping[str, str]
    """By the name of the file, without its ending."""
    blanks: Mapping[str, str]
    """What stands in the brackets, by the name that is not known."""
    found: Mapping[str, str]
    """How one says by which way a name was found, by the source."""


class BadTemplate(Exception):  # noqa: N818 (the name is the sentence)
    """A template cannot be used; the text is a sentence with the file and the line."""


# -- making one ----------------------------------------------------------------------------------


def draft(kind: str, known: Known, words: Words) -> Draft:
    """The letter of that kind. Raises BadTemplate."""
    names = _names(known, words)
    if kind == "linkedin":  # it has room for one
        names |= {each: names[each][:1] for each in EACH}
    name = variant(kind, known)
    subject, body = filled(name, words.templates[name], names, words.blanks)
    paper = kind == "letter" or (kind == "thanks" and first_way(known.contact) == "letter")
    if paper:
        head = filled("letterhead", words.templates["letterhead"], names, words.blanks)[1]
        body = f"{head}\n\n{body}"
    return Draft(kind, address(kind, known.contact), subject, body)


def variant(kind: str, known: Known) -> str:
    """The name of the template that fits what is known."""
    held = known.held
    cited = held is not None and (held.quotes or held.notes)
    match kind:
        case "email" if known.referrer:
            return "email_referred"
        case "referral" if known.referrer:
            return "referral_named"
        case "thanks" if not cited:
            return "thanks_bare"
        case "linkedin" if not cited:
            return "linkedin_bare"
        case "linkedin" if held is not None and not held.quotes:
            return "linkedin_note"
    return kind


def first_way(contact: Contact) -> str:
    """How to write to somebody new: e-mail, then letter, then telephone, by what is known.

    A letter goes to an organization; who has neither that nor a number gets a letter by hand.
    """
    if contact.emails:
        return "email"
    return "letter" if contact.organization or not contact.phones else "phone"


def address(kind: str, contact: Contact) -> str | None:
    """Where a letter of that kind goes."""
    if kind in ("phone", "voicemail"):
        return next(iter(contact.phones), None)
    if kind == "linkedin":
        return contact.linkedin
    return None if kind == "letter" else next(iter(contact.emails), None)


def filled(
    name: str, template: str, names: Mapping[str, tuple[str, ...]], blanks: Mapping[str, str]
) -> tuple[str, str]:
    """Subject and body of a template. Raises BadTemplate where it names what there is not."""
    subject, rows = "", []
    for number, line in enumerate(template.splitlines(), 1):
        made = list(_line(f"{name}.txt, line {number}", line, names, blanks))
        head, _, rest = (made[0] if made else "").partition(":")
        if number == 1 and line.startswith("Subject:") and head == "Subject":
            subject = one_line(rest)
        else:
            rows += made
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n")
    return subject, bounded(body, LONGEST_LETTER)


def _line(
    place: str, line: str, names: Mapping[str, tuple[str, ...]], blanks: Mapping[str, str]
) -> Iterator[str]:
    template = Template(line.removeprefix("? "))
    if not template.is_valid():
        raise BadTemplate(f"{place}: a $ that stands for itself is written $$")
    asked = template.get_identifiers()
    strange = next((each for each in asked if each not in names), None)
    if strange is not None:
        raise BadTemplate(f"{place}: there is no ${strange}; there are {', '.join(sorted(names))}")
    if line.startswith("? ") and not all(names[each] for each in asked):
        return
    repeated = [each for each in asked if each in EACH]
    one = {n: t[0] if t else f"[{blanks.get(n, n.replace('_', ' '))}]" for n, t in names.items()}
    times = min((len(names[each]) for each in repeated), default=1)
    for turn in range(times):
        yield template.substitute(one | {each: names[each][turn] for each in repeated})


def _names(known: Known, words: Words) -> dict[str, tuple[str, ...]]:
    """Every name that a template may use, with its text, or nothing where it is not known."""
    who, me = known.contact, known.me
    held = known.held or Held(known.today)
    one: dict[str, str | None] = {
        "name": who.name, "organization": who.organization, "role": who.role,
        "organization_known": who.organization, "me_name": me.name, "me_who": me.who.rstrip("."),
        "me_phone": me.phone, "me_email": me.email, "exploring": me.exploring or known.purpose,
        "why": None, "learn": known.learn and known.learn.rstrip("."),
        "referrer": known.referrer, "referrer_known": known.referrer,
        "found": words.found.get(who.source or ""), "minutes": str(known.minutes),
        "today": long_day(known.today), "call_day": weekday(call_day(known)),
        "written": weekday(known.written) if known.written else None,
        "talked_on": weekday(held.on) if known.held else None, "named": _and(held.named),
        "led_to": _and(known.led_to),
        "closing": "Sincerely," if _on_paper(known) else "Best wishes,",
    }  # fmt: skip
    made: dict[str, tuple[str, ...]] = {
        name: (text,) if (text := one_line(given or "")) else () for name, given in one.items()
    }
    made["if_no_names"] = ("",) if held.nobody_named else ()
    made |= {"quote": held.quotes, "note": held.notes, "question": held.questions}
    return made


def _on_paper(known: Known) -> bool:
    return first_way(known.contact) == "letter"


def _and(names: Iterable[str]) -> str:
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


# -- days ----------------------------------------------------------------------------------------


def long_day(day: date) -> str:
    """`November 24, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def weekday(day: date) -> str:
    """`Tuesday, November 24`."""
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}"


def call_day(known: Known) -> date:
    """The working day on which a letter promises to call."""
    day = known.today + timedelta(known.call_after)
    return day + timedelta((7 - day.weekday()) if day.weekday() > 4 else 0)


def promised(body: str, today: date) -> date | None:
    """The first day after today that a letter names with its weekday: its promised call."""
    for month, day, year in _PROMISED.findall(body):
        for which in (int(year),) if year else (today.year, today.year + 1):
            try:
                found = date(which, _MONTHS.index(month) + 1, int(day))
            except ValueError:
                continue
            if found > today:
                return found
    return None


# -- what may be cited ---------------------------------------------------------------------------


def held(live: LiveInterview) -> Held:
    """What a letter may cite of a talk: starred words, quotes, names; never a private one."""
    open_ = [entry for entry in live.counting if not live.is_private(entry)]
    public = {entry.id for entry in open_}
    starred = [entry for entry in open_ if live.is_starred(entry)]
    quotes = [e for e in (*starred, *open_) if e.kind is Kind.QUOTE and e.text.strip()]
    notes = [e for e in starred if e.kind is Kind.NOTE and e.text.strip()]
    kept = tuple(dict.fromkeys(_cited(entry.text) for entry in quotes))[:MOST_CITED]
    mailed = [e for e in open_ if e.kind is Kind.SETTLE and e.value.get("how") == "mail"]
    asked = []
    for entry in mailed:
        topic = live.topic(entry.topic)
        about = next((each for each in open_ if each.id == entry.about), None)
        if topic is not None and entry.about is None:
            asked.append(one_line(topic.question))
        elif about is not None and about.kind in (Kind.LATER, Kind.PARKED):
            asked.append(one_line(about.text))
    return Held(
        live.instant(0).date(),
        kept,
        tuple(dict.fromkeys(_cited(e.text).rstrip(".") for e in notes))[: MOST_CITED - len(kept)],
        tuple(dict.fromkeys(asked)),
        tuple(one_line(each.name) for each in live.names if each.entry in public),
        not live.referrals,
    )


def _cited(text: str) -> str:
    """The words of an entry as they can stand between quotation marks; whole, or cut with dots."""
    line = one_line(text).strip('"“”')
    return line if len(line) <= LONGEST_CITED else bounded(line, LONGEST_CITED).rstrip() + " ..."


# -- as one text ---------------------------------------------------------------------------------


def as_text(letter: Draft) -> str:
    """A letter as one text: to whom, subject, an empty line, the rest."""
    head = [f"To: {one_line(letter.to)}"] if letter.to else []
    head += [f"Subject: {one_line(letter.subject)}"] if letter.subject else []
    return "\n".join([*head, "", letter.body] if head else [letter.body])


def from_text(text: str, before: Draft) -> Draft:
    """The letter that a text is now."""
    to, subject = None, ""
    lines = bounded(clean(text), 2 * LONGEST_LETTER).split("\n")
    headed = False
    while lines and lines[0].partition(":")[0] in ("To", "Subject"):
        name, _, rest = lines.pop(0).partition(":")
        headed = True
        if name == "To":
            to = rest.strip() or None
        else:
            subject = rest.strip()
    if headed and lines and not lines[0].strip():
        lines.pop(0)
    return Draft(before.kind, to, subject, "\n".join(lines).strip("\n"), before.id)
