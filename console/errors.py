"""The page for what cannot be shown or done: what happened, and what to do now."""

from werkzeug.wrappers import Response as AnyResponse

from console.desk import Visit

KNOWN = (400, 403, 404, 405, 409, 410, 413, 415, 429, 500, 503)


def show(visit: Visit, status: int) -> AnyResponse:
    """The page of a status; one that is not foreseen is told as what went wrong with us, or with what was asked."""
    told = status if status in KNOWN else 400 if status < 500 else 500
    return visit.show("error.html", status, code=told)
