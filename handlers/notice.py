"""The privacy notice as a page, in Thai and English, for the link in the welcome."""

from flask import Blueprint, Response, render_template, request

from texts.catalog import LANGUAGES, load_catalogue, say

SECTIONS = ("controller", "what", "why", "who", "how_long", "rights")


def notice_blueprint() -> Blueprint:
    """The route /privacy; `?lang=en` for English."""
    blueprint = Blueprint("notice", __name__, template_folder="templates")

    @blueprint.get("/privacy")
    def show_notice() -> Response:
        asked = request.args.get("lang", "th")
        language = asked if asked in LANGUAGES else "th"
        words = load_catalogue(language)
        page = render_template(
            "privacy.html",
            language=language,
            title=say(language, "privacy.title"),
            version=say(language, "privacy.version"),
            other=say(language, "privacy.other_language"),
            other_language="en" if language == "th" else "th",
            sections=[(words[f"privacy.{name}_title"], words[f"privacy.{name}"]) for name in SECTIONS],
        )
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return blueprint
