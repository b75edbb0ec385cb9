"""In which order what waited for a chat goes with what is said there now, and how much of it fits the calls."""

from collections.abc import Collection, Sequence

from storage.waiting import Said


def put_in_order(said: Sequence[Said], older: Sequence[Said], answers: int) -> list[Said]:
    """What waited of a case before what is now said of it, the first `answers` left where they are; the rest behind."""
    told = list(said)
    for one in older:
        place = len(told)
        if one[1]["case"] is not None:
            newer = (at for at, (_, tie) in enumerate(said[answers:], answers) if tie["case"] == one[1]["case"])
            first = next(newer, None)
            place = place if first is None else _find(told, said[first])
        told.insert(place, one)
    return told


def list_cases(said: Sequence[Said]) -> set[int]:
    """Of which cases is spoken."""
    return {tie["case"] for _, tie in said if tie["case"] is not None}


def part_loud(said: Sequence[Said], dangerous: Collection[int]) -> tuple[list[Said], list[Said]]:
    """What is said at any hour, urgent or of the same or of `dangerous` cases; and the rest."""
    cases = {*dangerous, *list_cases([one for one in said if one[1].get("urgent")])}
    loud = [one[1].get("urgent") or one[1]["case"] in cases for one in said]
    parted = list(zip(said, loud, strict=True))
    return [one for one, is_loud in parted if is_loud], [one for one, is_loud in parted if not is_loud]


def _find(told: Sequence[Said], wanted: Said) -> int:
    return next(at for at, one in enumerate(told) if one is wanted)


def find_room(said: Sequence[Said], free: bool, per_call: int) -> int:
    """How many more bubbles go with what is said; none behind one with quick replies, which only the last shows."""
    if not said:
        return per_call if free else 0
    return 0 if "quickReply" in said[-1][0] else -len(said) % per_call
