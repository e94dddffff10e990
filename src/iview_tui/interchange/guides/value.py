"""A guide as the value of the JSON export."""

from typing import Any

from iview_tui.domain.guide import Guide, Topic


def guide_value(guide: Guide) -> dict[str, Any]:
    """`guide` and `topics`, with the keys of the export and in their order."""
    return {
        "guide": {
            "title": guide.title,
            "purpose": guide.purpose,
            "opening_minutes": _number(guide.opening_minutes),
            "opening": list(guide.opening),
            "close": list(guide.close),
            "kept": [{"line": row.line, "text": row.text} for row in guide.kept],
        },
        "topics": [_topic(topic) for topic in guide.topics],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "number": topic.number,
        "key": topic.key,
        "title": topic.title,
        "question": topic.question,
        "section": topic.section,
        "priority": str(topic.priority),
        "minutes": _number(topic.minutes),
        "probes": list(topic.probes),
        "background": list(topic.background),
        "keywords": list(topic.keywords),
    }


def _number(minutes: float | None) -> float | None:
    """Minutes, as a whole number where they are."""
    return int(minutes) if minutes is not None and minutes == int(minutes) else minutes
