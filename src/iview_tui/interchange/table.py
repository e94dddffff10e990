"""Calls as one table in CSV: a row for everything that was noted."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = (
    "interview", "started", "name", "organization", "seconds", "kind", "topic", "text", "comment",
    "starred", "private",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (CWE-1236)."""


def table(calls: Sequence[Mapping[str, Any]]) -> str:
    """The table, from the objects of the JSON export; what was taken back is left out.

    A cell that a spreadsheet would run as a formula gets a `'` in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for value in calls:
        call, titles = value["interview"], {t["number"]: t["title"] for t in value["topics"]}
        who = call["contact"] or {"name": "", "organization": ""}
        for entry in value["entries"]:
            if entry["retracted"] or not (entry["text"] or entry["kind"] == "moment"):
                continue
            row = (
                call["id"], call["started_at"] or "", who["name"], who["organization"] or "",
                entry["seconds"], entry["kind"], titles.get(entry["topic"], ""), entry["text"],
                entry["comment"] or "", "yes" if entry["starred"] else "",
                "yes" if entry["private"] else "",
            )  # fmt: skip
            writer.writerow([cell(each) for each in row])
    return out.getvalue()


def cell(given: object) -> object:
    """A value as a cell that no spreadsheet runs."""
    if isinstance(given, str) and (given[:1] in ("\t", "\r") or given.lstrip()[:1] in _FORMULA):
        return f"'{given}"
    return given
