"""Lines of calendars and address books, folded as both want them (RFC 5545, RFC 6350)."""

OCTETS = 75
"""Octets of a line before it is folded."""


def folded(row: str) -> str:
    """A row in lines of at most 75 octets, never cut within a character."""
    lines, line, size = [], "", 0
    for char in row:
        octets = len(char.encode("utf-8"))
        if size + octets > OCTETS:
            lines.append(line)
            line, size = " ", 1
        line += char
        size += octets
    return "\r\n".join([*lines, line])
