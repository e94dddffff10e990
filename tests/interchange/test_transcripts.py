"""Transcripts in the forms in which programs write them; every sample is made up."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.interchange.transcripts import read

ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:06.000
Ana Ruiz: Hello, can you hear me?

2
00:00:07.000 --> 00:00:09.500
Me: Yes & well: thank you.

3
00:01:02.000 --> 00:01:04.000
Ana Ruiz: I studied law,
then planning.
"""
TEAMS = """\ufeffWEBVTT

NOTE
a remark --  no cue

4f-1/12-0
00:00:03.120 --> 00:00:06.000 align:start
<v Ana Ruiz>Hello, can you <c.big>hear</c> me?</v>

4f-1/12-1
00:07.000 --> 00:09.500
<v Me>Yes &amp; well: thank you.</v>

01:02.000 --> 01:04.000
<v Ana Ruiz>I studied law,
then planning.</v>
"""
OLD_TEAMS = """0:0:3.12 --> 0:0:6.0
Ana Ruiz
Hello, can you hear me?
0:0:7.0 --> 0:0:9.5
Me
Yes & well: thank you.
0:1:2.0 --> 0:1:4.0
Ana Ruiz
I studied law, then planning.
"""
SRT = (
    "1\r\n00:00:03,120 --> 00:00:06,000\r\n[Ana Ruiz]: Hello, can you hear me?\r\n\r\n"
    "2\r\n00:00:07,000 --> 00:00:09,500\r\n[Me]: Yes & well: thank you.\r\n\r\n"
    "3\r\n00:01:02,000 --> 00:01:04,000\r\n[Ana Ruiz]: I studied law,\r\nthen planning.\r\n"
)
OTTER = """Talk with Ana
Tue, Nov 24, 2026 2:03PM • 1:04

Ana Ruiz  0:03
Hello, can you hear me?

Me  0:07
Yes & well: thank you.

Ana Ruiz  1:02
I studied law,
then planning.

Transcribed by https://otter.ai
"""
ZOOM_TEXT = """[Ana Ruiz] 23:59:30
Hello, can you hear me?

[Me] 23:59:34
Yes & well: thank you.

[Ana Ruiz] 00:00:29
I studied law, then planning.
"""
LINES = """[00:03] Ana Ruiz: Hello, can you hear me?
[00:07] Me: Yes & well: thank you.
[01:02] Ana Ruiz: I studied law, then planning.
"""
EXPECTED = [
    (3, "Ana Ruiz", "Hello, can you hear me?"),
    (7, "Me", "Yes & well: thank you."),
    (62, "Ana Ruiz", "I studied law, then planning."),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [(ZOOM, "a.vtt"), (TEAMS, "a.vtt"), (OLD_TEAMS, "a.txt"), (SRT, "a.srt"), (OTTER, "a.txt"),
     (LINES, "a.txt"), (LINES.replace("\n", "\r"), "a.txt")],
)  # fmt: skip
def test_times_speakers_and_words_are_kept(text: str, name: str) -> None:
    assert [tuple(row) for row in read(text, name)] == EXPECTED


def test_times_of_the_day_count_from_the_first_across_midnight() -> None:
    assert [(row.seconds, row.text[:5]) for row in read(ZOOM_TEXT, "a.txt")] == [
        (0, "Hello"), (4, "Yes &"), (59, "I stu"),
    ]  # fmt: skip


def test_a_stream_of_whisper_that_writes_over_itself() -> None:
    text = (
        "### Transcription 0 START | t0 = 0 ms\n\n"
        "[00:00:03.000 --> 00:00:06.000]   Hello, can\n"
        "\x1b[2K\r[00:00:03.000 --> 00:00:06.000]   Hello, can you hear me? [SPEAKER_TURN]\n"
        "[00:00:06.000 --> 00:00:07.000]   [BLANK_AUDIO]\n"
        "[00:00:07.000 --> 00:00:09.000]  old\x1b[2K\r[00:00:07.000 --> 00:00:09.000]   Yes.\n"
        "### Transcription 0 END\n"
    )

    assert [tuple(row) for row in read(text, "a.txt")] == [
        (3, None, "Hello, can you hear me? [SPEAKER_TURN]"), (7, None, "Yes."),
    ]  # fmt: skip


def test_speakers_by_number() -> None:
    text = (
        "[00:00:03.000 --> 00:00:06.000]   (speaker 0) Hello.\n"
        "[00:00:06.000 --> 00:00:09.000]   (speaker 1) Yes.\n"
    )

    assert [row.speaker for row in read(text, "a")] == ["speaker 0", "speaker 1"]


def test_words_before_a_colon_are_words_where_the_file_has_no_speakers() -> None:
    text = "0:01 One thing: listen.\n0:04 And then\n0:09 she left\n"

    assert [(row.speaker, row.text) for row in read(text, "a.txt")] == [
        (None, "One thing: listen."), (None, "And then"), (None, "she left"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("a\0b", "it is not a text"),
        ("She said hello.\nI said yes.\n", "no line with a time"),
        ("WEBVTT\n\nNOTE nothing\n", "no line with a time"),
        ("WEBVTT\n\n00:00:01 -> x\n00:00:0x --> 00:02\nHello\n", "line 4 is no time of a cue"),
    ],
)
def test_a_bad_file_is_one_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        read(text, "a.vtt")
    assert "\n" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["00:01", "1:02:03.4", " --> ", "\n", "\r", "[", "]", "<v ", ">", "Ana: ",
                         "WEBVTT\n", "(", ")", " ", "\x1b[2K", "&amp;", "é", "word"])
        | st.text(max_size=5),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_anything_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        rows = read(text, "a.txt")
    except ValueError as error:
        rows, said = (), str(error)
        assert "\n" not in said
    assert rows == tuple(sorted(rows, key=lambda row: row.seconds))
    assert all(row.text and "\n" not in row.text and row.seconds >= 0 for row in rows)


def test_a_long_line_without_a_blank_is_read_at_once() -> None:
    began = time.monotonic()

    with contextlib.suppress(ValueError):
        read("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "O'Brien" * 300 + "\n", "t.vtt")

    assert time.monotonic() - began < 1
