"""What a person thought of a talk afterwards, and what they want of all talks together.

Nothing is written over: of several answers to a question the latest stands.
"""

from uuid import uuid4

from pendulum import DateTime
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from iview_tui.domain.reflection import Plan, Reflection
from iview_tui.store import rows
from iview_tui.store.moments import stored

_ANSWERS = """
    SELECT question, about, text FROM reflection
    WHERE id IN (SELECT max(r.id) FROM reflection r JOIN interview i ON i.id = r.interview_id
        WHERE i.uuid = ? GROUP BY r.question, r.about) ORDER BY id
"""
_KEEP = """
    INSERT INTO reflection (uuid, interview_id, at, question, about, text)
    SELECT ?, id, ?, ?, ?, ? FROM interview WHERE uuid = ?
"""


def of_call(connection: Connection, call: str) -> list[Reflection]:
    """The answers that stand, by the UUID of a call."""
    return [Reflection(*row) for row in connection.exec_driver_sql(_ANSWERS, (call,))]


def keep(connection: Connection, call: str, answer: Reflection, at: DateTime) -> None:
    """Keep an answer about a call; nothing where there is no such call."""
    values = (str(uuid4()), stored(at), answer.question, answer.about, answer.text, call)
    connection.exec_driver_sql(_KEEP, values)


def plans(connection: Connection) -> list[Plan]:
    """What is wanted of all talks, and was not left."""
    query = "SELECT uuid, text FROM plan WHERE left_at IS NULL ORDER BY id"
    return [Plan(*row) for row in connection.exec_driver_sql(query)]


def add_plan(connection: Connection, plan: Plan, at: DateTime) -> None:
    """Keep one thing more that is wanted of all talks."""
    connection.execute(insert(rows.plan).values(uuid=plan.id, at=stored(at), text=plan.text))
