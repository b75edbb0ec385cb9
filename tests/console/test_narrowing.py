"""Long lists of the console narrowed down: by words, by kind, and with how many there are of each."""

from tests.desk import Clerk, DeskHouse


def _rows(clerk: Clerk) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in clerk.page.select("tbody tr th")]


def test_offices_and_colleagues_are_found_in_their_lists(desk: DeskHouse) -> None:
    admin = desk.clerk("admin")
    admin.opens("/console/admin/groups").sees("console.admin_groups.search")
    everyone = len(_rows(admin))
    admin.fills(q="เขต  ดินแดง").presses("console.base.look")
    assert _rows(admin) == ["สำนักงานเขตดินแดง"] and admin.field("q") == "เขต ดินแดง"
    admin.opens("/console/admin/groups?kind=none")
    assert len(_rows(admin)) == everyone
    admin.opens("/console/admin/groups?kind=bound").sees("console.base.none_so").follows("console.base.everything")
    assert len(_rows(admin.opens("/console/admin/groups?kind=nonsense"))) == everyone

    admin.opens("/console/users").hides("console.users.search")  # alone: nothing to look for
    for number in range(12):
        desk.clerk("office", name=f"Somchai {number}x", signed_in=False)
    admin.opens("/console/users").sees("console.users.search").fills(q="somchai 11x").presses("console.base.look")
    assert [each.split()[1] for each in _rows(admin)] == ["11x"]
    admin.opens("/console/users?kind=invited&q=ดินแดง")
    assert len(_rows(admin)) == 12
    admin.opens("/console/users?kind=disabled").sees("console.base.none_so")
