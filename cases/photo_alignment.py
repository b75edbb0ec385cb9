"""Lays one photo over another: is it the same picture, perhaps cropped, turned a little or edited, and where not?

Two photos of one place never lie upon each other block by block, however alike they look: what is near has moved
against what is far. So only copies of one picture pass, and a changed patch in one stands out. Brightness plays no
part, because each block is compared by its pattern.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageFilter, ImageStat

COARSE, MIDDLE, FINE = 40, 96, 256  # the longer side while the best fit is looked for, made better, and judged
BLOCK = 16
SCALES = (1.0, 0.955, 0.91, 0.87, 0.83, 0.79, 0.75)
TURNS = (0.0, -1.6, 1.6, -3.2, 3.2)  # degrees
STEP = 1.6  # pixels of the coarse picture
BEST = 6  # fits that are worth making better
# A block says something where its greys differ by this much; two agree where their patterns correlate so.
TEXTURE = 5.0
AGREES = 0.8
FLAT_DIFFERENCE = 14.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the middle of the one picture lies in the other, how much larger a step is there, and how turned."""

    across: float
    down: float
    scale: float
    turn: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """`blocks` that say something, the share of them that are `equal`, the largest one patch of what is not, as a
    share of all that changed.
    """

    blocks: int
    equal: float
    gathered: float


def shrink(photo: Image.Image) -> Image.Image:
    """What is kept of a photo for a comparison: small and grey."""
    grey = photo.convert("L")
    grey.thumbnail((FINE, FINE), Image.Resampling.BOX, reducing_gap=3.0)
    return grey


def overlay(one: Image.Image, other: Image.Image) -> Overlap:
    """Compare two photos, `shrink`-ed before, wherever the one lies in the other."""
    found = [_judge(one, other, fit) for fit in _find_fits(one, other)]
    found += [_judge(other, one, fit) for fit in _find_fits(other, one)]
    return max(found, key=lambda overlap: (overlap.equal if overlap.blocks else 0.0, overlap.blocks))


def _find_fits(whole: Image.Image, part: Image.Image) -> list[Fit]:
    """The likeliest ways in which `part` was cut out of `whole`."""
    large, small = _outline(whole, COARSE), _outline(part, COARSE)
    tried = sorted((_measure(large, small, fit), number, fit) for number, fit in enumerate(_list_fits(large, small)))
    best = [fit for _, _, fit in tried[:BEST]]
    for side, step in ((COARSE, 0.8), (MIDDLE, 1.0), (FINE, 1.0)):
        large, small = _outline(whole, side), _outline(part, side)
        best = [_better(large, small, fit, step) for fit in best]
        best = [fit for _, _, fit in sorted((_measure(large, small, fit), n, fit) for n, fit in enumerate(best))]
        best = best[: max(1, len(best) // 2)] if side != FINE else best[:1]
    return best


def _outline(photo: Image.Image, side: int) -> Image.Image:
    """Edges alone, in the size that is asked for: light and dark play no part."""
    small = photo.copy()
    small.thumbnail((side, side), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.BoxBlur(side / 12))
    return ImageChops.add(small, ImageChops.invert(soft), 1, -128 + 1)


def _list_fits(large: Image.Image, small: Image.Image) -> Iterator[Fit]:
    longer = max(large.size) / max(small.size)
    for scale in SCALES:
        room = [max(0.0, whole / longer - part * scale) / 2 for whole, part in zip(large.size, small.size, strict=True)]
        for turn in TURNS:
            for across in _steps(room[0]):
                for down in _steps(room[1]):
                    # As shares of the longer side, so that the fit means the same in every size.
                    yield Fit(across / COARSE, down / COARSE, scale, turn)


def _steps(room: float) -> list[float]:
    count = math.ceil(room / STEP)
    return [room * number / count for number in range(-count, count + 1)] if count else [0.0]


def _lay(whole: Image.Image, size: tuple[int, int], fit: Fit, resample: Image.Resampling) -> Image.Image:
    """What of `whole` lies under a picture of this size."""
    longer = max(whole.size) / max(size)
    cos, sin = (part(math.radians(fit.turn)) * fit.scale * longer for part in (math.cos, math.sin))
    middle = [side / 2 for side in size]
    across = whole.width / 2 + fit.across * max(whole.size) - cos * middle[0] + sin * middle[1]
    down = whole.height / 2 + fit.down * max(whole.size) - sin * middle[0] - cos * middle[1]
    return whole.transform(size, Image.Transform.AFFINE, (cos, -sin, across, sin, cos, down), resample, fillcolor=128)


def _measure(large: Image.Image, small: Image.Image, fit: Fit) -> float:
    laid = _lay(large, small.size, fit, Image.Resampling.BILINEAR)
    return ImageStat.Stat(ImageChops.difference(laid, small)).mean[0]


def _better(large: Image.Image, small: Image.Image, fit: Fit, step: float) -> Fit:
    """Go on by ever smaller steps, as long as it gets better."""
    pixel = step / max(small.size)
    best = _measure(large, small, fit)
    for _ in range(4):
        moved = True
        while moved:
            moved = False
            for name, by in (("across", pixel), ("down", pixel), ("scale", pixel * 2), ("turn", pixel * 110)):
                for side in (by, -by):
                    tried = replace(fit, **{name: getattr(fit, name) + side})
                    if (value := _measure(large, small, tried)) < best - 1e-6:
                        fit, best, moved = tried, value, True
                        break
        pixel /= 2
    return fit


def _judge(whole: Image.Image, part: Image.Image, fit: Fit) -> Overlap:
    under = _lay(whole, part.size, fit, Image.Resampling.BICUBIC)
    covered = _lay(Image.new("L", whole.size, 255), part.size, fit, Image.Resampling.NEAREST)
    above, below, inside = part.tobytes(), under.tobytes(), covered.tobytes()
    changed: set[tuple[int, int]] = set()
    equal = 0
    for row in range(part.height // BLOCK):
        for column in range(part.width // BLOCK):
            agrees = _agree(above, below, inside, part.width, row * BLOCK, column * BLOCK)
            if agrees:
                equal += 1
            elif agrees is False:
                changed.add((row, column))
    blocks = equal + len(changed)
    return Overlap(blocks, equal / blocks if blocks else 0.0, _gather(changed))


def _agree(above: bytes, below: bytes, inside: bytes, wide: int, top: int, left: int) -> bool | None:
    """Whether a block has the same pattern in both; None where neither has any."""
    first: list[int] = []
    second: list[int] = []
    for row in range(top, top + BLOCK):
        start = row * wide + left
        if inside[start] != 255 or inside[start + BLOCK - 1] != 255:
            return None
        first += above[start : start + BLOCK]
        second += below[start : start + BLOCK]
    count = len(first)
    mean_one, mean_two = sum(first) / count, sum(second) / count
    one = [value - mean_one for value in first]
    two = [value - mean_two for value in second]
    spread_one = sum(value * value for value in one)
    spread_two = sum(value * value for value in two)
    least = TEXTURE * TEXTURE * count
    if spread_one < least and spread_two < least:
        return None
    if min(spread_one, spread_two) * 8 < max(spread_one, spread_two):
        return False
    return sum(a * b for a, b in zip(one, two, strict=True)) >= AGREES * math.sqrt(spread_one * spread_two)


def _gather(changed: set[tuple[int, int]]) -> float:
    """The share of the changed blocks that lie together in the largest patch."""
    left, largest = set(changed), 0
    while left:
        patch, edge = 0, [left.pop()]
        while edge:
            row, column = edge.pop()
            patch += 1
            near = {(row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            edge += near
        largest = max(largest, patch)
    return largest / len(changed) if changed else 0.0
