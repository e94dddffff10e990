"""Changes of the schema, by Alembic; imported only where a file is not of the present schema.

A revision that was released is never edited. Its number is `user_version` of the databases that it
leaves behind.
"""
