"""A few drawn pictures for the demo cases of a small fill: each lies in the store once, however many cases show it."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.picture_files import write_picture
from cases.statuses import Action
from commands.demo_pictures import draw_picture
from commands.seed_life import Life, Photo
from storage.files import Store
from storage.media_claims import Stored

MOST_CASES = 2000  # a larger fill has none
SCENES = {
    "lighting": ("dark_lane", "lit_lane"),
    "waste": ("rubbish", "clean_lane"),
    "drain_flood": ("flood", "clean_lane"),
    "road": ("hole", "clean_lane"),
    "footpath": ("hole", "clean_lane"),
}
SENT, SENT_AFTER = 0.75, 0.8
FLAGGED = 0.04  # of the after-photos are the very picture that the reporter sent
A_MOMENT = timedelta(seconds=5)


def draw_pictures(store: Store, now: datetime) -> dict[str, Stored]:
    """Draw each scene once, and put it into the store."""
    names = sorted({name for pair in SCENES.values() for name in pair})
    return {name: write_picture(store, draw_picture(name), written=[], now=now) for name in names}


def add_photos(lives: Sequence[Life], chance: random.Random) -> None:
    """Give cases that the scenes fit the photos of their reporter, and those of the office that says it is done."""
    for life in lives:
        scenes = SCENES.get(life.category)
        if scenes is None or life.confidential or life.channel != "line" or chance.random() > SENT:
            continue
        before, after = scenes
        life.photos.append(Photo(before, "before", life.created_at))
        for line in life.told:
            if line.action == Action.RESOLVE and line.organisation == life.owner and chance.random() < SENT_AFTER:
                flagged = chance.random() < FLAGGED
                sent_at = line.at - A_MOMENT
                life.photos.append(Photo(before if flagged else after, "after", sent_at, line, flagged=flagged))
