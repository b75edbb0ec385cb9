"""A case that was told on the telephone, taken into the caller's own LINE by the code on their slip."""

from sqlalchemy import select

from storage import callbacks
from storage.models import Reporter
from tests.chat import Chat, listen
from tests.intake_desk import follows, prints_slip, writes_down


def test_codes_that_lead_nowhere(quick_chat: Chat) -> None:
    office = quick_chat.coordinators("district:1026")
    nid, dao, lek = (quick_chat.citizen(name) for name in ("Nid", "Dao", "Lek"))
    first, second = writes_down(quick_chat), writes_down(quick_chat)
    old, code = prints_slip(quick_chat, first), prints_slip(quick_chat, first)
    late = prints_slip(quick_chat, second)

    dao.says(f"รับเรื่อง {old}").sees("handover.lapsed")
    nid.says(f"รับเรื่อง {code[:4].lower()}-{code[4:].lower()}").sees("handover.done", number=first)
    nid.says(f"รับเรื่อง {code}").sees("handover.mine", number=first)
    dao.says(f"รับเรื่อง {code}").sees("handover.used")
    for _ in range(5):
        dao.says("รับเรื่อง AAAA2222").sees("handover.wrong")
    dao.says(f"รับเรื่อง {late}").sees("handover.too_many")
    quick_chat.waits(days=31)
    lek.says(f"take case {late}").sees("handover.lapsed")
    follows(quick_chat, lek, second)
    # Words that only begin like it are a report like any other.
    lek.says("รับเรื่องด้วย ไฟดับทั้งซอย ประชาสงเคราะห์ 5").sees("report.ask_place")
    lek.says(f"รับเรื่อง {prints_slip(quick_chat, second)}").sees("handover.done", number=second)

    assert quick_chat.history(first).count("note") == 1
    listen(lek)
    office.member().quotes(office.gets_card(second), "กำลังทำครับ").sees("card.update", number=second)
    assert len(lek.sees("told.start", number=second).heard()) == 1, (
        "its follower before, and its reporter now: told once"
    )
    with quick_chat.reads() as session:
        callers = session.scalars(select(Reporter).where(Reporter.line_user_id.is_(None)))
        assert all(one.is_nobody for one in callers), "what was written down of them is theirs to keep now"


def test_who_takes_it_hears_what_waits_and_answers(quick_chat: Chat) -> None:
    office = quick_chat.coordinators("district:1026", "Pim")
    pim, nid, dao = office.member("Pim"), quick_chat.citizen("Nid"), quick_chat.citizen("Dao", follows=False)
    asked, done = writes_down(quick_chat), writes_down(quick_chat)
    card = office.gets_card(asked)
    assert "0812345678" not in card.words and "สมหญิง" not in card.words
    pim.quotes(card, "เสาต้นไหนครับ").sees("question.title_call").taps("question.send_call").sees("group.step_ask_call")
    pim.quotes(office.gets_card(done), "แก้ไขแล้วครับ").sees("card.update", number=done)
    with quick_chat.reads() as session:
        owed = [(one.callback.kind, one.case.number, one.reporter.phone) for one in callbacks.list_owed(session)]
    assert owed == [("ask", asked, "0812345678"), ("confirm", done, "0812345678")]

    # Somebody who has never written to the account: the notice first, then the question that waits.
    dao.says(f"รับเรื่อง {prints_slip(quick_chat, done)}").sees("welcome.notice").sees("handover.done", number=done)
    dao.sees("talk.judge_how", number=done).taps("button.not_well").sees("talk.judged_no", number=done)

    # In the middle of a report: what was taken is shown, and the report goes on.
    nid.says("แจ้งเรื่อง").sees("report.ask_description")
    nid.says(f"รับเรื่อง {prints_slip(quick_chat, asked)}").sees("handover.done", number=asked)
    nid.sees("talk.question_left", number=asked, question="เสาต้นไหนครับ").sees("report.ask_description")
    nid.taps("button.answer").says("ต้นที่สาม")
    office.sees("group.told_answer", number=asked, note="ต้นที่สาม")
    with quick_chat.reads() as session:
        assert callbacks.count_owed(session) == 0

    # Blocked, the case goes on in silence; it is theirs still.
    quick_chat.line.block(nid.id)
    listen(nid)
    pim.quotes(card, "กำลังทำครับ").sees("card.update", number=asked)
    nid.sees_nothing()
    quick_chat.redelivers_everything().changes_nothing()
