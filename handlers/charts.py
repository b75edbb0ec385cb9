"""`GET /charts/<token>`: the picture of the officers' summary, drawn when somebody looks. Figures only, of nobody."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import structlog
from flask import Blueprint, Response

import clock
from bot.chart_picture import Column, draw_chart
from bot.rich_menu_fonts import FontProblem, find_letters
from cases import figures, summary
from config import Settings
from storage.links import BadToken, read_chart_token
from storage.session import Database
from texts.catalog import say

LANGUAGE = "th"
PERIODS = {"d": (1, 7), "w": (7, 6)}  # days in each, and how many
LIFE = timedelta(days=60)
log = structlog.get_logger(__name__)


def charts_blueprint(database: Database, settings: Settings) -> Blueprint:
    """The page of the pictures; a name that we did not sign, or of long ago, opens nothing."""
    blueprint = Blueprint("charts", __name__)

    @lru_cache(maxsize=16)  # every phone in the group asks for the same one
    def draw(name: str) -> bytes:
        before = datetime.strptime(name[1:], "%Y%m%d").date()  # noqa: DTZ007
        days, count = PERIODS[name[0]]
        with database.begin() as session:
            figures.settle_for(session)
            bars = summary.see_bars(session, before, days, count)
        columns = [Column(_label(bar.begins), bar.received, bar.resolved) for bar in bars]
        title = say(LANGUAGE, "summary.chart_weeks" if days > 1 else "summary.chart_days")
        names = (say(LANGUAGE, "summary.received"), say(LANGUAGE, "summary.resolved"))
        return draw_chart(title, names, columns, find_letters(settings.rich_menu_font))

    @blueprint.get("/charts/<token>")
    def show(token: str) -> Response:
        try:
            name = read_chart_token(settings.secret_key.get_secret_value(), token)
            age = clock.in_bangkok(clock.now()).date() - datetime.strptime(name[1:], "%Y%m%d").date()  # noqa: DTZ007
        except (BadToken, ValueError):
            return Response(status=404)
        if not timedelta() <= age <= LIFE:
            return Response(status=410)
        try:
            picture = draw(name)
        except FontProblem as problem:
            log.error("chart not drawn", reason=str(problem))
            return Response(status=503)
        shown = Response(picture, mimetype="image/png")
        shown.headers |= {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return shown

    return blueprint


def _label(day: date) -> str:
    return f"{day.day} {say(LANGUAGE, f'moment.month_{day.month}')}"
