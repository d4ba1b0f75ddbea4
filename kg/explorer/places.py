"""Where each thing stands on the map: computed once, at build time, the same for the same graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["arrange"]

# Up to so many things every pair repels; beyond it, drawn ones.
_EXACT = 900
# Between things without links.
_APART = 30
# The pull to the middle across and down: less across, so that the field is wide.
_PULL = (0.007, 0.018)
_SEED = 7


def arrange(size: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole-number places of ``size`` things, in units of about the distance of two neighbours × 10.

    Linked things come to lie together, in a field that is wider than high, as windows are; those without links stand
    in rows below.
    """
    import numpy as np

    if not size:
        return []
    joined = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    if not joined:
        return _rows(size, 0, 0, 60 * round(size**0.5))
    pairs = np.array(joined, dtype=np.int64)
    linked = np.unique(pairs)
    place = np.full(size, -1, dtype=np.int64)
    place[linked] = np.arange(len(linked))
    spots = _relax(len(linked), place[pairs])
    spots = spots - np.median(spots, axis=0)
    found = [(0, 0)] * size
    for index, (x, y) in zip(linked.tolist(), spots.tolist(), strict=True):
        found[index] = (round(x), round(y))
    alone = [index for index in range(size) if place[index] < 0]
    left, right = (round(float(edge)) for edge in np.percentile(spots[:, 0], (2, 98)))
    below = round(float(spots[:, 1].max())) + 2 * _APART
    for index, spot in zip(alone, _rows(len(alone), left, below, max(right - left, 4 * _APART)), strict=True):
        found[index] = spot
    return found


def _rows(size: int, left: int, top: int, width: int) -> list[tuple[int, int]]:
    """Places side by side, as many in a row as the width has room for."""
    across = max(1, width // _APART)
    return [(left + index % across * _APART, top + index // across * _APART) for index in range(size)]


def _relax(size: int, pairs: NDArray[Any]) -> NDArray[Any]:
    """Springs along links, repulsion by 1/distance, a pull to the middle; steps shrink to nothing."""
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(_SEED))
    spots = _start(size, pairs, draw) * 30 * np.sqrt(size)
    degree = np.bincount(pairs.ravel(), minlength=size).astype(float)
    mass = 1 + np.sqrt(degree)
    rounds = 260 if size <= _EXACT else 180
    for step in range(rounds):
        heat = (1 - step / rounds) ** 1.2
        push = _repel_all(spots, mass) if size <= _EXACT else _repel_some(spots, mass, draw)
        along = spots[pairs[:, 1]] - spots[pairs[:, 0]]
        far = np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9
        pull = along * (0.09 * (far - 34) / far)
        for axis in (0, 1):
            push[:, axis] += np.bincount(pairs[:, 0], pull[:, axis], size) / np.sqrt(degree)
            push[:, axis] -= np.bincount(pairs[:, 1], pull[:, axis], size) / np.sqrt(degree)
        push -= spots * _PULL
        length = np.hypot(push[:, 0], push[:, 1])[:, None] + 1e-9
        spots = spots + push / length * np.minimum(length, 34 * heat + 0.4)
    return np.asarray(spots)


def _start(size: int, pairs: NDArray[Any], draw: Any) -> NDArray[Any]:
    """Random places, smoothed along the links a few times: neighbours begin near each other."""
    import numpy as np

    spots = draw.standard_normal((size, 2))
    degree = np.bincount(pairs.ravel(), minlength=size)[:, None] + 1.0
    for _ in range(12):
        total = spots.copy()
        for axis in (0, 1):
            total[:, axis] += np.bincount(pairs[:, 0], spots[pairs[:, 1], axis], size)
            total[:, axis] += np.bincount(pairs[:, 1], spots[pairs[:, 0], axis], size)
        spots = total / degree
        spots = (spots - spots.mean(0)) / (spots.std(0) + 1e-9)
    return np.asarray(spots * 0.5)


def _repel_all(spots: NDArray[Any], mass: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    x, y = spots[:, 0].copy(), spots[:, 1].copy()
    strength = np.subtract.outer(x, x)
    strength *= strength
    down = np.subtract.outer(y, y)
    down *= down
    strength += down
    strength += 4
    np.divide(130 * mass[None, :], strength, out=strength)
    np.fill_diagonal(strength, 0)
    whole = strength.sum(1)
    # The sum over j of strength × (x - x_j); einsum and not @, whose order of adding depends on the machine's threads.
    return np.stack([z * whole - np.einsum("ij,j->i", strength, z) for z in (x, y)], axis=1)


def _repel_some(spots: NDArray[Any], mass: NDArray[Any], draw: Any) -> NDArray[Any]:
    """Twelve others drawn for each stand for all; their push is scaled, and the nearest are not forgotten by chance."""
    import numpy as np

    size = len(spots)
    push = np.zeros_like(spots)
    for _ in range(12):
        other = draw.integers(0, size, size)
        apart = spots - spots[other]
        square = (apart**2).sum(1) + 60
        push += apart * (130 * mass[other] / square * min(size / 12, 140))[:, None]
    return push
