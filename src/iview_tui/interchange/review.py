"""A call as plain text to read: who and when, a timeline, the topics and the lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from iview_tui.domain.course import Course
from iview_tui.domain.spoken import Spoken
from iview_tui.domain.text import cells, one_line

_QUIET = frozenset({"star", "undo", "redo", "spell", "settle", "private", "public", "notnow",
                    "wrap", "me", "file", "revision", "may", "fix", "outcome"})  # fmt: skip
"""Kinds that show in what they changed, and have no row of their own."""
SIGNS: Mapping[str, str] = {
    "quote": '"', "referral": "@", "organization": "#", "promise_theirs": "<", "promise_mine": ">",
    "jargon": "~", "opportunity": "$", "later": "?", "parked": "&", "moment": ".",
}  # fmt: skip
"""The sign before a row of that kind, as it is typed."""
MAY = {"yes": "may use the name", "no": "not to use the name", "they_ask_first": "they ask first"}

Proposed = tuple[int, str, int, str]
"""A topic that was talked about and not ticked: number, title, the second, the words."""


def timeline(
    value: Mapping[str, Any],
    spoken: Sequence[Spoken] = (),
    proposed: Sequence[Proposed] = (),
    course: Course | None = None,
) -> str:
    """The text of a call, from the object of its JSON export; what was said lies beside it."""
    when = _course(value, course) if course is not None else ()
    body = [*_timeline(value, spoken), *_proposed(proposed), *_topics(value), *when,
            *_lists(value)]  # fmt: skip
    return "\n".join([*_head(value), *body, ""])


def by_topic(value: Mapping[str, Any], proposed: Sequence[Proposed] = ()) -> str:
    """The text of a call with what was noted under its topic."""
    body = [*_under_topics(value), *_proposed(proposed), *_lists(value)]
    return "\n".join([*_head(value), *body, ""])


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds: `7:05`, `-0:30`."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes}:{rest:02}"


def who(contact: Mapping[str, Any] | None) -> str:
    """A person in one line."""
    if contact is None:
        return "Nobody named"
    place = ", ".join(part for part in (contact["role"], contact["organization"]) if part)
    via = f"via {contact['via']}" if contact["via"] else ""
    return "  ".join(part for part in (contact["name"], place, via) if part)


def when(call: Mapping[str, Any]) -> str:
    """Day, time and length in one line."""
    agreed = f"{call['agreed_minutes']} minutes agreed"
    if call["started_at"] is None:
        planned = call["planned_at"]
        day = f"planned for {_day(planned)} {_time(planned)}" if planned else "not yet planned"
        return f"{day}, {agreed}"
    until = f" to {_time(call['ended_at'])}" if call["ended_at"] else ", not ended"
    outcome = {"cut_short": ", cut short", "dropped": ", dropped"}.get(call["outcome"] or "", "")
    return f"{_day(call['started_at'])} {_time(call['started_at'])}{until}, {agreed}{outcome}"


def _day(instant: str) -> str:
    return datetime.fromisoformat(instant).date().isoformat()


def _time(instant: str) -> str:
    return f"{datetime.fromisoformat(instant):%H:%M}"


def _head(value: Mapping[str, Any]) -> Iterator[str]:
    call = value["interview"]
    yield who(call["contact"])
    if call["also_present"]:
        yield f"with {', '.join(call['also_present'])}"
    yield when(call)
    if call["purpose"]:
        yield call["purpose"]
    yield f"{value['guide']['title']}   id {call['id']}"


def _timeline(value: Mapping[str, Any], spoken: Sequence[Spoken]) -> Iterator[str]:
    titles = {topic["number"]: topic["title"] for topic in value["topics"]}
    rows = [row for entry in value["entries"] if (row := _row(entry, titles))]
    if spoken:
        said = [(s, "|", f"{who}: {text}" if who else text) for s, who, text in spoken]
        rows = sorted([*said, *rows], key=lambda row: row[0])
    if rows:
        yield ""
        yield "TIMELINE"
    for seconds, topic, text in rows:
        first, *more = text.split("\n")
        yield f"{clock(seconds):>6}  {topic:>3}  {first}"
        yield from (f"{'':>13}{line}" for line in more)
    if value["draft"]:
        yield f"{'':>13}half typed: {value['draft'].replace(chr(10), ' ¶ ')}"


def _under_topics(value: Mapping[str, Any]) -> Iterator[str]:
    """Each topic with its notes, then the notes of none."""
    words = [e for e in value["entries"] if not e["retracted"] and _is_words(e)]
    numbers = {topic["number"] for topic in value["topics"]}
    for topic in value["topics"]:
        yield ""
        yield _topic_row(topic)
        yield from _notes(e for e in words if e["topic"] == topic["number"])
    none = [entry for entry in words if entry["topic"] not in numbers]
    if none:
        yield ""
        yield "BESIDE THE TOPICS" if numbers else "NOTES"
        yield from _notes(none)
    if value["draft"]:
        yield f"{'':>8}half typed: {value['draft'].replace(chr(10), ' ¶ ')}"


def _is_words(entry: Mapping[str, Any]) -> bool:
    return entry["kind"] in SIGNS or entry["kind"] == "note"


def _notes(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        first, *more = _words(entry).split("\n")
        yield f"{clock(entry['seconds']):>6}  {first}"
        yield from (f"{'':>8}{line}" for line in more)


def _proposed(proposed: Sequence[Proposed]) -> Iterator[str]:
    if proposed:
        yield ""
        yield "TALKED ABOUT, BUT NOT TICKED"
        for number, title, seconds, text in proposed:
            yield f"{number:>6}  {title}  at {clock(seconds)}: {one_line(text, 60)}"


def _row(entry: Mapping[str, Any], titles: Mapping[int, str]) -> tuple[int, str, str] | None:
    """When, under which topic, and what; None for what shows elsewhere."""
    kind = entry["kind"]
    if entry["retracted"] or kind in _QUIET:
        return None
    topic = str(entry["topic"] or "")
    if _is_words(entry):
        return entry["seconds"], topic, _words(entry)
    return entry["seconds"], "", _event(entry, titles)


def _words(entry: Mapping[str, Any]) -> str:
    text = entry["text"] or ("something mattered here" if entry["kind"] == "moment" else "")
    if entry["kind"] == "quote":
        text = f'"{text}"'
        if entry["comment"]:
            text += f" - {entry['comment']}"
    elif entry["kind"] == "moment" and text == ".":
        text = ". something mattered here"
    elif entry["kind"] in SIGNS:
        text = f"{SIGNS[entry['kind']]} {text}"
    star = "* " if entry["starred"] else ""
    return f"{star}{text}{'  (private)' if entry['private'] else ''}"


def _event(entry: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    """An entry without words, in words."""
    value, number = entry["value"] or {}, entry["topic"]
    topic = f"{number} {titles[number]}" if number in titles else "no topic"
    match entry["kind"]:
        case "start":
            return f"-- connected, {value['agreed_minutes']} minutes"
        case "began":
            return f"-- began {value['minutes']} minutes before"
        case "extend":
            return f"-- {entry['text']}: ends {_time(value['agreed_end'])}"
        case "sleep":
            return f"-- the laptop slept {clock(value['seconds'])}"
        case "join":
            return f"-- {value['name']} joined"
        case "go" | "next" | "skip":
            return f"-> {topic}"
        case "covered":
            return f"-- {topic}: marked"
        case other:
            return f"-- {_EVENTS.get(other, other)}"


_EVENTS = {
    "drop": "the line dropped",
    "back": "back on the line",
    "end": "the end",
    "said": "asked for names",
    "none": "asked for names: nobody comes to mind",
    "consent": "agreed to notes",
}


def _topics(value: Mapping[str, Any]) -> Iterator[str]:
    if not value["topics"]:
        return
    yield ""
    yield "TOPICS"
    yield from map(_topic_row, value["topics"])


def _topic_row(topic: Mapping[str, Any]) -> str:
    title = topic["title"] + " " * (16 - cells(topic["title"]))
    time = clock(topic["seconds"]) if topic["seconds"] else ""
    notes = ["key"] if topic["priority"] == "must" else []
    if topic["unprompted"]:
        notes.append("came up by itself")
    row = f"{topic['number']:>6}  {title}  {topic['state']:<9}  {time:>6}  {', '.join(notes)}"
    return row.rstrip()


def _course(value: Mapping[str, Any], course: Course) -> Iterator[str]:
    """Which topic when, how long adrift, and what was never touched."""
    titles = {topic["number"]: topic["title"] for topic in value["topics"]}
    if not course.stretches:
        return
    yield ""
    yield "WHICH TOPIC WHEN"
    for each in course.stretches:
        begins, ends = clock(each.begins), clock(each.ends)
        away = "adrift" if course.heard else "no topic"
        what = f"{each.topic:>3}  {titles[each.topic]}" if each.topic in titles else f"     {away}"
        yield f"{begins:>6} - {ends:>6}  {what}"
    if course.adrift:
        yield f"  adrift: {clock(course.adrift)} in all"
    if course.never:
        yield f"  never touched: {', '.join(f'{n} {titles[n]}' for n in course.never)}"


def _lists(value: Mapping[str, Any]) -> Iterator[str]:
    promised = {"theirs": "they", "mine": "I"}
    yield from _group("NAMES", [referral(row) for row in value["referrals"]])
    yield from _group("ORGANIZATIONS", [row["text"] for row in value["organizations"]])
    promises = [
        f"{promised[row['whose']]:<4}  {row['text']}" + _behind(row["due"])
        for row in value["promises"]
    ]
    yield from _group("PROMISES", promises)
    for title, key in (("OPENINGS", "opportunities"), ("PARKED", "parked"), ("LATER", "later")):
        yield from _group(title, [_settling(row) for row in value[key]])
    jargon = [
        row["term"] + (f" = {row['meaning']}" if row["meaning"] else "") for row in value["jargon"]
    ]
    yield from _group("JARGON", jargon)


def referral(row: Mapping[str, Any]) -> str:
    """A person they named, in one line."""
    parts = [row["name"], row["organization"], row["contact"]]
    notes = [
        "" if row["sure"] else "someone to find",
        MAY.get(row["may_use_name"] or "", ""),
        f"check in {row['check_in']}" if row["check_in"] else "",
        "spelling to check" if row["spelling_checked"] is False else "",
    ]
    known = ", ".join(part for part in parts if part)
    noted = "; ".join(note for note in notes if note)
    return known + _behind(noted)


def _behind(note: str | None) -> str:
    return f"  ({note})" if note else ""


def _settling(row: Mapping[str, Any]) -> str:
    return str(row["text"]) + _behind("settled" if row["settled"] else None)


def _group(title: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield ""
        yield title
        yield from (f"  {row.replace(chr(10), ' ¶ ')}" for row in rows)
