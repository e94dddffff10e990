"""Learned weights: which features speak for which topic, and by how much."""

import json
import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence

from iview_tui.domain.value import value

MAGIC = b"IVW1"


class WeightsError(ValueError):
    """Bytes that are no table of weights."""


@value
class Weights:
    """A multinomial logistic regression, its weights rounded to a byte each."""

    keys: tuple[str, ...]
    """Bank keys and `none`: the columns."""
    rows: Mapping[str, int]
    """A feature and the number of its row."""
    values: bytes
    """Row by row, a signed byte for each column."""
    step: float
    """What one unit of a byte is worth."""
    bias: tuple[float, ...]

    def logs(self, found: Iterable[str]) -> list[float]:
        """The logarithm of each column's probability given the features."""
        width, rows, values = len(self.keys), self.rows, self.values
        at = sorted(rows[feature] for feature in found if feature in rows)
        if at:
            table = array("b", b"".join(values[row * width : (row + 1) * width] for row in at))
            scale = self.step / math.sqrt(len(at))
            sums = [
                bias + scale * sum(table[column::width]) for column, bias in enumerate(self.bias)
            ]
        else:
            sums = list(self.bias)
        return log_softmax(sums)


def log_softmax(sums: Sequence[float]) -> list[float]:
    """Logarithms of probabilities from scores."""
    most = max(sums)
    total = math.log(math.fsum(math.exp(value - most) for value in sums))
    return [value - most - total for value in sums]


def pack(weights: Weights) -> bytes:
    """The table as bytes; `unpack` reads them."""
    head = {"keys": weights.keys, "step": weights.step, "bias": weights.bias}
    names = sorted(weights.rows, key=lambda name: weights.rows[name])
    parts = [json.dumps(head).encode(), "\n".join(names).encode(), weights.values]
    sizes = b"".join(len(part).to_bytes(4, "big") for part in parts)
    return MAGIC + zlib.compress(sizes + b"".join(parts), 9)


def unpack(data: bytes) -> Weights:
    """The table in the bytes.

    Raises WeightsError where they are none.
    """
    if data[:4] != MAGIC:
        raise WeightsError("not a table of weights")
    try:
        body = zlib.decompress(data[4:])
        sizes = [int.from_bytes(body[at : at + 4], "big") for at in (0, 4, 8)]
        first, second = 12 + sizes[0], 12 + sizes[0] + sizes[1]
        head = json.loads(body[12:first])
        names = body[first:second].decode().split("\n")
        values = body[second : second + sizes[2]]
        keys, bias = tuple(head["keys"]), tuple(head["bias"])
    except (zlib.error, ValueError, KeyError) as error:
        raise WeightsError("a damaged table of weights") from error
    if len(values) != len(names) * len(keys) or len(bias) != len(keys):
        raise WeightsError("a damaged table of weights")
    return Weights(keys, dict(zip(names, range(len(names)), strict=True)), values,
                   head["step"], bias)  # fmt: skip
