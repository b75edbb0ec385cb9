"""Help where it is needed: the walk through the desk leads to what there is, and the guides are found and printed."""

import clock
from commands.seed_filling import Fill, fill
from tests.desk import DeskHouse
from texts.catalog import say

CASES = 120


def test_the_walk_leads_into_pages_that_open_and_to_cases_one_may_see(desk: DeskHouse) -> None:
    officer, office = desk.clerk("officer"), desk.clerk("office-viewer", "district:1030")
    officer.opens("/console/tour").sees("console.tour.empty").hides("console.tour.disputed")

    fill(desk.database, Fill(5, CASES, clock.now().replace(microsecond=0)), None, lambda count: None)
    officer.opens("/console/tour").hides("console.tour.empty").sees("console.tour.disputed").sees(
        "console.tour.summary"
    )
    stops = [str(link["href"]) for link in officer.page.select(".stops a")]
    assert len(stops) > 4
    for address in stops:
        officer.opens(address)
    office.opens("/console/tour").hides("console.tour.merged", "console.tour.intake")
    for address in [str(link["href"]) for link in office.page.select(".stops a")]:
        office.opens(address)


def test_the_walk_says_where_the_few_cases_of_a_plain_demo_show_nothing(desk: DeskHouse) -> None:
    desk.chat.has_case(desk.chat.citizen("Nid"))
    for officer in (desk.clerk("officer"), desk.clerk("officer", language="en")):
        officer.opens("/console/tour").hides("console.tour.empty").sees("console.tour.few")
        stops = {str(stop.h2.get_text()): stop for stop in officer.page.select(".stops li") if stop.h2}
        for name, has_link in (("disputed", False), ("merged", False), ("find", True), ("summary", True)):
            stop = stops[say(officer.language, f"console.tour.{name}")]
            assert say(officer.language, "console.tour.lacks") in stop.get_text(), name
            assert bool(stop.select("a")) is has_link, name
        assert (
            say(officer.language, "console.tour.lacks")
            not in stops[say(officer.language, "console.tour.today")].get_text()
        )


def test_the_guides_hold_the_times_that_are_kept_and_stand_in_the_menu(desk: DeskHouse) -> None:
    for clerk in (desk.clerk("officer"), desk.clerk("office", "district:1026", language="en")):
        clerk.opens("/console/menu").follows("console.guides.coordinators")
        clerk.sees("console.guides.time_acknowledge", hours=4, minutes=30).sees("button.transfer")
        clerk.opens("/console/menu").follows("console.guides.officers").sees("status.disputed")
        clerk.opens("/console/menu").follows("console.tour.title").sees("console.tour.title")
