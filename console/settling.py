"""What just happened is counted before somebody is shown figures."""

from cases import figures
from console.desk import Desk


def settle_figures(desk: Desk) -> None:
    """Count what waits to be counted; what is too much for now is left to the job."""
    with desk.read() as session:
        settled = figures.is_settled(session)
    if not settled:
        with desk.begin() as session:
            figures.settle_for(session)
