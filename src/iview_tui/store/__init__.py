"""SQLite through SQLAlchemy; rows never leave this room."""
