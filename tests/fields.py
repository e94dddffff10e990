"""Ten made-up talks in ten fields, for what looks across calls; played on a held clock."""

from functools import cache

import pendulum

from iview_tui.clock import HeldClock
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from

FIELDS = (
    ("Ada Quill", None, "urban planning", "two-year degree in planning", "mode shift", "Bo Ek"),
    (
        "Bo Ek",
        "Ada Quill",
        "beekeeping",
        "a season beside one",
        "nuc = a small colony",
        "Cy Orr",
    ),
    ("Cy Orr", "Bo Ek", "bookbinding", "an apprenticeship", "signature", "Di Fenn"),
    ("Di Fenn", "Cy Orr", "nursing", "a degree and a license", "triage", "Ada Quill"),
    ("Ed Marlow", None, "acoustics", "physics first", "dead room", "Flo Ames"),
    ("Flo Ames", "Ed Marlow", "museum work", "volunteering counts", "accession", "Gus Hale"),
    ("Gus Hale", "Flo Ames", "forestry", "a field course", "stand = trees of one age", "Hy Ito"),
    ("Hy Ito", "Gus Hale", "game design", "a portfolio", "loop", "Ira Joss"),
    ("Ira Joss", "Hy Ito", "translation", "two languages and a field", "CAT", "Kit Lund"),
    ("José Peña", None, "baking", "nights in a bakery", "poolish", "Kit Lund"),
)
"""Name, via, field, what counts as training, a word of the field, whom they named."""
START = pendulum.datetime(2026, 1, 12, 10, tz="Europe/Berlin")


def guide(field: str) -> Guide:
    """The same questions for a field; the wording differs, the key of training does not."""
    return Guide(
        field.title(),
        f"find out whether {field} is for me",
        (
            Topic(1, "Training", f"What training counts in {field}?", "", Priority.MUST, 2.5,
                  key="training"),
            Topic(2, "Rewarding", "What do you enjoy?", "", Priority.SHOULD, 2.5, key="enjoy"),
            Topic(3, "Pay", "How do people get by at first?"),
        ),
    )  # fmt: skip


@cache
def talks() -> tuple[CallRecord, ...]:
    """The ten talks, a week apart."""
    return tuple(_talk(place, *row) for place, row in enumerate(FIELDS))


def _talk(
    place: int, name: str, via: str | None, field: str, training: str, word: str, named: str
) -> CallRecord:
    start = START.add(weeks=place)
    ids = ids_from("fields", place)
    record = CallRecord(
        ids(), Contact(ids(), name, f"{field.title()} House", via=via), guide(field), None, 20,
        None, None, "Europe/Berlin", origin="replay",
    )  # fmt: skip
    clock = HeldClock(start, zone="Europe/Berlin")
    call = LiveCall(record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids,
                    back_date=0, scripted=True)  # fmt: skip
    call.connect()
    lines = [
        (30, f"1: {training}"),
        (40, f"~{word}"),
        (60, '2: "the people" - warmly'),
        (70, "/star"),
        (80, "2: nonsense"),
        (81, "/undo"),
        (90, "/private 1: their boss dislikes the course"),
        (120, f"#{field.title()} Guild"),
        (130, "$may need people in autumn"),
        (900, f"@{named}, {named.split()[0]} Works, {named.split()[0].lower()}@works.example"),
        (905, "/may yes"),
        (1000, "/end"),
    ]
    now = 0
    for second, line in lines:
        for _ in range(second - now):
            clock.advance(1)
            call.tick()
        now = second
        call.enter(line)
    return call.record
