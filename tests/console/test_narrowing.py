"""Long lists of the console narrowed down: by words, by kind, and with how many there are of each."""

import clock
from storage import groups
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

    # by either name, whatever language the page is read in
    english = desk.clerk("admin", language="en").opens("/console/admin/offices?q=ดินแดง")
    for page, names in ((admin.opens("/console/admin/groups?q=Din+Daeng"), "ดินแดง"), (english, "Din Daeng")):
        assert [names in row for row in _rows(page)] == [True]
    assert len(_rows(admin.opens("/console/admin/offices?q=huai+khwang"))) == 1
    assert len(_rows(admin.opens("/console/admin/groups?q=district:1026"))) == 1

    # the offices' list by what they lack, which may be several things
    admin.opens("/console/admin/offices").sees("console.admin_offices.search").fills(q="1026").presses(
        "console.base.look"
    )
    assert _rows(admin) == ["สำนักงานเขตดินแดง"]
    contact = {"rank": "first", "email": "din.daeng@example.go.th", "title": ""}
    admin.posts("/console/admin/offices/district:1026/contact", 200, **contact)
    with desk.database.begin(clock.now()) as session:
        code = groups.add_invite(session, organisation="district:1017", secret_key="x" * 40, now=clock.now())
        assert groups.use_invite(session, code=code, secret_key="x" * 40, chat_id="C1", now=clock.now())
    for kind, count in (("no_group", everyone), ("no_mail", everyone - 1), ("lost", 1), ("nonsense", everyone)):
        assert len(_rows(admin.opens(f"/console/admin/offices?kind={kind}"))) == count, kind
    admin.opens("/console/admin/offices?kind=lost&q=din.daeng").sees("console.base.none_so")

    admin.opens("/console/users").hides("console.users.search")  # so few: nothing to look for
    for number in range(12):
        desk.clerk("office", name=f"Somchai {number}x", signed_in=False)
    admin.opens("/console/users").sees("console.users.search").fills(q="somchai 11x").presses("console.base.look")
    assert [each.split()[1] for each in _rows(admin)] == ["11x"]
    admin.opens("/console/users?kind=invited&q=din+daeng")
    assert len(_rows(admin)) == 12
    for words in ("district:1026", "เจ้าหน้าที่หน่วยงาน"):
        assert len(_rows(admin.opens(f"/console/users?q={words}"))) == 12, words
    assert [each.split()[0] for each in _rows(admin.opens("/console/users?q=administrator"))] == [
        "Anong"
    ] * 2  # in either language
    admin.opens("/console/users?kind=disabled").sees("console.base.none_so")
