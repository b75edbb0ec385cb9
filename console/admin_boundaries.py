"""The outlines of the khet that pins are looked up in: a look at them, another file, and back to the one before."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases.views import name_khet
from console.desk import Desk
from console.khet_outlines import find_layer
from console.map import find_middle
from console.pages import Pages
from console.permissions import Right
from places.boundaries import LayerProblem, parse_layer
from places.organisations import list_khet
from storage import boundaries

pages = Pages("admin_boundaries")


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a point lies that somebody tried; `khet` is empty outside, `near` are those whose border is near."""

    words: str
    khet: str
    near: str


@pages.get("/admin/boundaries", Right.MANAGE_ORGANISATIONS)
def show_boundaries(desk: Desk) -> AnyResponse:
    """The page; `point` is `latitude,longitude` to be tried."""
    with desk.read() as session:
        return _show(desk, session)


def _show(desk: Desk, session: Session, status: int = 200, problem: str = "") -> AnyResponse:
    layers = boundaries.list_layers(session)
    khet = [
        {
            "dcode": each.dcode,
            "level": 1,
            "words": name_khet(f"district:{each.dcode}", desk.language),
            "href": f"/console/cases?district=district:{each.dcode}",
            "middle": find_middle(each.dcode),
        }
        for each in list_khet()
    ]
    return desk.show(
        "admin_boundaries.html",
        status,
        layers=layers,
        outlines=url_for("map.send_outlines", layer_id=layers[0][0]) if layers else "",
        khet=khet,
        trial=_try(desk, session, layers[0][0]) if layers and desk.args.get("point") else None,
        point=desk.args.get("point", ""),
        problem=problem,
    )


def _try(desk: Desk, session: Session, layer_id: int) -> Trial:
    words = desk.args["point"][:60]
    try:
        lat, lng = (float(part) for part in words.split(","))
    except ValueError:
        return Trial(words, "", "")
    found = find_layer(session, layer_id).locate(lat, lng)
    near = ", ".join(name_khet(f"district:{dcode}", desk.language) for dcode, _ in found.near)
    return Trial(words, name_khet(f"district:{found.dcode}", desk.language) if found.dcode else "", near)


@pages.post("/admin/boundaries", Right.MANAGE_ORGANISATIONS, uploads=True)
def import_layer(desk: Desk) -> AnyResponse:
    """Another file; from then on pins are looked up in it."""
    files = desk.list_files("file")
    name, text, problem = "", "", desk.say("console.admin_boundaries.no_file")
    if files:
        name = (files[0].filename or "")[:255]
        try:
            text = files[0].read().decode("utf-8-sig")
            layer, problem = parse_layer(text).to_json(), ""
        except UnicodeDecodeError:
            problem = desk.say("console.admin_boundaries.no_text")
        except LayerProblem as why:
            problem = desk.say("console.admin_boundaries.refused", why=str(why))
    with desk.begin() as session:
        if problem:
            return _show(desk, session, 422, problem)
        before = boundaries.find_newest_id(session)
        boundaries.add_layer(session, source=name, text=text, layer=layer, now=desk.now)
        desk.record(session, "boundaries.imported", "boundaries", before=before)
    undo = url_for("admin_boundaries.use_again", layer_id=before) if before else None
    desk.tell("console.admin_boundaries.imported", undo)
    return desk.go("admin_boundaries.show_boundaries")


@pages.post("/admin/boundaries/<int:layer_id>/use", Right.MANAGE_ORGANISATIONS)
def use_again(desk: Desk, layer_id: int) -> AnyResponse:
    """Back to an earlier one."""
    with desk.begin() as session:
        if not boundaries.use_again(session, layer_id, desk.now):
            desk.refuse(404)
        desk.record(session, "boundaries.used_again", f"boundaries:{layer_id}")
    desk.tell("console.admin_boundaries.in_use")
    return desk.go("admin_boundaries.show_boundaries")
