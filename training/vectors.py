"""Vectors of common words, which let a word that no sample has borrow from those like it."""

import struct
import zlib
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "data" / "vectors.bin"


class Vectors:
    """Words and what they are like."""

    def __init__(self, words: list[str], values: np.ndarray) -> None:
        self.words, self.values = words, values
        self.rows = {word: at for at, word in enumerate(words)}
        self.width = values.shape[1]

    def get(self, word: str) -> np.ndarray | None:
        """The vector of a word of three letters or more, if there is one."""
        at = self.rows.get(word) if len(word) > 2 else None
        return None if at is None else self.values[at]

    def common(self, count: int) -> list[str]:
        """The commonest words."""
        return [word for word in self.words[:count] if len(word) > 2]


@cache
def load() -> Vectors:
    """The vectors that lie beside the samples; of length 1, about their mean."""
    data = zlib.decompress(FILE.read_bytes())
    count, width, names = struct.unpack(">III", data[:12])
    words = data[12 : 12 + names].decode().split("\n")
    values = np.frombuffer(data, np.int8, count * width, 12 + names).reshape(count, width)
    values = values.astype(float)
    return Vectors(words, values / (np.linalg.norm(values, axis=1, keepdims=True) + 1e-9))
