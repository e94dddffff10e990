"""A call as Markdown to read and keep. Nothing that anybody typed is ever markup in it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from iview_tui.interchange.review import SIGNS, clock, referral, when, who

_SIGNS = re.compile(r"[\\`*_\[\]<|~$#^]|&(?=#?\w+;)|%(?=%)|(?<=%)%|=(?==)|(?<==)=")
"""What CommonMark, tables, footnotes and Obsidian's tags, comments and formulas begin with."""
_NOT_IN_A_LINK = re.compile(r"[\[\]|#^\\/:*\"<>?%]")
_NOT_YAML = re.compile("[\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""What YAML 1.1 takes for no text, or for the end of a line."""
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def markdown(value: Mapping[str, Any]) -> str:
    """The text of a call, from the object of its JSON export; what was taken back is left out."""
    blocks = [*_head(value), *_topics(value), *_lists(value)]
    return "\n\n".join(blocks) + "\n"


def document(value: Mapping[str, Any]) -> str:
    """The text of a call with front matter, a file of its own for Obsidian and the like."""
    return front_matter(value) + markdown(value)


def front_matter(value: Mapping[str, Any]) -> str:
    """What the call is, as YAML; people and organizations as links to their pages.

    Strings are quoted as JSON has them, which is YAML, too: a bare `[[...]]` were a list of lists.
    """
    call = value["interview"]
    contact = call["contact"] or {}
    rows = {
        "title": contact.get("name") or value["guide"]["title"],
        "date": (call["started_at"] or call["planned_at"] or "")[:10] or None,
        "person": _link(contact.get("name")),
        "organization": _link(contact.get("organization")),
        "via": _link(contact.get("via")),
        "named": [_link(row["name"]) for row in value["referrals"] if row["sure"]],
        "organizations": [_link(row["text"]) for row in value["organizations"]],
        "purpose": call["purpose"],
        "state": call["state"],
        "outcome": call["outcome"],
        "minutes": call["agreed_minutes"],
        "tags": ["interview"],
        "iview": call["id"],
    }
    told = (f"{key}: {_yaml(found)}" for key, found in rows.items() if found not in (None, []))
    return "\n".join(("---", *told, "---", "", ""))


def _yaml(found: Any) -> str:
    return _NOT_YAML.sub(
        lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(found, ensure_ascii=False)
    )


def _link(name: str | None) -> str | None:
    """A link to the page of that name: a name of a page has none of Obsidian's own signs."""
    plain = " ".join(_NOT_IN_A_LINK.sub(" ", name or "").split())
    return f"[[{plain}]]" if plain else None


def escaped(text: str) -> str:
    """Text as Markdown that shows exactly it; line ends become hard breaks."""
    return "\\\n".join(_line(line) for line in text.strip().split("\n"))


def _line(line: str) -> str:
    line = _SIGNS.sub(lambda sign: f"\\{sign[0]}", line.replace("\t", " ").strip(" "))
    line = _NUMBERED.sub(r"\1\\\2", line)
    return re.sub(r"^([-+=>])", r"\\\1", line)


def _one_line(text: str) -> str:
    return _line(" ".join(text.split()))


def _item(text: str) -> str:
    """A bullet; further lines stand under it."""
    return "- " + text.replace("\n", "\n  ")


def _items(texts: Iterable[str]) -> str:
    return "\n".join(_item(text) for text in texts)


def _head(value: Mapping[str, Any]) -> Iterator[str]:
    call = value["interview"]
    contact = call["contact"]
    yield f"# {_one_line(contact['name'] if contact else value['guide']['title'])}"
    facts = [escaped(when(call))]
    if contact:
        facts.append(escaped(who(contact)))
        facts += [escaped(way) for way in (*contact["emails"], *contact["phones"])]
    if call["also_present"]:
        facts.append(escaped(f"with {', '.join(call['also_present'])}"))
    if call["purpose"]:
        facts.append(f"Purpose: {escaped(call['purpose'])}")
    yield _items(facts)


def _topics(value: Mapping[str, Any]) -> Iterator[str]:
    """Each topic with what was said about it; then what belongs to none."""
    words = [e for e in value["entries"] if not e["retracted"] and _is_words(e)]
    numbers = {topic["number"] for topic in value["topics"]}
    none = [entry for entry in words if entry["topic"] not in numbers]
    section = ""
    for topic in value["topics"]:
        if topic["section"] != section:
            section = topic["section"]
            if section.strip():
                yield f"## {_one_line(section)}"
        yield f"### {topic['number']} {_one_line(topic['title'])}"
        key = "key, " if topic["priority"] == "must" else ""
        time = f", {clock(topic['seconds'])}" if topic["seconds"] else ""
        by_itself = ", came up by itself" if topic["unprompted"] else ""
        yield f"{escaped(topic['question'])} ({key}{topic['state']}{time}{by_itself})"
        if own := [entry for entry in words if entry["topic"] == topic["number"]]:
            yield _items(_entry(entry) for entry in own)
    if none:
        yield "## Beside the topics" if value["topics"] else "## Notes"
        yield _items(_entry(entry) for entry in none)


def _is_words(entry: Mapping[str, Any]) -> bool:
    return entry["kind"] == "note" or entry["kind"] in SIGNS


def _entry(entry: Mapping[str, Any]) -> str:
    """Time and words; the kind is said, as a sign would be markup."""
    kind, text = entry["kind"], entry["text"]
    words = escaped(text)
    if kind == "quote":
        words = f"“{words}”" + (f" - {escaped(entry['comment'])}" if entry["comment"] else "")
    elif kind == "moment":
        words = "something mattered here"
    elif kind != "note":
        words = f"{_KINDS[kind]}: {words}"
    star = "**starred** " if entry["starred"] else ""
    private = " (private)" if entry["private"] else ""
    return f"{clock(entry['seconds'])} {star}{words}{private}"


_KINDS = {
    "referral": "name", "organization": "organization", "promise_theirs": "they promise",
    "promise_mine": "I promise", "jargon": "jargon", "opportunity": "an opening of theirs",
    "later": "for later", "parked": "parked",
}  # fmt: skip


def _lists(value: Mapping[str, Any]) -> Iterator[str]:
    yield from _group("Names", [referral(row) for row in value["referrals"]])
    yield from _group("Organizations", [row["text"] for row in value["organizations"]])
    yield from _promises(value["promises"])
    for title, key in (
        ("Openings they mentioned", "opportunities"),
        ("Parked", "parked"),
        ("Questions for later", "later"),
    ):
        rows = value[key]
        if rows:
            yield f"## {title}"
            yield _items(
                escaped(row["text"]) + (" (settled)" if row["settled"] else "") for row in rows
            )
    if value["jargon"]:
        yield "## Jargon"
        yield _items(
            escaped(row["term"]) + (f": {escaped(row['meaning'])}" if row["meaning"] else "")
            for row in value["jargon"]
        )


def _promises(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if rows:
        yield "## Promises"
        whose = {"theirs": "they", "mine": "I"}
        yield _items(
            f"{whose[row['whose']]}: {escaped(row['text'])}"
            + (f" (by {row['due']})" if row["due"] else "")
            for row in rows
        )


def _group(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"## {title}"
        yield _items(escaped(text) for text in texts)
