"""Finding cases by their words: Thai as people type it, attacks, and words that must not be found any more."""

import random
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

import clock
from cases.statuses import Actor, Role
from commands import schema
from config import home
from storage import case_search, reporters
from storage.case_filters import Filters
from storage.case_list import Order, list_page
from storage.case_scope import Scope
from storage.cases import add_history
from storage.models import Case, CaseCounter, CaseWords, HistoryWords, case_words_sql
from storage.models.case_words_sql import keep, lighten
from storage.session import Database
from tests.databases import OpenDatabase

PLAIN = {"status": "new", "owner": "district:1026", "routed_by": "pin", "category": "lighting"}
ALL = Scope(None, confidential=True)
TOLD = {
    "lamp": ("ไฟถนนดับทั้งซอย มืดมาก", "ซอยอารีย์ 5"),
    "flood": ("น้ำท่วมขังหน้าปากซอย ระดับเข่า", "ถนนลาดพร้าว 101"),
    "wood": ("ต้นไม้ล้มทับสายไฟ", "เขตบางกะปิ"),
    "not": ("ไฟไม่ติดมา ๓ คืนแล้ว", "ซอย ๔๒"),
    "slips": ("เเสงสว่างน\u0e4dา้พุ ก\u0e48ี\u0e48 คืน\u200bนี้", "ป้า\u0e49ย"),
    "odd": ('ป้าย "ห้ามจอด" 100% NEAR(ถนน) * OR ไฟ 🔥', "a'b; DROP TABLE cases"),
    "english": ("Street LIGHT is out near Soi Ari", "BTS Ari"),
    "secret": ("เจ้าหน้าที่เรียกรับเงิน ไฟถนน", "ซอยลับ"),
}
FOUND = (
    ("ไฟ", "lamp wood not odd"),
    ("ไฟถนน", "lamp"),
    ("ไฟถนนดับทั้งซอย", "lamp"),
    ("น้ำท่วม", "flood"),
    ("นำทวม", "flood"),  # without tone marks
    ("น้ําท่วม", "flood"),  # sara am in two letters
    ("นํ้าท่วม", "flood"),  # and the tone before it
    ("นำท่วม", ""),  # a mark that is typed must stand where it is typed
    ("ไม้", "wood"),
    ("ไม่", "not"),
    ("ไม", "wood not"),
    ("ซอย 42", "not"),
    ("๔๒", "not"),
    ("3 คืน", "not"),
    ("แสงสว่าง", "slips"),
    ("คืนนี้", "slips"),
    ("กี่", "slips"),
    ("ลาดพร้าว เข่า", "flood"),
    ("ลาดพร้าว ไฟ", ""),
    ("ดพ", "flood"),  # two letters
    ("ฬ", ""),
    ("เข่", "flood"),
    ("🔥", "odd"),
    ("100%", "odd"),
    ("%", "odd"),
    ("_", ""),
    ('"ห้ามจอด"', "odd"),
    ("“ห้ามจอด”", "odd"),
    ("NEAR(ถนน)", "odd"),
    ("NEAR", "odd english"),
    ("*", "odd"),
    ("ไฟ*", ""),
    ("ไฟ OR น้ำ", ""),
    ('"', "lamp flood wood not slips odd english"),  # nothing is left to search for
    ("-ไฟ", ""),
    ("case_grams:ไฟ", ""),
    ("{words} : ไฟ", ""),
    ("a'b;", "odd"),
    ("'; DROP TABLE cases; --", ""),
    ("light", "english"),
    ("soi ari", "english"),
    ("ไฟถนน " * 2000, "lamp"),
    ("ก" * 5000, ""),
    ("\0ไฟถนน", "lamp"),
    ("\ue14e\ue14e\ue14e", ""),  # how the index marks a month
)


def _tell(database: Database, name: str, told: tuple[str, str], count: int = 0, **more: object) -> int:
    now = clock.now() - timedelta(days=400) + timedelta(days=40 * count)
    with database.begin(now) as session:
        reporter = reporters.add_nobody(session, now)
        month = f"{(now.year + 543) % 100:02d}{now.month:02d}"
        session.merge(CaseCounter(month=month, last=99))
        case = Case(
            number=f"FT{month}-{count:05d}", status="new", owner="district:1026", routed_by="pin", category="lighting",
            description=told[0], place=told[1], confidential=name == "secret", reporter_id=reporter.id,
            created_at=now, updated_at=now,
        )  # fmt: skip
        for key, value in more.items():
            setattr(case, key, value)
        session.add(case)
        session.flush()
        return case.id


def _find(database: Database, words: str, order: Order = Order.NEWEST) -> set[int]:
    with database.read() as session:
        return {case.id for case in list_page(session, ALL, Filters(text=words), order, clock.now()).cases}


def _go_by_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be found along the list, so that the index of words has to."""
    monkeypatch.setattr("storage.case_list.SHORT_STEPS", (1, 1))
    monkeypatch.setattr("storage.case_list.COMMON", 1000)
    monkeypatch.setattr("storage.case_list.FURTHEST", (1,))


def test_words_are_found_as_people_type_them_and_nothing_else_is(
    database_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(database_url)
    ids = {name: _tell(database, name, told, count) for count, (name, told) in enumerate(TOLD.items())}
    for typed, names in FOUND if database.dialect == "sqlite" else FOUND[:6]:
        everything = set(ids.values()) if typed == '"' else {ids[name] for name in names.split()}
        assert _find(database, typed) == everything, f"{typed[:40]!r} along the list"
    _go_by_the_index(monkeypatch)
    for typed, names in FOUND:
        if case_search.read_words(typed).in_index:
            assert _find(database, typed) == {ids[name] for name in names.split()}, f"{typed[:40]!r} by the index"
    for order in (Order.OLDEST, Order.CHANGED):
        assert _find(database, "ซอย", order) == {ids["lamp"], ids["flood"], ids["not"]}


def test_a_number_is_found_whole_or_in_part(database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(database_url)
    for count in (1, 2, 4):
        _tell(database, "lamp", ("ไฟดับ บ้านเลขที่ 77", "ซอย"), count)
    second = _tell(database, "secret", ("เรื่องลับ", ""), 3)
    with database.read() as session:
        number = session.scalars(select(Case.number).where(Case.id == second)).one()
    month = number[2:6]
    for typed in (number, number.lower(), f"{month}-3", f"ft {month} 00003", f"{month}00003", "00003", "3", "ft3"):
        assert _find(database, typed) == {second}, typed
    assert len(_find(database, "77")) == 3
    assert _find(database, f"{month}-9") == set()


def test_words_that_are_gone_are_found_no_more(database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(database_url)
    case_id = _tell(database, "lamp", ("ไฟดับ จระเข้", "ซอยหนึ่ง"))
    other = _tell(database, "wood", ("ต้นไม้ล้ม", ""), 1)
    now = clock.now()
    with database.begin(now) as session:
        case = session.get_one(Case, case_id)
        for action, note in (("add", "เพิ่มเติม ยีราฟ"), ("note", "ข้อความในกลุ่ม ฮิปโป")):
            add_history(
                session, case, at=now, action=action, from_status="new", to_status="new",
                actor=Actor(Role.REPORTER), note=note, message_id=f"m-{action}",
            )  # fmt: skip
    assert _find(database, "ยีราฟ") == _find(database, "จระเข้") == {case_id}
    assert _find(database, "ฮิปโป") == set()  # what people say in groups is no part of what was told

    with database.begin(now) as session:  # as past the ORM as it gets
        session.execute(delete(HistoryWords).where(HistoryWords.message_id == "m-add"))
        session.execute(update(Case).where(Case.id == case_id).values(description="ไฟดับ"))
    assert _find(database, "ยีราฟ") == _find(database, "จระเข้") == set()
    assert _find(database, "ไฟดับ") == {case_id}

    with database.begin(now) as session:
        session.execute(update(Case).where(Case.id == other).values(confidential=True))
    assert _find(database, "ต้นไม้") == set()
    with database.begin(now) as session:
        session.execute(update(Case).where(Case.id == other).values(confidential=False, status="closed"))
    assert _find(database, "ต้นไม้") == {other}
    with database.read() as session:
        kept = set(session.scalars(select(CaseWords.words)))
        assert kept == {"ไฟดับ ซอยหนึ่ง", "ต้นไม้ล้ม "}


def test_the_databases_fold_words_as_python_does(database_url: str, open_database: OpenDatabase) -> None:
    database = open_database(database_url)
    letters = [chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)]
    letters += list("abcXYZ 019\n\t\u200b\u00a0\ufe0f'\"%é🔥")
    chance = random.Random(7)
    words = ["".join(chance.choices(letters, k=chance.randint(1, 40))) for _ in range(120)]
    digits = [*"0812345678\u0e50\u0e56\uff10 -.,()/+\n", "\u0e482", "\u0e4c ", "66", "ซอย", "   ", "       "]
    words += ["".join(chance.choices(digits, k=chance.randint(6, 40))) for _ in range(200)]
    loose = ["โทร 081\u0e482345678 ค่ะ", "0\u0e318\u0e341 \u0e4c234 5678", "ที่ 081 ที่ 2345678"]
    assert [keep(each) for each in loose] == ["โทร   ค่ะ", " ", loose[2]], "marks without a letter hide no number"
    words += [
        *loose,
        "โทร 081-234-5678 ต่อ",
        "+66 (0) 2 123 4567",
        "บ้าน 42/08 ถนน 13.75, 100.50",
        "๐๘๑ ๒๓๔ ๕๖๗๘ ครับ",
        "",
    ]
    with database.begin(clock.now()) as session:
        reporter = reporters.add_nobody(session, clock.now())
        with case_search.filling(session):
            for count, each in enumerate(words):
                case = Case(number=f"FT6901-{count:05d}", description=each, place="", **PLAIN)
                case.reporter_id, case.created_at, case.updated_at = reporter.id, clock.now(), clock.now()
                session.add(case)
    with database.read() as session:
        both = select(Case.description, CaseWords.words).join(CaseWords, Case.id == CaseWords.case_id)
        kept = {told: folded for told, folded in session.execute(both)}
    assert kept == {each: keep(f"{each} ") for each in words}
    for each in words:  # and each is found by the index, by a piece of it
        piece = max(keep(each).split(), key=len, default="")
        if len(lighten(piece)) > 2:
            with database.read() as session:
                found = case_search.list_candidates(session, case_search.read_words(piece), most=1000)
                assert found and found[0], repr(piece)


def test_the_migrations_make_the_search_that_the_models_say() -> None:
    for name, statements in (("sqlite", case_words_sql.SQLITE), ("postgresql", case_words_sql.POSTGRESQL)):
        written: dict[str, str] = {}
        for file in (f"0004_search.{name}.sql", f"0007_search.{name}.sql", f"0012_search.{name}.sql"):
            told = Path(home(), "migrations", "versions", file).read_text("utf-8").split("\n", 1)[1]
            made = [each.replace("CREATE OR REPLACE ", "CREATE ", 1) for each in told.split("\n--;\n")[:-1]]
            written |= {re.split(r"[ (]", each.split(" ", 2)[2], maxsplit=1)[0]: each for each in made}
        assert {each for each in written.values() if each.startswith("CREATE")} == set(statements), name


def test_a_file_made_from_the_models_has_the_same_triggers(sqlite_url: str, tmp_path: Path) -> None:
    made, migrated = Database(f"sqlite:///{tmp_path}/made.db"), Database(sqlite_url)
    schema.make_current(made.engine)
    names = text("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
    with made.read() as one, migrated.read() as other:
        assert one.execute(names).all() == other.execute(names).all()
    made.close()
    migrated.close()
