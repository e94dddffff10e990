"""Made-up people and talks, for the pictures of the screens outside the call."""

from dataclasses import replace
from pathlib import Path

from pendulum import DateTime

from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.paths import find, make_ready
from iview_tui.services import demo
from iview_tui.services.afterwards import work_out
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from
from iview_tui.services.house import House
from iview_tui.services.replay import play, read_script
from iview_tui.store import interviews
from iview_tui.store.database import open_to_write

NOW = demo.BEGINS.add(minutes=36)
TALKS = (
    ("Ruth Abara", "Port Authority", "Susan Wilson", 40, """
01:30 /go 1
03:00 "you see your own street change
06:00 /go 4
07:00 a master's, but at night
09:00 /go 5
10:00 straight from a master's, no interns
12:00 ~greenfield = land nothing was built on
20:00 @Dele Okonjo, Metro council
28:00 /end
"""),
    ("Tomas Lindqvist", "Lindqvist and Daughters", "Ruth Abara", 26, """
02:00 /go 1
03:00 small places where one person counts
05:00 /go 3
06:00 maps and spreadsheets, no code
09:00 /go 5
11:00 !intern first, then contract work
14:00 /go 6
15:00 "it rains, and the meeting is at eight
21:00 @Marek Zielny, Rail Works
27:00 /end
"""),
    ("Yuki Tanaka", "Harbor Trust", "Susan Wilson", 12, """
02:00 /go 1
04:00 children who use the square
07:00 /go 5
08:00 "through a council seat, of all things
12:00 /go 7
13:00 less building, more repair
18:00 #Metro council
26:00 /end
"""),
)  # fmt: skip
PEOPLE = (
    ("Dele Okonjo, Metro council, dele@metro.example", None),
    ("Ines Farkas, Harbor Trust, 555 0177", "alumni"),
    ("Marek Zielny, Rail Works, marek@rail.example", None),
    ("Oluwaseun Ade, City Archive", "neighbor"),
)


def house(place: Path) -> House:
    """A database with all of it, half an hour after the demo's call."""
    paths = find({"IVIEW_HOME": str(place)}, None)
    make_ready(paths)
    with open_to_write(paths.database, NOW) as database, database.transaction() as connection:
        for talk in TALKS:
            interviews.add_interview(connection, _talk(*talk))
        interviews.add_interview(connection, demo.played().record)
        work_out(connection)
    clock = HeldClock(NOW)
    rooms = House(paths, clock)
    _before(rooms, clock)
    clock.set_wall(NOW)
    rooms.refresh()
    return rooms


def _talk(name: str, organization: str, via: str, days: int, script: str) -> CallRecord:
    call, _, _ = demo.ready()
    ids = ids_from("pictures", name)
    begins: DateTime = demo.BEGINS.subtract(days=days)
    who = Contact(ids(), name, organization, "planner", (), (), via)
    record = replace(call.record, id=ids(), contact=who)
    clock = HeldClock(begins)
    played = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids, back_date=0,
        scripted=True,
    )  # fmt: skip
    for _ in play(played, clock, read_script(script)):
        pass
    return played.record


def _before(rooms: House, clock: HeldClock) -> None:
    for text, source in PEOPLE:
        rooms.added(text, source)
    for days, name, channel, outcome, words in (
        (12, "Marek Zielny", "email", "no_reply", ""),
        (6, "Ines Farkas", "phone", "call_back", "3 mar"),
        (4, "Dele Okonjo", "email", "replied", ""),
    ):
        clock.set_wall(NOW.subtract(days=days))
        person = rooms.person(name)
        assert person is not None
        rooms.log(person.contact, channel, outcome, words)
    clock.set_wall(NOW)
    for name, when in (
        ("Dele Okonjo", "17:00 30 min, they call"),
        ("Yuki Tanaka", "thu 10am 20 min"),
    ):
        person = rooms.person(name)
        assert person is not None
        rooms.plan(person.contact, when)
