"""Which khet a pin is likely in when no boundary layer was imported.

Not by the nearest middle (right in 84 of 100): each khwaeng is measured in its own length and width (93 of
100), and the tambon across the city limit compete, so that a pin in Nonthaburi does not become a khet's.
"""

from dataclasses import dataclass

from places.khwaeng import Khwaeng, list_khwaeng, list_neighbours

# All in a place's own reach. Measured with 5,000 real pins, and 8,000 random ones in and around Bangkok.
BEYOND = 1.6  # farther than this from every khwaeng is not Bangkok; no pin in Bangkok was above 1.4
HOME = 1.1  # a neighbour must be nearer by this much, for most who write to us are in Bangkok
LIKELY = 1.3  # another khet within this is an alternative; the right one is then among them in 98 of 100
POSSIBLE = 2.0  # a khet that words only name is believed within this


@dataclass(frozen=True, slots=True)
class Guess:
    """The khwaeng a pin is most likely in, or None for outside; khet it may be, likeliest first."""

    khwaeng: Khwaeng | None
    likely: tuple[int, ...]
    possible: tuple[int, ...]


def guess_khwaeng(lat: float, lng: float) -> Guess:
    """The likeliest khwaeng of a pin, and the khet that are nearly as likely."""
    best: dict[int, tuple[float, Khwaeng]] = {}
    for each in list_khwaeng():
        far = each.extent.measure(lat, lng)
        if each.dcode not in best or far < best[each.dcode][0]:
            best[each.dcode] = far, each
    ranked = sorted(best.items(), key=lambda item: item[1][0])
    nearest, khwaeng = ranked[0][1]
    abroad = min(each.extent.measure(lat, lng) for each in list_neighbours())
    outside = nearest > BEYOND or nearest > abroad * HOME
    base = min(abroad, nearest) if outside else nearest
    return Guess(
        khwaeng=None if outside else khwaeng,
        likely=tuple(dcode for dcode, (far, _) in ranked if far <= base * LIKELY and far <= BEYOND),
        possible=tuple(dcode for dcode, (far, _) in ranked if far <= max(base, 0.5) * POSSIBLE),
    )
