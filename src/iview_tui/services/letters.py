"""Letters: made of what is known, looked at, kept, and recorded as sent. Nothing is sent here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain import letters as making
from iview_tui.domain.letters import BadTemplate, Draft, Held, Known, Me, Words
from iview_tui.domain.outreach import Attempt, day_of
from iview_tui.domain.proofreading import Finding, Rules, proofread
from iview_tui.domain.record import Contact
from iview_tui.domain.text import clean, one_line
from iview_tui.paths import Paths
from iview_tui.services.bank import cadence, lexicon
from iview_tui.services.call import new_uuid
from iview_tui.services.people import person
from iview_tui.services.writing import writing

if TYPE_CHECKING:
    from iview_tui.domain.today import Facts
    from iview_tui.interchange.mail import Mailto
    from iview_tui.store.database import Connection

AFTER = ("thanks", "posted", "loop", "linkedin")
"""Kinds that are about a talk that was held."""
LONGEST_HEAD = 500
LONGEST_TEMPLATE = 100_000
"""Bytes of a template."""
_BANK = Path(__file__).parents[1] / "domain" / "bank" / "letters"


def write(
    paths: Paths,
    clock: Clock,
    me: Mapping[str, str],
    kind: str,
    who: str,
    call: str | None = None,
    *,
    fresh: bool = False,
) -> Draft:
    """The letter to a person as it was left, or made of what is known (always so with `fresh`).

    `who` is a name or the first letters of an id, `call` the UUID of the talk it is about: the last
    one held with them, where none is said. Raises people.NotFound, BadTemplate or DatabaseError.
    """
    from iview_tui.store import drafts
    from iview_tui.store.database import open_to_read

    with open_to_read(paths.database) as opened, opened.transaction() as connection:
        contact = person(connection, who)
        about = _about(connection, kind, contact, call)
        left = None if fresh else drafts.latest(connection, contact.id, kind, about)
        if left is not None:
            return left
        known = _known(connection, clock, me, contact, call)
    return making.draft(kind, known, words(paths.config / "letters"))


def newest(paths: Paths, who: str) -> Draft | None:
    """The letter to a person that was worked on last and not sent yet.

    Raises people.NotFound or DatabaseError.
    """
    from iview_tui.store import drafts
    from iview_tui.store.database import open_to_read

    with open_to_read(paths.database) as opened, opened.transaction() as connection:
        return drafts.newest(connection, person(connection, who).id)


def known(
    paths: Paths, clock: Clock, me: Mapping[str, str], who: str, call: str | None = None
) -> Known:
    """What a letter to a person may draw upon. Raises people.NotFound or DatabaseError."""
    from iview_tui.store.database import open_to_read

    with open_to_read(paths.database) as opened, opened.transaction() as connection:
        return _known(connection, clock, me, person(connection, who), call)


def look(letter: Draft, about: Known) -> tuple[Finding, ...]:
    """What there is to look at before it leaves; it stops nothing."""
    return proofread(letter, about, rules())


def keep(paths: Paths, clock: Clock, letter: Draft, who: str, call: str | None = None) -> Draft:
    """Keep a letter as it is; with its id. Raises people.NotFound or DatabaseError."""
    with writing(paths, clock, "a letter") as connection:
        return _keep(connection, clock.wall(), letter, person(connection, who), call)[0]


def sent(paths: Paths, clock: Clock, letter: Draft, who: str, call: str | None = None) -> Attempt:
    """Record that the user sent a letter: kept, and an attempt of the contact log.

    The day on which a letter promises to call is when the next step is due; a week from now, where
    it names none. Raises people.NotFound or DatabaseError.
    """
    from iview_tui.store import drafts, outreach

    now = clock.wall()
    today = now.in_timezone(clock.zone()).date()
    with writing(paths, clock, "a letter") as connection:
        contact = person(connection, who)
        kept, about = _keep(connection, now, letter, contact, call)
        drafts.sent(connection, kept.id, now)
        next_ = None
        if letter.kind in ("letter", "voicemail"):
            bare = Known(contact, Me(), today, call_after=cadence().nudge_after)
            next_ = making.promised(letter.body, today) or making.call_day(bare)
        attempt = Attempt(
            new_uuid(), contact.id, now, making.CHANNEL.get(letter.kind, "email"), letter.kind,
            "voicemail" if letter.kind == "voicemail" else None, "", next_, about,
        )  # fmt: skip
        outreach.add(connection, attempt)
    return attempt


def eml(letter: Draft, sender: str = "") -> bytes:
    """A letter as a draft for a mail program."""
    from iview_tui.interchange import mail

    return mail.eml(letter.to, letter.subject, letter.body, sender or None)


def mailto(letter: Draft) -> Mailto:
    """A letter as a `mailto:` address."""
    from iview_tui.interchange import mail

    return mail.mailto(letter.to, letter.subject, letter.body)


# -- what is known -------------------------------------------------------------------------------


def _keep(
    connection: Connection, at: DateTime, letter: Draft, contact: Contact, call: str | None
) -> tuple[Draft, str | None]:
    """The letter as it is kept, and the call that it is about."""
    from iview_tui.store import drafts

    about = _about(connection, letter.kind, contact, call)
    made = Draft(
        letter.kind,
        one_line(letter.to, LONGEST_HEAD) if letter.to else None,
        one_line(letter.subject, LONGEST_HEAD),
        clean(letter.body)[: making.LONGEST_LETTER],
        letter.id,
    )
    if not made.id:
        before = drafts.latest(connection, contact.id, letter.kind, about)
        made = replace(made, id=before.id if before else "")
    return replace(made, id=drafts.keep(connection, made, contact.id, about, at)), about


def _about(connection: Connection, kind: str, contact: Contact, call: str | None) -> str | None:
    """The UUID of the talk that a letter is about; None for those before one."""
    if kind not in AFTER:
        return None
    return call or _last_held(connection, contact)


def _last_held(connection: Connection, contact: Contact) -> str | None:
    from iview_tui.store import facts

    ended = [
        (talk.ended_at, talk.id)
        for talk in facts.talks(connection)
        if talk.contact == contact.id and talk.ended_at
    ]
    return max(ended)[1] if ended else None


def _known(
    connection: Connection, clock: Clock, me: Mapping[str, str], contact: Contact, call: str | None
) -> Known:
    from iview_tui.store import facts, interviews

    day = facts.read(connection)
    about = call or _last_held(connection, contact)
    held = _held(connection, about) if about else None
    planned = next((t for t in reversed(day.talks) if t.contact == contact.id and not t.begun
                    and not t.cancelled), None)  # fmt: skip
    record = interviews.load(connection, planned.id) if planned else None
    named_by, not_to_name = _referrers(day, contact)
    attempts = [each for each in day.attempts if each.contact == contact.id]
    written = [each for each in attempts if each.channel in ("email", "letter", "linkedin")]
    zone = clock.zone()
    return Known(
        contact, Me(**me), clock.wall().in_timezone(zone).date(),
        minutes=record.agreed_minutes if record else 30,
        learn=record.agreement.learn if record else None,
        purpose=record.purpose or record.guide.purpose if record else None,
        referrer=named_by, not_to_name=not_to_name,
        written=day_of(written[-1].at.in_timezone(zone)) if written else None,
        call_after=cadence().nudge_after, held=held, led_to=_led_to(day, contact),
    )  # fmt: skip


def _held(connection: Connection, call: str) -> Held | None:
    from iview_tui.services.library import folded
    from iview_tui.store import interviews

    try:
        record = interviews.load(connection, call)
    except KeyError:
        return None
    return making.held(folded(record)) if record.connected_at else None


def _referrers(day: Facts, contact: Contact) -> tuple[str | None, tuple[str, ...]]:
    """Who may be named as having suggested a person, and who may not.

    One named in a talk only after their yes. Whom the user wrote down as `via` without a talk in
    which they were named is the user's to name.
    """
    told = [each for each in day.told if each.contact == contact.id and each.by]
    yes = [each.by for each in told if each.may_use_name == "yes" and not each.private]
    others = [each.by for each in told if each.by not in yes and each.by]
    if contact.via and contact.via not in others:
        yes.append(contact.via)
    return next(iter(yes), None), tuple(dict.fromkeys(others))


def _led_to(day: Facts, contact: Contact) -> tuple[str, ...]:
    """Whom a person named, and with whom there was a talk since."""
    talked = {talk.contact for talk in day.talks if talk.ended_at and talk.contact}
    return tuple(
        dict.fromkeys(
            each.name
            for each in day.told
            if each.by == contact.name and each.sure and not each.private and each.contact in talked
        )
    )


# -- the bank, and the user's own ----------------------------------------------------------------


def words(own: Path) -> Words:
    """The templates, the user's own in the place of the bank's. Raises BadTemplate."""
    bank = _bank()
    templates = dict(bank.templates)
    for name in bank.templates:
        path = own / f"{name}.txt"
        try:
            with path.open("rb") as file:
                data = file.read(LONGEST_TEMPLATE + 1)
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = (error.strerror or "it is no file").lower()
            raise BadTemplate(f"{path} cannot be read: {reason}") from error
        if len(data) > LONGEST_TEMPLATE:
            raise BadTemplate(f"{path}: longer than {LONGEST_TEMPLATE:,} bytes")
        try:
            templates[name] = clean(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise BadTemplate(f"{path}: not text in UTF-8") from error
    return replace(bank, templates=MappingProxyType(templates))


@cache
def _bank() -> Words:
    rows = tomllib.loads((_BANK / "blanks.toml").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in _BANK.glob("*.txt")}
    return Words(MappingProxyType(texts), rows["blanks"], rows["found"])


@cache
def rules() -> Rules:
    """What the proofreading looks for."""
    rows = tomllib.loads((_BANK / "proofreading.toml").read_text(encoding="utf-8"))
    patterns = {
        name: tuple(re.compile(each, re.IGNORECASE) for each in several)
        for name, several in rows["patterns"].items()
    }
    return Rules(tuple(rows["first"]), rows["most_words"], patterns, lexicon().commonest)
