"""Many people at once: everyone gets their own questions, their own case and their own number."""

import threading

from storage.models import Case
from tests.chat import Chat, Person, photo

PEOPLE = 10
KINDS = [
    "ไฟถนนดับทั้งซอย มืดมาก",
    "ขยะกองเต็มหน้าบ้านไม่มีใครมาเก็บ",
    "น้ำท่วมขังถนน รถผ่านไม่ได้",
    "ต้นไม้ล้มขวางทางเท้า",
    "ถนนเป็นหลุมลึกมาก",
]


def test_ten_people_report_at_once(chat: Chat) -> None:
    din_daeng = chat.coordinators("district:1026")
    people = [chat.citizen(f"Person {index}") for index in range(PEOPLE)]
    numbers: dict[int, str] = {}
    failures: list[BaseException] = []

    def tell(index: int, person: Person) -> None:
        try:
            numbers[index] = person.reports(what=f"{KINDS[index % len(KINDS)]} จุดที่ {index}")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=tell, args=(index, person)) for index, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(set(numbers.values())) == PEOPLE == chat.count(Case)
    for index, number in numbers.items():
        assert chat.case(number).description.endswith(f"จุดที่ {index}")
        din_daeng.gets_card(number)


def test_one_person_sends_everything_at_once(chat: Chat) -> None:
    nid = chat.citizen("Nid")
    events = [
        chat.line.say(nid.id, "ไฟถนนดับทั้งซอย", deliver=False),
        chat.line.send_location(nid.id, 13.7695, 100.5530, address="เขตดินแดง กรุงเทพมหานคร", deliver=False),
        *chat.line.send_album(nid.id, [photo(index) for index in range(4)], deliver=False),
    ]
    outcomes = chat.line.deliver_at_once([event.event_id for event in events])
    assert {outcome.status for outcome in outcomes} == {200}
    nid.says("ไปต่อ").sees("report.ask_phone")
    nid.taps("report.no_phone").taps("report.hide_name").sees("review.title").reads("4 รูป")
    nid.taps("button.confirm_send").sees("told.kept")
    assert chat.count(Case) == 1
