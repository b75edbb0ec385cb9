"""The Ombudsman's group reads every working morning how all offices stand, with a chart, once."""

import io

import requests
from PIL import Image

import clock
from jobs.schedule import JOBS, run_job
from simulator.outcomes import BotMessage
from storage.models import LineQuota
from tests.chat import Chat, Office, listen, words_of
from tests.transcripts.office_with_case import DIN_DAENG

OMB = "omb"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def look(chat: Chat, moment: str) -> None:
    chat.settles()
    chat.turns_to(moment)
    run_job("summaries", JOBS["summaries"][1], chat.parts.database)
    chat.settles()


def fetch(chat: Chat, path: str) -> requests.Response:
    return requests.get(chat.web.url + path, timeout=10)


def list_summaries(chat: Chat, staff: Office) -> list[BotMessage]:
    titles = (words_of("summary.daily"), words_of("summary.weekly"))
    return [one for one in chat.line.received(staff.id, after=staff.since) if one.text.startswith(titles)]


def begin(chat: Chat) -> tuple[Office, Office]:
    chat.turns_to("2026-11-20 09:00")
    staff, office, nid = chat.coordinators(OMB, "Officer"), chat.coordinators(DIN_DAENG), chat.citizen()
    done, _late = chat.has_case(nid), chat.has_case(nid)
    chat.has_case(nid, category="official", description="เจ้าหน้าที่เรียกเงิน")
    card = office.gets_card(done)
    office.member().taps("button.resolve", card)
    nid.sees("closure.resolved_question").taps("button.all_well").sees("talk.judged_yes")
    listen(staff, office)
    return staff, office


def test_none_on_a_holiday_at_night_or_where_nothing_ever_came(quick_chat: Chat) -> None:
    quick_chat.turns_to("2026-11-20 09:00")
    staff = quick_chat.coordinators(OMB, "Officer")
    listen(staff)
    look(quick_chat, f"{MONDAY} 07:45")
    assert list_summaries(quick_chat, staff) == []
    quick_chat.has_case(quick_chat.citizen())
    for moment in (f"{TUESDAY} 06:00", "2026-11-28 07:45", f"{TUESDAY} 16:20"):
        look(quick_chat, moment)
    assert list_summaries(quick_chat, staff) == []


def test_the_week_and_the_day_come_on_monday_in_one_call_and_once(quick_chat: Chat) -> None:
    staff, office = begin(quick_chat)
    for _ in range(2):
        look(quick_chat, f"{MONDAY} 07:45")
    week, day = list_summaries(quick_chat, staff)
    assert week.request_id == day.request_id, "two calls cost twice"
    assert week.text.startswith(words_of("summary.weekly")) and "ได้รับเรื่อง 2 " in week.text
    assert "ผู้แจ้งบอกว่าเรียบร้อย\n1\n" in week.words and "เขตดินแดง\n1" in week.words
    listen(staff)
    look(quick_chat, f"{TUESDAY} 07:45")
    [day] = list_summaries(quick_chat, staff)
    assert "ได้รับเรื่อง 0 " in day.text and "ค้างอยู่\n1" in day.words
    assert list_summaries(quick_chat, office) == []


def test_what_the_officers_have_not_decided_heads_each_morning_until_they_have(quick_chat: Chat) -> None:
    staff, office = begin(quick_chat)
    declined = quick_chat.has_case(quick_chat.citizen("Dao"))
    office.gets_card(declined)
    office.member().says(f"{declined} ไม่รับครับ เป็นที่ดินเอกชน").sees("group.step_decline")
    staff.gets_card(declined)
    quick_chat.turns_to("2026-11-26 09:00")
    run_job("clocks", JOBS["clocks"][1], quick_chat.parts.database)
    title = words_of("summary.undecided", count=1)
    for day in ("2026-11-27", "2026-11-30"):
        listen(staff)
        look(quick_chat, f"{day} 07:45")
        shown = list_summaries(quick_chat, staff)[-1]
        assert f"{title}\n{declined} · " in shown.words and title in shown.text, "in the call that goes anyway"
    office.member().says(f"{declined} แก้กลับ").sees("group.undone")
    listen(staff)
    look(quick_chat, "2026-12-01 07:45")
    assert declined not in list_summaries(quick_chat, staff)[-1].words


def test_the_picture_opens_by_its_signed_link_alone(quick_chat: Chat) -> None:
    staff, _ = begin(quick_chat)
    look(quick_chat, f"{MONDAY} 07:45")
    address = list_summaries(quick_chat, staff)[0].message["contents"]["hero"]["url"]
    path = address.removeprefix(quick_chat.settings.public_base_url)
    answer = fetch(quick_chat, path)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/png"
    assert max(Image.open(io.BytesIO(answer.content)).size) <= 1024, "more LINE does not show in a card"
    assert fetch(quick_chat, path.replace("/w2", "/d2")).status_code == 404
    assert fetch(quick_chat, path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
    quick_chat.turns_to("2027-03-01 09:00")
    assert fetch(quick_chat, path).status_code == 410


def test_without_https_the_card_comes_without_its_picture(quick_chat: Chat) -> None:
    staff, _ = begin(quick_chat)
    links = quick_chat.parts.database.links
    assert links is not None
    quick_chat.parts.database.links = type(links)("http://plain.example", links.secret_key)
    look(quick_chat, f"{MONDAY} 07:45")
    assert "hero" not in list_summaries(quick_chat, staff)[0].message["contents"]


def test_after_days_without_budget_only_the_newest_is_told(quick_chat: Chat) -> None:
    staff, _ = begin(quick_chat)
    with quick_chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=300, used=280, short=True, read_at=clock.now()))
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        look(quick_chat, f"{day} 07:45")
    assert list_summaries(quick_chat, staff) == []
    with quick_chat.parts.database.begin() as session:
        session.merge(LineQuota(id=1, most=3000, used=280, short=False, read_at=clock.now()))
    quick_chat.turns_to("2026-11-25 09:00")
    run_job("push_waiting", JOBS["push_waiting"][1], quick_chat.parts.database)
    quick_chat.settles()
    [summary] = list_summaries(quick_chat, staff)
    assert "25 พ.ย." in summary.words or "วันนี้" in summary.words
