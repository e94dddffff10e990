"""Widgets that paint the rows they are given, and the note line."""
