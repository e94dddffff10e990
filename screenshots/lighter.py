"""A PNG written anew without filters: cells of text repeat, and then take a quarter less."""

import struct
import zlib
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}
"""Bytes of a pixel by the color type in the header, at eight bits."""


def lighten(path: Path) -> None:
    """Write the picture anew where that makes it smaller; others than RGB(A) are left alone."""
    data = path.read_bytes()
    chunks = _chunks(data)
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or kind not in CHANNELS or interlaced:
        return
    stride = width * CHANNELS[kind]
    rows = _unfiltered(zlib.decompress(chunks[b"IDAT"]), stride, height, CHANNELS[kind])
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = ((b"IHDR", chunks[b"IHDR"]), (b"IDAT", packed), (b"IEND", b""))
    light = SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)
    if len(light) < len(data):
        path.write_bytes(light)


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """The chunks of a PNG; those of one name as one."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        found[name] = found.get(name, b"") + data[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _unfiltered(raw: bytes, stride: int, height: int, step: int) -> list[bytes]:
    """The rows as they are, from the five filters of the PNG specification, section 9."""
    rows: list[bytes] = []
    above = bytes(step + stride)
    for start in range(0, height * (stride + 1), stride + 1):
        filter_, line = raw[start], raw[start + 1 : start + 1 + stride]
        row = bytearray(step) + line
        for at in range(step, step + stride) if filter_ else ():
            left, up = row[at - step], above[at]
            if filter_ == 1:
                guess = left
            elif filter_ == 2:
                guess = up
            elif filter_ == 3:
                guess = (left + up) >> 1
            else:
                guess = _paeth(left, up, above[at - step])
            row[at] = (row[at] + guess) & 255
        above = bytes(row)
        rows.append(above[step:])
    return rows


def _paeth(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
