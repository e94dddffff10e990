from iview_tui.interchange.import_json import read_export
from iview_tui.services.library import review_text
from records import EXAMPLE, played

EXPECTED = """\
Priya Raghunathan
2026-11-24 14:00 to 14:19, 20 minutes agreed
find out whether city planning is a field for me
Urban planning   id i1

TIMELINE
  0:00       -- connected, 20 minutes
  0:30       -> 1 Rewarding side
  1:00    1  loves public meetings
  2:00    2  portfolio beats the certificate
  3:00    1  "nobody reads the plan" - laughing
 15:10    1  @ Dele Okonjo, Metro council, dele@metro.example
 15:10       -- asked for names
 16:00       < salary survey by fri
 19:30       -- the end

TOPICS
     1  Rewarding side    partly      14:40
     2  Training          partly             key, came up by itself

WHICH TOPIC WHEN
  0:30 -  15:10    1  Rewarding side

NAMES
  Dele Okonjo, Metro council, dele@metro.example  (may use the name)

PROMISES
  they  salary survey by fri  (2026-11-27)
"""


def test_the_example_reads_as_a_timeline() -> None:
    (record,) = read_export((EXAMPLE / "export.json").read_text(encoding="utf-8")).interviews

    assert review_text(record) == EXPECTED


def test_every_kind_of_entry_has_words() -> None:
    typed = [
        ".", "!a star", "+5", "/drop", "/back", "/join Bo Ek", "/consent", "/began 3",
        "5% of it\nand more", "/skip", "2", "/none", "$may hire", "&later", "?what of it",
        "~mode shift = x", "#Planning Institute", ">resume by mon",
    ]  # fmt: skip
    lines = [(20 * place, line) for place, line in enumerate(typed, start=1)]
    text = review_text(played(lines))

    for words in ("something mattered here", "* a star", "-- +5: ends", "the line dropped",
                  "Bo Ek joined", "began 3 minutes before", "             and more", "2 Training",
                  "nobody comes to mind", "OPENINGS", "PARKED", "LATER", "JARGON", "ORGANIZATIONS",
                  "I     resume by mon  (2026-11-30)"):  # fmt: skip
        assert words in text


def test_private_entries_are_counted_and_shown_only_when_asked_for() -> None:
    record = played([(30, "/private she leaves"), (40, "she stays")])

    assert "leaves" not in review_text(record)
    assert "1 private entry is left out" in review_text(record)
    assert "she leaves  (private)" in review_text(record, with_private=True)
