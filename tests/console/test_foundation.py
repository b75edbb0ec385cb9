"""What all pages of the console share: who may come in, what they are told, and where forms lead."""

from tests.desk import DeskHouse


def test_the_first_page_is_for_those_who_signed_in(desk: DeskHouse) -> None:
    desk.stranger().opens("/console/").sees("console.sign_in.title")

    orathai = desk.clerk("officer")
    orathai.opens("/console/").sees("console.today.title").sees("Orathai").follows("console.menu.all")
    orathai.presses("English")
    orathai.language = "en"
    orathai.sees("console.menu.title").presses("console.menu.sign_out").sees("console.sign_in.title")
    orathai.opens("/console/").sees("console.sign_in.title")


def test_line_and_the_desk_are_one_product(desk: DeskHouse) -> None:
    orathai = desk.clerk("officer")
    nid = desk.chat.citizen("Nid")
    assert desk.chat.has_case(nid)
    orathai.opens("/console/").sees("console.today.title")
