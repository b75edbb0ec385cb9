"""The map: by khet how many cases came, are open and are late, and the cases themselves as points.

The outlines of the khet are the map; where no boundary layer was imported, each khet is a circle at its middle.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import fmean
from typing import Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from cases import figures, views
from cases.categories import list_categories
from cases.desk import OPEN_AT_ALL
from cases.figure_report import Question, read_question
from cases.figure_time_words import say_period
from cases.figure_times import cut, list_offered
from console.desk import Desk
from console.khet_outlines import PLACES, pack_outlines
from console.pages import Pages
from console.permissions import Right
from console.settling import settle_figures
from console.summary_view import CASES, link_cases
from places.khwaeng import list_khwaeng
from places.organisations import list_organisations
from storage import boundaries, map_points, standing
from storage.case_scope import within
from storage.map_points import Box, OnMap
from storage.models import Case

pages = Pages("map")
MEASURES = ("received", "open", "overdue")
STATES = ("all", "open")
LEVELS = 5
BANGKOK = Box(13.45, 100.3, 14.0, 100.95)
FOR_EVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation and its numbers; `dcode` where it is a khet's office."""

    code: str
    name: str
    dcode: int | None
    received: int
    open: int
    overdue: int
    received_href: str
    open_href: str
    overdue_href: str


@pages.get("/map", Right.SEE_MAP)
def show_map(desk: Desk) -> AnyResponse:
    """The page: the map beside the same numbers as a table."""
    question = read_question(desk.args, desk.today, only=desk.scope.organisation)
    measure = _choose(desk.args.get("measure", ""), MEASURES)
    settle_figures(desk)
    with desk.read() as session:
        rows = _list_rows(desk, session, question)
        layer_id = boundaries.find_newest_id(session)
    shown = [row for row in rows if row.dcode is not None]
    edges = find_edges([getattr(row, measure) for row in shown])
    fields = {"period": question.period.name, "measure": measure, **question.which.list_given()}
    state = _choose(desk.args.get("state", ""), STATES)
    return desk.show(
        "map.html",
        question=question,
        measure=measure,
        measures=MEASURES,
        state=state,
        states=STATES,
        period=say_period(desk.language, question.period),
        periods=_list_periods(desk, question),
        categories=[(each.code, views.name_category(each.code, desk.language)) for each in list_categories()],
        rows=rows,
        legend=_see_legend(edges),
        has_layer=layer_id is not None,
        outlines=url_for("map.send_outlines", layer_id=layer_id or 0),
        points=f"{url_for('map.send_points')}?{urlencode(fields | {'state': state})}",
        khet=[_see_khet(desk, row, measure, edges) for row in shown],
        is_empty=not any(row.received or row.open for row in rows),
    )


def _list_rows(desk: Desk, session: Session, question: Question) -> list[Row]:
    which, period = question.which, cut(question.period, desk.today)
    # Nothing came later than now: of a month that still runs, the sum of all of it is at hand.
    came = figures.count_received(session, which, question.period.begins, question.period.ends, "owner")
    stand = standing.count_standing(session, which, OPEN_AT_ALL, desk.now, by="owner")
    rows = []
    for each in list_organisations():
        if desk.scope.organisation not in (None, each.code):
            continue
        received = came.get(each.code, 0)
        now = stand.get(each.code, standing.Standing(0, 0))
        if each.dcode is None and not (received or now.open):
            continue
        theirs = {"owner": each.code} | {name: value for name, value in which.list_given().items() if name != "owner"}
        rows.append(
            Row(
                code=each.code,
                name=views.name_khet(each.code, desk.language),
                dcode=each.dcode,
                received=received,
                open=now.open,
                overdue=now.overdue,
                received_href=link_cases("received", replace(which, owner=each.code), period),
                open_href=f"{CASES}?{urlencode(theirs | {'status': 'open'})}",
                overdue_href=f"{CASES}?{urlencode(theirs | {'status': 'open', 'overdue': '1'})}",
            )
        )
    return rows


@pages.get("/map/outlines/<int:layer_id>.json", Right.SEE_MAP)
def send_outlines(desk: Desk, layer_id: int) -> AnyResponse:
    """The outlines of all khet, latitude first; of a layer that never changes under its number."""
    with desk.read() as session:
        if boundaries.find_newest_id(session) != layer_id:
            desk.refuse(404)
        words = pack_outlines(session, layer_id)
    packed = request.accept_encodings.quality("gzip") > 0
    answer = Response(words if packed else gzip.decompress(words), mimetype="application/json")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding, Cookie"
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@pages.get("/map/points.json", Right.SEE_MAP)
def send_points(desk: Desk) -> AnyResponse:
    """The cases in the piece of the map that is looked at: as points, or where they are many as heaps."""
    question = read_question(desk.args, desk.today, only=desk.scope.organisation)
    with desk.read() as session:
        found = map_points.see_map(session, _read_box(desk.args.get("box", "")), _list_conditions(desk, question))
    return Response(json.dumps(_see_points(desk, found), ensure_ascii=False), mimetype="application/json")


def _list_conditions(desk: Desk, question: Question) -> Sequence[ColumnElement[bool]]:
    period = question.period
    asked: list[ColumnElement[bool]] = [Case.created_at >= period.begins, Case.created_at < period.ends]
    asked += [getattr(Case, name) == value for name, value in question.which.list_given().items()]
    if desk.args.get("state") == "open":
        asked.append(Case.status.in_(OPEN_AT_ALL))
    return (*within(desk.scope), *asked)


def _see_points(desk: Desk, found: OnMap) -> dict[str, Any]:
    return {
        "points": [
            {
                "at": [round(case.latitude, PLACES), round(case.longitude, PLACES)],
                "number": case.number,
                "words": " · ".join(
                    (
                        case.number,
                        views.name_category(case.category, desk.language),
                        desk.say(f"status.{case.status}"),
                    )
                ),
            }
            for case in found.points
            if case.latitude is not None and case.longitude is not None
        ],
        "heaps": [
            {
                "at": [heap.latitude, heap.longitude],
                "count": heap.count,
                "words": desk.say("console.map.heap", count=f"{heap.count:,}"),
            }
            for heap in found.heaps
        ],
        "note": "" if found.all else desk.say("console.map.newest_only", count=f"{map_points.LOOKED_AT:,}"),
    }


def _read_box(given: str) -> Box:
    """`south,west,north,east`; all of Bangkok where it cannot be read."""
    try:
        box = Box(*(float(part) for part in given.split(",")))
    except (ValueError, TypeError):
        return BANGKOK
    fits = -90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180
    return box if fits else BANGKOK


def find_edges(values: Sequence[int]) -> list[int]:
    """Where one colour ends and the next begins, so that about as many khet have each; fewer where they are alike."""
    ranked = sorted(value for value in values if value)
    edges = [ranked[len(ranked) * part // LEVELS] for part in range(1, LEVELS)] if ranked else []
    return sorted({edge for edge in edges if edge > ranked[0]}) if ranked else []


def find_level(value: int, edges: Sequence[int]) -> int:
    """0 for none, else from 1 to the number of colours."""
    return 0 if value == 0 else 1 + sum(value >= edge for edge in edges)


def _see_legend(edges: Sequence[int]) -> list[tuple[int, int, int | None]]:
    """By level: from how many, and (but for the last) to how many."""
    begins = [1, *edges]
    ends: list[int | None] = [edge - 1 for edge in edges]
    return [(level + 1, begin, end) for level, (begin, end) in enumerate(zip(begins, [*ends, None], strict=True))]


def _see_khet(desk: Desk, row: Row, measure: str, edges: Sequence[int]) -> dict[str, Any]:
    value = getattr(row, measure)
    return {
        "dcode": row.dcode,
        "level": find_level(value, edges),
        "words": desk.say("console.map.khet_words", name=row.name, count=f"{value:,}"),
        "href": getattr(row, f"{measure}_href"),
        "middle": find_middle(row.dcode or 0),
    }


@lru_cache(maxsize=64)
def find_middle(dcode: int) -> tuple[float, float]:
    """About the middle of a khet: between the middles of its khwaeng."""
    extents = [each.extent for each in list_khwaeng(dcode)]
    return round(fmean(each.lat for each in extents), PLACES), round(fmean(each.lng for each in extents), PLACES)


def _list_periods(desk: Desk, question: Question) -> list[tuple[str, str]]:
    offered = [each for kind in list_offered(desk.today).values() for each in kind]
    if question.period.name not in {each.name for each in offered}:
        offered.insert(0, question.period)
    return [(each.name, say_period(desk.language, each)) for each in offered]


def _choose(given: str, offered: Sequence[str]) -> str:
    return given if given in offered else offered[0]
