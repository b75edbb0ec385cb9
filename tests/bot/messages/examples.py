"""Every message builder and its edges, in both languages; the golden files are made from these."""

from collections.abc import Callable
from dataclasses import replace

from bot.messages.added_photos import show_photos
from bot.messages.alike_cards import AlikeView, ask_alike
from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.case_card import CaseCardView, new_case
from bot.messages.closure import ClosureView, ask_closure, ask_late
from bot.messages.date_question import DateQuestionView, ask_date
from bot.messages.desk_card import DeskCardView, show_desk_case, tell_confidential
from bot.messages.digest import DigestView, show_digest
from bot.messages.group_lines import (
    CaseLine,
    UpdateLineView,
    asked_line,
    line_to_undo,
    maybe_line,
    open_cases,
    update_line,
    which_case,
    whose_photo,
)
from bot.messages.lasting import lasting
from bot.messages.listed_cases import RecordedView, WholeView, recorded, which_of_list
from bot.messages.merge_question import MergedView, ask_merge
from bot.messages.photo_check import PhotoCheckView, PhotoFinding, show_photo_check
from bot.messages.question import QuestionView, ask_reporter, offer_questions, preview_question
from bot.messages.reminders import ReminderView, ask_about, ask_reason, remind
from bot.messages.review_card import ReviewView, review
from bot.messages.roster import WeakLine, ask_leave, ask_present, list_weak
from bot.messages.staff_summary import SummaryView, show_summary
from bot.messages.theme import Part
from bot.messages.track_cards import MyCaseView, TimelineEntry, case_timeline, my_cases, stranger_view
from bot.messages.welcome import DangerView, WelcomeView, danger, help_card, welcome
from cases.questions import list_questions
from texts.catalog import say

NUMBER = "FT6911-00042"
PHOTO = "https://example.org/photos/before.jpg"
AFTER = "https://example.org/photos/after.jpg"
MAP = "https://www.google.com/maps?q=13.7695,100.5530"
ALL_BUTTONS = ("acknowledge", "start", "resolve", "ask", "transfer", "decline")

# Words as people write them, in the language of the reader.
WORDS = {
    "th": {
        "category": "ไฟส่องสว่าง",
        "place": "ถ.ประชาสงเคราะห์ ใกล้ปากซอย 23 แขวงดินแดง เขตดินแดง",
        "text": "ไฟถนนดับ 3 ต้นติดกันตั้งแต่ปากซอย 23 มืดมาก เดินกลับบ้านตอนกลางคืนอันตราย",
        "due": "ตอบรับก่อน 18:05 น.",
        "late": "เลยเวลาตอบรับ 40 นาที",
        "status": "รอตอบรับ",
        "working": "กำลังทำ",
        "alternatives": "อาจเป็นเขตห้วยขวาง",
        "when": "วันนี้ 14:05 น.",
        "yesterday": "พ. 26 พ.ย. 09:40 น.",
        "org": "สำนักงานเขตดินแดง",
        "khet": "เขตดินแดง",
        "omb": "ผู้ตรวจการแผ่นดิน",
        "promise": "นัดแก้ไขภายใน ศ. 28 พ.ย.",
        "wrote": "เปลี่ยนหลอดและบัลลาสต์แล้วทั้ง 3 ต้น ทดสอบติดตอนเย็นวันที่ 27",
        "looked": "ไปตรวจเมื่อ 20:30 น. ไฟติดครบทุกต้น ขอภาพจุดที่ดับเพิ่ม",
        "name": "นิดา ใจดี",
        "summary": "ไฟดับ",
        "rubbish": "ขยะ ความสะอาด",
        "wires": "สายไฟ สายสื่อสาร",
        "by_friday": "พฤ. 4 ธ.ค.",
        "took": "รับเรื่อง และส่งถึงสำนักงานเขตดินแดง",
        "got": "เขตดินแดงรับเรื่องแล้ว นัดแก้ไขภายใน ศ. 28 พ.ย.",
        "asked": "เขตดินแดงถามว่า เสาไฟต้นที่เท่าไรนับจากปากซอย",
        "answered": "คุณตอบแล้ว",
        "moved": "ส่งต่อให้การไฟฟ้านครหลวง เพราะเป็นสายไฟแรงสูง เขตดินแดงยังติดตามให้",
        "began": "ช่างกำลังทำ",
        "declined": "สำนักงานเขตดินแดงไม่รับเรื่อง รอพิจารณา",
        "disputed": "ผู้แจ้งบอกว่ายังไม่ได้แก้ รอพิจารณา",
        "because": "เป็นที่ดินเอกชน เจ้าของยังไม่ยินยอมให้เข้าไปซ่อม",
        "still": "เปลี่ยนต้นเดียว อีกสองต้นยังดับเหมือนเดิม",
        "decide": "พิจารณาก่อน พฤ. 4 ธ.ค. 14:05 น.",
        "official": "เจ้าหน้าที่ ทุจริต",
    },
    "en": {
        "category": "Street light",
        "place": "Pracha Songkhro Rd, near Soi 23, Din Daeng",
        "text": "Three street lights in a row are out from the mouth of Soi 23. Walking home is dangerous.",
        "due": "Answer before 18:05",
        "late": "40 minutes past the time to answer",
        "status": "Waiting for an answer",
        "working": "In progress",
        "alternatives": "May belong to Huai Khwang District",
        "when": "today, 14:05",
        "yesterday": "Wed 26 Nov, 09:40",
        "org": "Din Daeng District Office",
        "khet": "Din Daeng District",
        "omb": "the Ombudsman",
        "promise": "to be fixed by Fri 28 Nov",
        "wrote": "Lamps and ballasts replaced on all three poles; tested on the evening of the 27th.",
        "looked": "Checked at 20:30, every lamp was lit. Please send a photo of the dark spot.",
        "name": "Nida Jaidee",
        "summary": "Lights out",
        "rubbish": "Rubbish, cleaning",
        "wires": "Wires, cables",
        "by_friday": "Thu 4 Dec",
        "took": "Received and sent to Din Daeng District Office",
        "got": "Din Daeng took the case and will fix it by Fri 28 Nov",
        "asked": "Din Daeng asks: which pole is it, counted from the mouth of the soi?",
        "answered": "You answered",
        "moved": "Passed on to the Metropolitan Electricity Authority, because the line is high voltage",
        "began": "A team is at work",
        "declined": "Din Daeng District Office refuses the case; an officer decides",
        "disputed": "The reporter says it is not fixed; an officer decides",
        "because": "It is private land and the owner does not let us in.",
        "still": "One pole was mended, the other two are still dark.",
        "decide": "decide by Thu 4 Dec, 14:05",
        "official": "Officials, corruption",
    },
}

# As long as LINE lets a person write, without a single space to break at, and with what breaks programs.
LONGEST = ("ให้เจ้าหน้าที่ช่วยดูไฟฟ้าที่ดับทั้งซอยเพราะน้ำท่วมขังมาหลายวันแล้ว" * 90)[:5000]
UGLY = "{braces} {0} 👨‍👩‍👧‍👦\r\n\n\n\n\u202eשלום مرحبا\u2066 \x00\u200b" + LONGEST


def case_view(lang: str, **changes: object) -> CaseCardView:
    """A card as a group gets it, with what a test wants otherwise."""
    words = WORDS[lang]
    values: dict[str, object] = {
        "case_id": 42, "number": NUMBER, "category": words["category"], "place": words["place"],
        "map_url": MAP, "text": words["text"], "photo_url": PHOTO, "photo_count": 3, "danger": False,
        "due": words["due"], "status": words["status"], "alternatives": None, "received": words["when"],
        "shared_name": None, "shared_phone": None, "buttons": ALL_BUTTONS,
    }  # fmt: skip
    return CaseCardView(**(values | changes))  # type: ignore[arg-type]


def review_view(lang: str, **changes: object) -> ReviewView:
    """A report about to be sent."""
    words = WORDS[lang]
    values: dict[str, object] = {
        "run": "r7k2", "description": words["text"], "category": words["category"], "place": words["place"],
        "photos": 2, "attachments": 0, "phone": "081-234-5678", "phone_shown": False, "name": words["name"],
        "org": words["org"], "confidential": False, "danger": False,
    }  # fmt: skip
    return ReviewView(**(values | changes))  # type: ignore[arg-type]


def my_case(lang: str, case_id: int = 42, **changes: object) -> MyCaseView:
    """A citizen's own case in the middle of its life."""
    words = WORDS[lang]
    steps = ("took", "got", "asked", "answered", "moved", "began")
    values: dict[str, object] = {
        "case_id": case_id, "number": f"FT6911-{case_id:05}", "category": words["category"],
        "place": words["place"], "status": words["working"], "holder": words["org"],
        "entries": tuple(TimelineEntry(words["yesterday"], words[step]) for step in steps),
        "updated": words["when"],
    }  # fmt: skip
    return MyCaseView(**(values | changes))  # type: ignore[arg-type]


def alike_view(lang: str, **changes: object) -> AlikeView:
    """A case near a pin."""
    words = WORDS[lang]
    values = {
        "key": "42",
        "category": words["category"],
        "khet": words["khet"],
        "metres": 33,
        "told": words["by_friday"],
        "status": words["working"],
    }
    return AlikeView(**(values | changes))  # type: ignore[arg-type]


def merged_view(lang: str, **changes: object) -> MergedView:
    """One of two cases that may be one."""
    words = WORDS[lang]
    values = {
        "case_id": 42,
        "number": NUMBER,
        "category": words["category"],
        "place": words["place"],
        "office": words["khet"],
        "status": words["working"],
        "followers": 0,
    }
    return MergedView(**(values | changes))  # type: ignore[arg-type]


def closure_view(lang: str, **changes: object) -> ClosureView:
    """An office's word that a problem is gone."""
    words = WORDS[lang]
    values: dict[str, object] = {
        "case_id": 42, "number": NUMBER, "org": words["khet"], "outcome": "resolved", "before_url": PHOTO,
        "after_url": AFTER, "words": words["wrote"], "answer_by": words["by_friday"],
        "about": f"{words['category']} · {words['place']}",
    }  # fmt: skip
    return ClosureView(**(values | changes))  # type: ignore[arg-type]


def desk_view(lang: str, **changes: object) -> DeskCardView:
    """A case that an office declined, as the Ombudsman's group sees it."""
    words = WORDS[lang]
    values: dict[str, object] = {
        "number": NUMBER, "what": words["declined"], "reason": words["because"], "category": words["category"],
        "place": words["place"], "office": words["org"], "text": words["text"], "reporter_url": PHOTO,
        "office_url": None, "received": words["yesterday"], "due": words["decide"], "late": False, "danger": False,
        "case_id": 42, "buttons": ("agree", "send_back"),
    }  # fmt: skip
    return DeskCardView(**(values | changes))  # type: ignore[arg-type]


def case_line(lang: str, case_id: int = 42, **changes: object) -> CaseLine:
    """A case in a list."""
    words = WORDS[lang]
    values: dict[str, object] = {
        "case_id": case_id, "number": f"FT6911-{case_id:05}", "summary": words["category"],
        "place": words["place"], "due": words["due"],
    }  # fmt: skip
    return CaseLine(**(values | changes))  # type: ignore[arg-type]


def _offered_lines(lang: str) -> list[CaseLine]:
    """One that is late, and two that other offices ask this one to take."""
    until = say(lang, "office.offered_until", due=say(lang, "moment.time", time="14:05"))
    return [
        case_line(lang, 42, due=WORDS[lang]["late"], late=True),
        case_line(lang, 43, due=until, offered=True),
        case_line(lang, 44, summary=LONGEST, place=UGLY, due=say(lang, "office.offered"), offered=True),
    ]


def within(lang: str) -> str:
    """A date as it stands amid a sentence."""
    return say(lang, "moment.within_date", day=WORDS[lang]["by_friday"])


def _reminder(lang: str, kind: str) -> ReminderView:
    """One case as a group is reminded of it."""
    key = "escalated" if kind == "open" else kind
    about = {"number": NUMBER, "due": WORDS[lang]["by_friday"], "office": WORDS[lang]["khet"]}
    words = say(lang, f"remind.{key}", late=WORDS[lang]["late"], **about)
    question = "" if kind == "open" else say(lang, f"remind.ask_{kind}")
    return ReminderView(42, kind, words, question, case_line(lang, 42, late=True), "q1")


def _three_photo_cases(lang: str) -> list[CaseLine]:
    summaries = ("summary", "rubbish", "wires")
    return [CaseLine(42 - nth, f"FT6911-{42 - nth:05}", WORDS[lang][key]) for nth, key in enumerate(summaries)]


def _quick_replies(lang: str) -> tuple[QuickReply, ...]:
    words = WORDS[lang]
    return (
        QuickReply.postback(words["category"], "f:r7k2:category:lighting", words["category"]),
        QuickReply.postback(words["rubbish"], "f:r7k2:category:waste"),
        QuickReply.message(words["summary"], words["text"]),
        QuickReply.location(words["khet"]),
        QuickReply.camera(words["name"]),
        QuickReply.camera_roll(words["wires"]),
        QuickReply.uri("1676", "tel:1676"),
    )


def _question(lang: str, words: str) -> str:
    return say(lang, "told.ask", office=WORDS[lang]["org"], number=NUMBER, question=words)


def _update(lang: str, **changes: object) -> Part:
    values: dict[str, object] = {"case_id": 42, "number": NUMBER, "status": WORDS[lang]["working"]}
    return update_line(UpdateLineView(**(values | changes)), lang)  # type: ignore[arg-type]


def photo_check_view(lang: str, *verdicts: str) -> PhotoCheckView:
    """What was found of one case's after-photos."""
    values = {"other": "FT6911-00007", "taken": say(lang, "moment.today"), "received": say(lang, "moment.tomorrow")}
    findings = tuple(
        PhotoFinding(
            say(lang, f"photo_check.{verdict}", **values)
            if verdict in ("reused", "early")
            else say(lang, f"photo_check.{verdict}"),
            AFTER,
            None if verdict == "early" else PHOTO,
            "FT6911-00007" if verdict == "reused" else say(lang, "photo_check.before", sent=say(lang, "moment.today")),
        )
        for verdict in verdicts
    )
    return PhotoCheckView(42, NUMBER, office_name(lang), WORDS[lang]["category"], findings)


def weak_lines(lang: str) -> list[WeakLine]:
    """The week's list, one of each kind."""
    return [
        WeakLine(office_name(lang), say(lang, "roster.lost")),
        WeakLine(office_name(lang), f"{say(lang, 'roster.unanswered', days=12)} {say(lang, 'roster.open', count=3)}"),
        WeakLine(office_name(lang), f"{say(lang, 'roster.silent', days=8)} {say(lang, 'roster.open', count=1)}"),
    ]


def office_name(lang: str) -> str:
    """An office as people know it."""
    return "สำนักงานเขตดินแดง" if lang == "th" else "Din Daeng District Office"


Made = Part | list[Part]
EXAMPLES: dict[str, Callable[[str], Made]] = {
    "alike_cards/one": lambda lang: ask_alike([alike_view(lang)], "run1", lang),
    "alike_cards/several": lambda lang: ask_alike(
        [
            alike_view(lang, number=NUMBER, metres=4),
            alike_view(lang, key="41", metres=58),
            alike_view(lang, key="40", closed=True, status=LONGEST, khet=LONGEST, category=LONGEST),
        ],
        "run1",
        lang,
    ),
    "alike_cards/own": lambda lang: ask_alike([alike_view(lang, number=NUMBER)], "run1", lang),
    "case_card/followed": lambda lang: new_case(case_view(lang, followers=12), lang),
    "closure/follower": lambda lang: ask_closure(closure_view(lang, follower=True, answer_by=None), lang),
    "merge_question/asked": lambda lang: ask_merge(
        merged_view(lang), merged_view(lang, case_id=40, number="FT6911-00040", followers=12), lang
    ),
    "merge_question/longest": lambda lang: ask_merge(
        merged_view(lang, place=LONGEST, office=LONGEST), merged_view(lang, category=LONGEST), lang
    ),
    "track_cards/followed": lambda lang: case_timeline(my_case(lang, followed=True, can_add=False), lang),
    "bubbles/plain": lambda lang: text_bubble(WORDS[lang]["text"]),
    "bubbles/every_quick_reply": lambda lang: text_bubble(WORDS[lang]["text"], _quick_replies(lang)),
    "bubbles/quoting": lambda lang: text_bubble(WORDS[lang]["got"], quote_token="q3Plxr4AgKd..."),
    "bubbles/longest": lambda lang: text_bubble(UGLY),
    "bubbles/empty": lambda lang: text_bubble(" \n\u200b"),
    "case_card/offered": lambda lang: new_case(
        case_view(
            lang,
            notice=say(lang, "transfer.offer", office=WORDS[lang]["org"], reason=WORDS[lang]["because"]),
            buttons=("accept", "bounce"),
        ),
        lang,
    ),
    "case_card/asked_to_help": lambda lang: new_case(
        case_view(
            lang,
            notice=say(lang, "helping.asks", office=WORDS[lang]["org"], words=WORDS[lang]["still"]),
            buttons=("help", "busy"),
        ),
        lang,
    ),
    "case_card/sent_back": lambda lang: new_case(
        case_view(
            lang,
            notice=say(lang, "desk.instructed", words=WORDS[lang]["still"]),
            helpers=say(lang, "helping.with", offices=WORDS[lang]["org"]),
            buttons=("start", "resolve", "ask", "transfer", "invite", "decline"),
        ),
        lang,
    ),
    "case_card/new": lambda lang: new_case(case_view(lang), lang),
    "case_card/danger": lambda lang: new_case(case_view(lang, danger=True, photo_count=1), lang),
    "case_card/near_a_border": lambda lang: new_case(
        case_view(
            lang,
            alternatives=WORDS[lang]["alternatives"],
            shared_name=WORDS[lang]["name"],
            shared_phone="081-234-5678",
        ),
        lang,
    ),
    "case_card/in_progress": lambda lang: new_case(
        case_view(
            lang,
            status=WORDS[lang]["working"],
            due=WORDS[lang]["promise"],
            buttons=("resolve", "ask", "transfer"),
        ),
        lang,
    ),
    "case_card/bare": lambda lang: new_case(
        case_view(lang, map_url=None, photo_url=None, photo_count=0, due="", status="", received="", buttons=()),
        lang,
    ),
    "case_card/empty": lambda lang: new_case(
        case_view(
            lang,
            category="",
            place="",
            map_url="",
            text=" ",
            photo_url="",
            photo_count=0,
            alternatives="",
            shared_name="",
            shared_phone="",
        ),
        lang,
    ),
    "case_card/longest": lambda lang: new_case(
        case_view(
            lang,
            category=LONGEST,
            place=LONGEST,
            text=UGLY,
            due=LONGEST,
            status=LONGEST,
            received=LONGEST,
            alternatives=LONGEST,
            shared_name=LONGEST,
            shared_phone="0812345678",
            danger=True,
        ),
        lang,
    ),
    "group_lines/update": lambda lang: _update(lang, by=WORDS[lang]["name"], undo_id=317),
    "group_lines/update_with_photos": lambda lang: _update(
        lang, by=WORDS[lang]["name"], undo_id=317, photo_count=2, note=WORDS[lang]["promise"]
    ),
    "group_lines/update_bare": lambda lang: _update(lang),
    "group_lines/update_on_holiday": lambda lang: _update(
        lang, undo_id=317, instead=("พฤ. 31 ธ.ค. 2570" if lang == "th" else "Thu 31 Dec 2027", "g:42:due:on20271231")
    ),
    "group_lines/asked": lambda lang: asked_line(say(lang, "group.how_to_decline", number=NUMBER), 42, lang),
    "group_lines/added_photos": lambda lang: show_photos(
        say(lang, "group.told_add", number=NUMBER, note=WORDS[lang]["text"]), [PHOTO] * 3, lang
    ),
    "group_lines/late_photo": lambda lang: show_photos(
        say(lang, "told.after_photo", number=NUMBER, office=WORDS[lang]["khet"]), [PHOTO], lang
    ),
    "group_lines/whose_photo": lambda lang: whose_photo(_three_photo_cases(lang), "p81", lang),
    "group_lines/whose_photo_of_ten": lambda lang: whose_photo(
        [case_line(lang, number, place="", due="") for number in range(30, 42)], "p81", lang
    ),
    "group_lines/which_case": lambda lang: which_case(_three_photo_cases(lang), "t9", lang),
    "listed_cases/which": lambda lang: which_of_list(
        _three_photo_cases(lang), "t9", WholeView(WORDS[lang]["promise"], 2, ("FT6911-00040",)), lang
    ),
    "listed_cases/which_of_many": lambda lang: which_of_list(
        [case_line(lang, number, place="", due="") for number in range(30, 42)], "t9", None, lang
    ),
    "listed_cases/recorded": lambda lang: recorded(
        [
            RecordedView(42, NUMBER, WORDS[lang]["promise"], 318, unexplained=True),
            RecordedView(41, "FT6911-00041", WORDS[lang]["promise"], 319),
            RecordedView(40, "FT6911-00040", WORDS[lang]["status"]),
        ],
        WORDS[lang]["name"],
        lang,
        hint=say(lang, "listed.name_days"),
    ),
    "group_lines/open_cases": lambda lang: open_cases(
        [
            case_line(lang, 42, due=WORDS[lang]["late"], late=True),
            case_line(lang, 40, summary=WORDS[lang]["rubbish"]),
            case_line(lang, 39, summary=WORDS[lang]["wires"], place="", due=""),
        ],
        lang,
    ),
    "digest/morning": lambda lang: show_digest(
        DigestView(
            morning=True,
            office=say(lang, "group.all_offices"),
            total=14,
            new=3,
            due_today=2,
            overdue=1,
            waiting=1,
            promised=2,
            followers=12,
            next_day=say(lang, "moment.tomorrow"),
            at="07:45",
            lines=[case_line(lang, number, followers=number) for number in range(1, 9)],
        ),
        lang,
    ),
    "digest/offered": lambda lang: show_digest(
        DigestView(
            morning=True,
            office=WORDS[lang]["khet"],
            total=3,
            offered=2,
            overdue=1,
            at="07:45",
            lines=_offered_lines(lang),
        ),
        lang,
    ),
    "group_lines/open_cases_offered": lambda lang: open_cases(_offered_lines(lang), lang),
    "digest/evening_longest": lambda lang: show_digest(
        DigestView(
            morning=False,
            office=LONGEST,
            total=1,
            promised=1,
            next_day=LONGEST,
            lines=[case_line(lang, 1, summary=LONGEST, place=UGLY, due=LONGEST, late=True)],
        ),
        lang,
    ),
    "staff_summary/daily": lambda lang: show_summary(
        SummaryView(
            weekly=False,
            period=UGLY,
            figures=[("received", "51"), ("resolved", "44"), ("on_time", "91%"), ("disputed", "2")],
            stands=[("open", "31"), ("overdue", "7")],
            at=say(lang, "moment.time", time="14:05"),
            bad=frozenset({"disputed", "overdue"}),
            late=[(LONGEST, 5), (UGLY, 2)],
            undecided=[case_line(lang, 3, place=UGLY, due=LONGEST, late=True)],
            undecided_total=2,
            silent=[case_line(lang, number, place=LONGEST, due=UGLY, late=True) for number in (1, 2)],
            silent_total=14,
            notes=[say(lang, "summary.held", count=3)],
            picture=PHOTO,
        ),
        lang,
    ),
    "staff_summary/weekly_plain": lambda lang: show_summary(
        SummaryView(weekly=True, period=NUMBER, figures=[("received", "0"), ("on_time", "-")]), lang
    ),
    "group_lines/open_cases_none": lambda lang: open_cases([], lang),
    "group_lines/open_cases_many": lambda lang: open_cases(
        [case_line(lang, number) for number in range(1, 13)], lang, total=120
    ),
    "group_lines/open_cases_longest": lambda lang: open_cases(
        [case_line(lang, number, summary=LONGEST, place=UGLY, due=LONGEST, late=True) for number in (1, 2)],
        lang,
    ),
    "question/ready_made": lambda lang: offer_questions(
        say(lang, "group.how_to_ask", number=NUMBER),
        42,
        [(one.key, one.label) for one in list_questions("lighting")],
        lang,
    ),
    "question/asked": lambda lang: ask_reporter(_question(lang, WORDS[lang]["asked"]), 42, 318, lang),
    "question/asked_longest": lambda lang: ask_reporter(_question(lang, UGLY), 42, 318, lang),
    "closure/late": lambda lang: ask_late(say(lang, "told.close_silent", number=NUMBER), 42, lang),
    "question/preview": lambda lang: preview_question(QuestionView(42, NUMBER, WORDS[lang]["asked"], 318), lang),
    "question/longest": lambda lang: preview_question(QuestionView(42, NUMBER, UGLY, 318), lang),
    "question/waiting": lambda lang: preview_question(
        QuestionView(42, NUMBER, WORDS[lang]["moved"], 318, "wait", "7 Dec", (3, 7, 30)), lang
    ),
    "question/with_number": lambda lang: preview_question(
        QuestionView(42, NUMBER, WORDS[lang]["asked"], 318, phone="081-234-5678"), lang
    ),
    "question/transfer": lambda lang: preview_question(
        QuestionView(42, NUMBER, WORDS[lang]["moved"], 318, "transfer"), lang
    ),
    "question/decline": lambda lang: preview_question(QuestionView(42, NUMBER, UGLY, 318, "decline"), lang),
    "date_question/photo_waits": lambda lang: ask_date(
        DateQuestionView(42, NUMBER, WORDS[lang]["working"], 317, attach="9"), lang
    ),
    "group_lines/update_photo_waits": lambda lang: _update(lang, undo_id=7, attach="9"),
    "group_lines/maybe": lambda lang: maybe_line(
        say(lang, "group.maybe", number=NUMBER, step=say(lang, "group.maybe_resolve", due="")), 42, 7, lang
    ),
    "date_question/asked": lambda lang: ask_date(DateQuestionView(42, NUMBER, WORDS[lang]["working"], 317), lang),
    "date_question/longest": lambda lang: ask_date(DateQuestionView(42, UGLY, LONGEST, 317, 9), lang),
    "reminders/acknowledge": lambda lang: ask_about(_reminder(lang, "acknowledge"), lang),
    "reminders/first_words": lambda lang: ask_about(_reminder(lang, "first_words"), lang),
    "reminders/promise": lambda lang: ask_about(_reminder(lang, "promise"), lang),
    "reminders/look": lambda lang: ask_about(_reminder(lang, "look"), lang),
    "reminders/resolve": lambda lang: ask_about(_reminder(lang, "resolve"), lang),
    "reminders/answer": lambda lang: ask_about(_reminder(lang, "answer"), lang),
    "reminders/tomorrow": lambda lang: ask_about(_reminder(lang, "tomorrow"), lang),
    "reminders/open": lambda lang: ask_about(_reminder(lang, "open"), lang),
    "reminders/several": lambda lang: (
        remind([_reminder(lang, "promise")] * 2, say(lang, "remind.title", count=2), lang)[-1].message
    ),
    "reminders/longest": lambda lang: ask_about(
        replace(_reminder(lang, "promise"), words=UGLY, question=LONGEST, line=case_line(lang, 7, summary=LONGEST)),
        lang,
    ),
    "reminders/reason": lambda lang: ask_reason(NUMBER, within(lang), 42, "20261204", lang),
    "reminders/reason_done": lambda lang: ask_reason(NUMBER, within(lang), 42, "e318", lang, done=True),
    "review_card/whole": lambda lang: review(review_view(lang), lang),
    "review_card/least": lambda lang: review(review_view(lang, description="", photos=0, phone=None, name=None), lang),
    "review_card/confidential": lambda lang: review(
        review_view(lang, confidential=True, org=WORDS[lang]["omb"], attachments=1), lang
    ),
    "review_card/phone_shown": lambda lang: review(review_view(lang, phone_shown=True, name=None), lang),
    "review_card/danger": lambda lang: review(review_view(lang, danger=True), lang),
    "review_card/longest": lambda lang: review(
        review_view(
            lang,
            description=UGLY,
            category=LONGEST,
            place=LONGEST,
            phone=LONGEST,
            name=LONGEST,
            org=LONGEST,
            danger=True,
        ),
        lang,
    ),
    "lasting/calls_and_taps": lambda lang: lasting(
        WORDS[lang]["text"], (QuickReply.uri("1676", "tel:1676"), QuickReply.postback(WORDS[lang]["name"], "m:report"))
    ),
    "lasting/side_by_side": lambda lang: lasting(
        WORDS[lang]["text"],
        [QuickReply.postback(str(count), f"c:1:stars:{count}") for count in range(5)],
        side_by_side=True,
    ),
    "lasting/longest": lambda lang: lasting(UGLY, (QuickReply.postback(LONGEST, "m:report"),)),
    "track_cards/none": lambda lang: my_cases([], lang),
    "track_cards/one": lambda lang: my_cases([my_case(lang)], lang),
    "track_cards/three": lambda lang: my_cases(
        [
            my_case(lang),
            my_case(lang, 40, category=WORDS[lang]["rubbish"], entries=(), can_add=False),
            my_case(lang, 39, holder=None, entries=(TimelineEntry(WORDS[lang]["when"], WORDS[lang]["took"]),)),
        ],
        lang,
    ),
    "track_cards/longest": lambda lang: my_cases(
        [
            my_case(
                lang,
                number,
                category=LONGEST,
                place=UGLY,
                status=LONGEST,
                holder=LONGEST,
                updated=LONGEST,
                entries=(TimelineEntry(LONGEST, UGLY),) * 60,
            )
            for number in (1, 2)
        ],
        lang,
    ),
    "track_cards/timeline": lambda lang: case_timeline(my_case(lang), lang),
    "track_cards/timeline_empty": lambda lang: case_timeline(
        my_case(lang, place="", holder=None, entries=(), updated="", can_add=False), lang
    ),
    "track_cards/timeline_longest": lambda lang: case_timeline(
        my_case(lang, place=UGLY, entries=(TimelineEntry(WORDS[lang]["yesterday"], UGLY),) * 60), lang
    ),
    "track_cards/stranger": lambda lang: stranger_view(NUMBER, WORDS[lang]["working"], WORDS[lang]["org"], lang),
    "track_cards/moving": lambda lang: case_timeline(my_case(lang, moving=True), lang),
    "track_cards/stranger_moving": lambda lang: stranger_view(
        NUMBER, WORDS[lang]["working"], WORDS[lang]["khet"], lang, moving=True
    ),
    "track_cards/stranger_bare": lambda lang: stranger_view(NUMBER, WORDS[lang]["working"], None, lang),
    "closure/resolved": lambda lang: ask_closure(closure_view(lang), lang),
    "closure/resolved_without_photos": lambda lang: ask_closure(
        closure_view(lang, before_url=None, after_url=None, words=None, answer_by=None), lang
    ),
    "closure/resolved_after_only": lambda lang: ask_closure(closure_view(lang, before_url=None), lang),
    "closure/not_found": lambda lang: ask_closure(
        closure_view(lang, outcome="not_found", words=WORDS[lang]["looked"]), lang
    ),
    "closure/longest": lambda lang: ask_closure(closure_view(lang, org=LONGEST, words=UGLY, answer_by=LONGEST), lang),
    "desk_card/declined": lambda lang: show_desk_case(desk_view(lang), lang),
    "desk_card/disputed": lambda lang: show_desk_case(
        desk_view(
            lang,
            what=WORDS[lang]["disputed"],
            reason=WORDS[lang]["still"],
            office_url=AFTER,
            late=True,
            buttons=("send_back", "uphold"),
        ),
        lang,
    ),
    "desk_card/bare": lambda lang: show_desk_case(
        desk_view(lang, reason="", place="", office="", reporter_url=None, received="", due=""), lang
    ),
    "desk_card/longest": lambda lang: show_desk_case(
        desk_view(
            lang,
            what=LONGEST,
            reason=UGLY,
            category=LONGEST,
            place=UGLY,
            office=LONGEST,
            text=UGLY,
            office_url=AFTER,
            received=LONGEST,
            due=LONGEST,
            danger=True,
        ),
        lang,
    ),
    "desk_card/confidential": lambda lang: tell_confidential(
        NUMBER, WORDS[lang]["official"], WORDS[lang]["khet"], lang
    ),
    "desk_card/confidential_danger": lambda lang: tell_confidential(
        NUMBER, WORDS[lang]["official"], "", lang, danger=True
    ),
    "desk_card/confidential_nowhere": lambda lang: tell_confidential(NUMBER, WORDS[lang]["official"], "", lang),
    "photo_check/same": lambda lang: show_photo_check(photo_check_view(lang, "same"), lang),
    "photo_check/reused": lambda lang: show_photo_check(photo_check_view(lang, "reused", "early"), lang),
    "photo_check/longest": lambda lang: show_photo_check(
        PhotoCheckView(
            42,
            NUMBER,
            LONGEST,
            LONGEST,
            tuple(PhotoFinding(UGLY, AFTER, PHOTO, LONGEST) for _ in range(5)),
        ),
        lang,
    ),
    "photo_check/seen": lambda lang: line_to_undo(
        say(lang, "photo_check.seen", number=NUMBER), f"g:{42}:photo_unseen", lang
    ),
    "roster/weak": lambda lang: list_weak(weak_lines(lang), lang),
    "roster/many": lambda lang: list_weak([WeakLine(LONGEST, UGLY)] * 60, lang),
    "roster/present": lambda lang: ask_present(["สมชาย", "Pim"], lang),
    "roster/present_many": lambda lang: ask_present([LONGEST] * 10, lang),
    "roster/leave": lambda lang: ask_leave(office_name(lang), 1795312800, lang),
    "welcome/welcome": lambda lang: welcome(WelcomeView("https://example.org/privacy"), lang),
    "welcome/welcome_without_notice": lambda lang: welcome(WelcomeView(""), lang),
    "welcome/danger": lambda lang: danger(DangerView(("199", "191", "1669")), lang),
    "welcome/danger_one": lambda lang: danger(DangerView(("1646",)), lang),
    "welcome/help": help_card,
}


def list_made(name: str, lang: str) -> list[Part]:
    """The messages of one example, one or several alike."""
    made = EXAMPLES[name](lang)
    return made if isinstance(made, list) else [made]
