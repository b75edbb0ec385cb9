"""What an attacker tried: officers' names, photos that are passed on, forms of a secret case, locking somebody out."""

import clock
from storage import looks, presence, sign_in_attempts
from storage.sign_in_attempts import BY_ACCOUNT, BY_BOTH
from tests.console.test_case_secrecy import add_photo
from tests.desk import DeskHouse

DIN_DAENG, PHRA_NAKHON = "district:1026", "district:1001"


def test_an_office_reads_no_officers_names_and_its_photos_open_for_nobody_else(desk: DeskHouse) -> None:
    number = desk.chat.has_case(desk.chat.citizen("Nid"), DIN_DAENG)
    desk.chat.settles()
    officer, somchai = desk.clerk("officer", name="Orathai Secret"), desk.clerk("office", DIN_DAENG)
    page = f"/console/cases/{number}"
    picture = add_photo(desk, number)
    officer.opens(page).fills(words="ดูเรื่องนี้ด้วย", shared=True).presses("console.case.keep_note")

    somchai.opens(page).sees("ดูเรื่องนี้ด้วย").sees("ผู้ตรวจการแผ่นดิน").hides("Orathai")
    photo = f"{page}/photos/{picture}/card"
    assert somchai.client.get(photo).status_code == 200
    assert desk.clerk("office", PHRA_NAKHON).client.get(photo).status_code == 404
    assert somchai.client.get(f"{page}/photos/99999999999999999999/card").status_code == 404
    with desk.database.read() as session:
        names = presence.list_others(session, desk.chat.case(number).id, somchai.id, desk.chat.case(number).updated_at)
    assert names == [("Orathai Secret", "omb")], "officers know one another"


def test_when_the_time_is_over_a_form_of_a_secret_case_shows_nothing_of_it(desk: DeskHouse) -> None:
    number = desk.chat.has_case(desk.chat.citizen("Nid"), DIN_DAENG, "official", description="เจ้าหน้าที่เรียกเงิน")
    officer = desk.clerk("officer")
    page = f"/console/cases/{number}"
    officer.opens(page).fills(reason="ตรวจตามข้อร้องเรียน").presses("console.case.secret_open")
    officer.sees("เจ้าหน้าที่เรียกเงิน")
    desk.waits(minutes=70)
    officer.comes_back()
    for step in ("write", "close", "refer", "lift", "accept"):
        officer.posts(f"{page}/do/{step}", form="x" * 20, version="0", seen="0", stage="preview")
        officer.hides("เจ้าหน้าที่เรียกเงิน").sees("console.case.look_over")
    with desk.database.read() as session:
        seen = looks.list_for_case(session, desk.chat.case(number).id)
    assert [one.granted for one in seen].count(True) == 1, "no form lets anybody in anew"


def test_a_stranger_who_knows_an_address_locks_nobody_out(desk: DeskHouse) -> None:
    somchai, now = desk.clerk("office").email, clock.now()
    home, elsewhere = "198.51.100.4", "203.0.113.9"
    with desk.database.begin(now) as session:
        for _ in range(BY_BOTH):
            sign_in_attempts.add(session, somchai, elsewhere, now)
        assert sign_in_attempts.find_wait(session, somchai, elsewhere, now) is not None
        assert sign_in_attempts.find_wait(session, somchai, home, now) is None
        for number in range(BY_ACCOUNT):
            sign_in_attempts.add(session, somchai, f"203.0.113.{number}", now)
        assert sign_in_attempts.find_wait(session, somchai, home, now) is not None, "but not from everywhere at once"


def test_a_nul_comes_to_no_database(desk: DeskHouse) -> None:
    officer = desk.clerk("officer")
    assert officer.client.get("/console/cases/a%00").status_code == 404
    for path in ("/console/cases?q=a%00b", "/console/map?period=%00", "/console/summary?from=%00"):
        officer.opens(path)
    officer.posts("/console/cases/find", q="a\0b")
