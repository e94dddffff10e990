"""Calls as one page of HTML that stands for itself: no script, nothing from outside, printable."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from iview_tui.interchange.review import SIGNS, clock, referral, when, who

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .2rem; } .quiet { color: #6b7280; } q { font-style: italic; }
ul { padding-left: 0; list-style: none; } li { padding-left: 3.6rem; text-indent: -3.6rem; }
time { display: inline-block; width: 3.2rem; text-indent: 0; color: #6b7280; }
article + article { border-top: 1px solid #9ca3af; margin-top: 3rem; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } article { break-after: page; }
  h2, h3 { break-after: avoid; } li { break-inside: avoid; } }
"""
_KINDS = {
    "referral": "name", "organization": "organization", "promise_theirs": "they promise",
    "promise_mine": "I promise", "jargon": "jargon", "opportunity": "an opening of theirs",
    "later": "for later", "parked": "parked",
}  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser lets the page do: nothing but its own style."""


def page(calls: Sequence[Mapping[str, Any]], title: str) -> str:
    """The page of calls, from the objects of their JSON export; what was taken back is left out."""
    articles = "\n".join("\n".join(_call(value)) for value in calls)
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body>\n{articles}\n</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(text.strip(), quote=True).replace("\n", "<br>")


def _call(value: Mapping[str, Any]) -> Iterator[str]:
    call = value["interview"]
    contact = call["contact"]
    yield "<article>"
    yield f"<h1>{_text(contact['name'] if contact else value['guide']['title'])}</h1>"
    facts = [when(call)]
    if contact:
        facts += [who(contact), *contact["emails"], *contact["phones"]]
    if call["also_present"]:
        facts.append(f"with {', '.join(call['also_present'])}")
    if call["purpose"]:
        facts.append(f"Purpose: {call['purpose']}")
    yield f'<p class="quiet">{"<br>".join(map(_text, facts))}</p>'
    yield from _topics(value)
    yield from _lists(value)
    yield "</article>"


def _topics(value: Mapping[str, Any]) -> Iterator[str]:
    words = [e for e in value["entries"]
             if not e["retracted"] and (e["kind"] == "note" or e["kind"] in SIGNS)]  # fmt: skip
    numbers = {topic["number"] for topic in value["topics"]}
    section = ""
    for topic in value["topics"]:
        if topic["section"] != section:
            section = topic["section"]
            yield f"<h2>{_text(section)}</h2>" if section.strip() else ""
        yield f"<h3>{topic['number']} {_text(topic['title'])}</h3>"
        state = topic["state"] + (", came up by itself" if topic["unprompted"] else "")
        time = f", {clock(topic['seconds'])}" if topic["seconds"] else ""
        yield f'<p>{_text(topic["question"])} <span class="quiet">{state}{time}</span></p>'
        yield from _entries([entry for entry in words if entry["topic"] == topic["number"]])
    rest = [entry for entry in words if entry["topic"] not in numbers]
    if rest:
        yield f"<h2>{'Beside the topics' if value['topics'] else 'Notes'}</h2>"
        yield from _entries(rest)


def _entries(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if entries:
        yield "<ul>"
        yield from (
            f"<li><time>{clock(entry['seconds'])}</time> {_entry(entry)}</li>" for entry in entries
        )
        yield "</ul>"


def _entry(entry: Mapping[str, Any]) -> str:
    kind, words = entry["kind"], _text(entry["text"])
    if kind == "quote":
        words = f"<q>{words}</q>" + (f" - {_text(entry['comment'])}" if entry["comment"] else "")
    elif kind == "moment":
        words = "something mattered here"
    elif kind != "note":
        words = f'<span class="quiet">{_KINDS[kind]}:</span> {words}'
    words = f"<strong>{words}</strong>" if entry["starred"] else words
    return words + (" (private)" if entry["private"] else "")


def _lists(value: Mapping[str, Any]) -> Iterator[str]:
    whose = {"theirs": "they", "mine": "I"}
    groups = (
        ("Names", [referral(row) for row in value["referrals"]]),
        ("Organizations", [row["text"] for row in value["organizations"]]),
        ("Promises", [f"{whose[row['whose']]}: {row['text']}"
                      + (f" (by {row['due']})" if row["due"] else "")
                      for row in value["promises"]]),
        ("Openings they mentioned", [row["text"] for row in value["opportunities"]]),
        ("Parked", [row["text"] for row in value["parked"]]),
        ("Questions for later", [row["text"] for row in value["later"]]),
        ("Jargon", [row["term"] + (f": {row['meaning']}" if row["meaning"] else "")
                    for row in value["jargon"]]),
    )  # fmt: skip
    for title, texts in groups:
        if texts:
            yield f"<h2>{title}</h2>"
            yield "".join(f"<p>{_text(text)}</p>" for text in texts)
