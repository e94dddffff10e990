"""The database. Rows never leave: what goes in and out are values of the domain.

Imported when it is needed, never before the first paint: SQLAlchemy costs as much as the screen.
`lock`, `rescue` and `writer` are cheap; `writer` opens the database on its own thread.
"""
