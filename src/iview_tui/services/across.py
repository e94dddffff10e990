"""All talks together: one question across people, who led to whom, the field's words, the style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iview_tui.clock import Clock
from iview_tui.domain import synthesis
from iview_tui.domain.guide import Topic
from iview_tui.domain.synthesis import Accord, Answer, Compared, Linked, Mention, Style, Term
from iview_tui.domain.text import one_line
from iview_tui.domain.value import value

if TYPE_CHECKING:
    from iview_tui.domain.record import CallRecord
    from iview_tui.paths import Paths
    from iview_tui.store.database import Connection

LONGEST_REMARK = 2000
OTHERS = 3
"""People whose words stand beside a topic."""


class NotFound(Exception):  # noqa: N818 (the name is the sentence)
    """There is no such topic, entry or mark; the text is a sentence."""


@value
class Comparison:
    """All topics across all talks."""

    topics: tuple[Compared, ...]
    """Those that were asked most first."""
    unknown: tuple[Compared, ...]
    """What nobody has said anything about; key topics first."""
    plans: tuple[tuple[str, int], ...]
    """What the user wants of all talks, with how many talks were set against it."""
    styles: tuple[Style, ...]
    """The figures of every talk, oldest first."""

    @property
    def people(self) -> tuple[tuple[str, str | None], ...]:
        """The columns of the matrix: (interview, name), the newest first."""
        seen = {(a.interview, a.name): a.at for topic in self.topics for a in topic.answers}
        return tuple(sorted(seen, key=lambda column: seen[column], reverse=True))


def compare(
    database_path: Path,
    asked: str | None = None,
    *,
    with_texts: bool = True,
    with_private: bool = False,
    newest: int | None = None,
) -> Comparison:
    """One question across all talks, or all of them.

    Without texts it is the matrix topics x people alone; of the `newest` talks alone it is there at
    once however many there are, for the first picture. The texts of a topic come with `asked`.
    Raises NotFound or DatabaseError.
    """
    with _reading(database_path) as connection:
        from iview_tui.store import across

        behind = _behind(connection)
        topics, places = _topics(connection, behind, newest)
        if asked is not None:
            chosen = synthesis.wanted(topics, asked)
            if not chosen:
                raise NotFound(_no_topic(topics, asked))
            topics = chosen
        if with_texts:
            idents = {topic.ident for topic in topics}
            wanted = [p for p, (ident, _) in places.items() if ident in idents]
            said = across.said(connection, wanted, private=with_private)
            topics = [_with_texts(topic, places, said) for topic in topics]
        styles = _styles(connection, behind)
        return Comparison(
            tuple(topics), tuple(synthesis.unknown(topics)), tuple(across.plans(connection)), styles
        )


def _topics(
    connection: Connection, behind: Sequence[CallRecord], newest: int | None = None
) -> tuple[list[Compared], dict[tuple[int, int], tuple[str, str]]]:
    """The topics without texts, and for each place (row id of the call, number) its ident and the
    call's UUID."""
    from iview_tui.store import across

    states = _states(behind)
    first: dict[str, tuple[str | None, str, str]] = {}
    answers: dict[str, dict[str, Answer]] = {}
    places: dict[tuple[int, int], tuple[str, str]] = {}
    idents: dict[tuple[str | None, str], str] = {}
    for row in across.topics(connection, newest):
        call, number, key, title, question, priority, state, uuid, at, name = row
        wording = (key, question)
        ident = idents.get(wording) or idents.setdefault(wording, synthesis.ident(*wording))
        state = states[uuid].get(number, state) if uuid in states else state
        first.setdefault(ident, (key, title, question))
        answer = Answer(name, uuid, state or "untouched", (), at, title, priority == "must")
        known = answers.setdefault(ident, {}).get(uuid)
        if known is None or _STRENGTH[known.state] < _STRENGTH[answer.state]:
            answers[ident][uuid] = answer
        places[call, number] = (ident, uuid)
    marks = across.accords(connection)
    topics = [
        Compared(ident, *named, tuple(answers[ident].values()), marks.get(ident, ()))
        for ident, named in first.items()
    ]
    return sorted(topics, key=lambda topic: -topic.asked_of), places


_STRENGTH = {"skipped": 0, "untouched": 1, "asked": 2, "partly": 3, "covered": 4}


def _with_texts(
    topic: Compared,
    places: Mapping[tuple[int, int], tuple[str, str]],
    said: Mapping[tuple[int, int], tuple[synthesis.Said, ...]],
) -> Compared:
    by_call: dict[str, tuple[synthesis.Said, ...]] = {}
    for place, texts in said.items():
        ident, uuid = places[place]
        if ident == topic.ident:
            by_call[uuid] = by_call.get(uuid, ()) + texts
    answers = tuple(
        Answer(a.name, a.interview, a.state, by_call.get(a.interview, ()), a.at, a.title, a.must)
        for a in topic.answers
    )
    return Compared(topic.ident, topic.key, topic.title, topic.question, answers, topic.accords)


def _no_topic(topics: Iterable[Compared], asked: str) -> str:
    from difflib import get_close_matches

    names = {topic.title: topic for topic in topics}
    near = get_close_matches(asked, names, n=3, cutoff=0.5)
    shown = one_line(asked, 60)
    if not names:
        return "no talk with a list of topics was begun yet"
    known = " or ".join(near) if near else ", ".join(list(names)[:5])
    return f"no topic is called {shown!r}; {'did you mean' if near else 'there are'} {known}" + (
        "?" if near else ""
    )


def chain(database_path: Path, *, with_private: bool = False) -> tuple[Linked, ...]:
    """Who led to whom, each person behind the one who led to them. Raises DatabaseError."""
    with _reading(database_path) as connection:
        from iview_tui.store import across

        people = [p for p in across.people(connection) if with_private or not p.private]
        links = across.links(connection, private=with_private)
        for record in _behind(connection):
            links += _links_of(record, with_private)
        return synthesis.chain(people, links)


def glossary(database_path: Path, *, with_private: bool = False) -> tuple[Term, ...]:
    """The field's words with who said them, in the order of the alphabet. Raises DatabaseError."""
    from iview_tui.domain.line import term_and_meaning
    from iview_tui.services.bank import lexicon

    words = lexicon()
    terms = [
        Term(*term_and_meaning(m.text, words), m.name, m.interview, m.entry, m.private)
        for m in mentions(database_path, "jargon", with_private=with_private)
    ]
    return tuple(sorted(terms, key=lambda term: (term.term.casefold(), term.name or "")))


def mentions(database_path: Path, kind: str, *, with_private: bool = False) -> tuple[Mention, ...]:
    """What was noted of a kind in all talks, the newest talk first: `organization`, `opportunity`.

    Raises DatabaseError.
    """
    with _reading(database_path) as connection:
        from iview_tui.store import across

        return tuple(
            Mention(
                told.words(entry), head.name, head.uuid, entry.id, head.connected_at,
                entry.id in told.private,
            )
            for head, told in across.of_kind(connection, kind)
            for entry in told.stands.values()
            if entry.kind == kind and (with_private or entry.id not in told.private)
        )  # fmt: skip


def others(
    database_path: Path, topics: Iterable[Topic], *, but_for: str | None = None
) -> dict[int, str]:
    """What others told about each of these topics, one line each, by the topic's number.

    `but_for` is the UUID of the call that is on. Nothing private. Raises DatabaseError.
    """
    with _reading(database_path) as connection:
        from iview_tui.store import across

        known, places = _topics(connection, _behind(connection))
        by_ident = {topic.ident: topic for topic in known}
        lines: dict[int, str] = {}
        for topic in topics:
            found = by_ident.get(synthesis.ident(topic.key, topic.question))
            if found is None:
                continue
            calls = [a.interview for a in found.answers
                     if a.interview != but_for and a.state in ("partly", "covered")]  # fmt: skip
            chosen = set(calls[: 4 * OTHERS])
            wanted = [p for p, (i, uuid) in places.items() if i == found.ident and uuid in chosen]
            said = across.said(connection, wanted, private=False)
            told = [a for a in _with_texts(found, places, said).answers if a.interview in chosen]
            line = synthesis.in_one_line([a for a in told if a.said][:OTHERS])
            if line:
                lines[topic.number] = line
        return lines


# -- what a person marks -------------------------------------------------------------------------


def mark(
    paths: Paths, clock: Clock, topic: str, kind: str, entry: str, other: str, text: str = ""
) -> str:
    """Mark two entries as agreeing (`agrees`) or not (`contradicts`); the id of the mark.

    `topic` is the `ident` of the topic. Raises NotFound, ValueError, or DatabaseError, also where
    another process writes.
    """
    from iview_tui.services.call import new_uuid
    from iview_tui.store import across

    if kind not in (synthesis.AGREES, synthesis.CONTRADICTS):
        raise ValueError(kind)
    with _writing(paths, clock) as connection:
        if entry == other or len(across.entries_there(connection, (entry, other))) != 2:
            raise NotFound("two entries that are kept are needed to say that they agree or not")
        accord = Accord(new_uuid(), topic, kind, entry, other, one_line(text, LONGEST_REMARK))
        across.mark(connection, accord, clock.wall().in_timezone("UTC").isoformat())
        return accord.id


def unmark(paths: Paths, clock: Clock, accord_id: str) -> None:
    """Take a mark away. Raises NotFound or DatabaseError."""
    from iview_tui.store import across

    with _writing(paths, clock) as connection:
        if not across.unmark(connection, accord_id):
            raise NotFound("there is no such mark")


# -- calls of which nothing was worked out yet ---------------------------------------------------


def _behind(connection: Connection) -> list[CallRecord]:
    from iview_tui.store import interviews, referrals

    return [interviews.load(connection, call_id) for call_id in referrals.grown(connection)]


def _states(behind: Sequence[CallRecord]) -> dict[str, dict[int, str]]:
    """The states of the topics of calls whose log has grown, by the call."""
    from iview_tui.services.library import folded

    return {
        record.id: {
            topic.number: str(live.coverage(topic.number).state) for topic in record.guide.topics
        }
        for record in behind
        for live in (folded(record),)
    }


def _styles(connection: Connection, behind: Sequence[CallRecord]) -> tuple[Style, ...]:
    from iview_tui.services.library import folded
    from iview_tui.store import across

    fresh = {
        record.id: Style(
            record.id,
            record.contact.name if record.contact else None,
            record.connected_at.in_timezone("UTC").isoformat() if record.connected_at else "",
            synthesis.figures(folded(record)),
        )
        for record in behind
    }
    kept = [style for style in across.styles(connection) if style.interview not in fresh]
    return tuple(sorted([*kept, *fresh.values()], key=lambda style: style.at))


def _links_of(record: CallRecord, with_private: bool) -> Iterator[tuple[str, str]]:
    from iview_tui.domain.privacy import private_ids
    from iview_tui.services.library import folded

    private = frozenset[str]() if with_private else private_ids(record.entries)
    for person in folded(record).referrals:
        if record.contact and person.sure and person.entry not in private:
            yield record.contact.name, person.name


@contextmanager
def _reading(database_path: Path) -> Iterator[Connection]:
    from iview_tui.store.database import open_to_read

    with open_to_read(database_path) as database, database.transaction() as connection:
        yield connection


@contextmanager
def _writing(paths: Paths, clock: Clock) -> Iterator[Connection]:
    from iview_tui.paths import make_ready
    from iview_tui.store import lock
    from iview_tui.store.database import open_to_write
    from iview_tui.store.errors import explain

    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with (
        lock.hold(paths.lock, "a mark"),
        open_to_write(paths.database, clock.wall()) as database,
        database.transaction() as connection,
    ):
        yield connection
