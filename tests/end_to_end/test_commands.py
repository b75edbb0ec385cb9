"""The small commands, as an operator or another program calls them: what goes in, what comes out."""

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from cases.categories import list_categories
from storage.models import Case, OutboxMessage
from tests.end_to_end.program import Program
from tests.handlers.door import Door, make_message, person, say
from tests.places.measured import as_geojson, middle_of, tile_features

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
BMA_LAYER = Path(__file__).resolve().parents[3] / "shared" / "data" / "boundaries-bma.geojson"
DIN_DAENG = 1026


# --- invite -------------------------------------------------------------------------------------------------
def test_the_last_word_of_invite_is_the_code(migrated: Program) -> None:
    first, second = (each.run("invite", "--org", "district:1026") for each in (migrated.as_installed, migrated))

    assert (first.code, first.err) == (0, "")
    assert "district:1026" in first.out
    codes = {first.out.split()[-1], second.out.split()[-1]}
    assert len(codes) == 2 and all(len(code) == 8 and code.isalnum() for code in codes)


def test_invite_names_what_the_operator_may_have_meant(program: Program) -> None:
    for asked in ("distict:1026", "เขตดินแดง"):
        assert "district:1026 (Din Daeng District)" in program.run("invite", "--org", asked).complaint
    assert "Codes are" in program.run("invite", "--org", "").complaint
    assert "Not set: SECRET_KEY." in program.run("invite", "--org", "omb", SECRET_KEY="").complaint
    assert program.run("invite").code == 2


# --- route and boundaries -----------------------------------------------------------------------------------
def test_route_answers_each_line_and_names_the_bad_ones(program: Program) -> None:
    lines = [
        "13.7695,100.5530",
        "x",
        "",
        "13.7695,100.5530,ซอย 5 เขตดินแดง",
        "nan,1",
        "0,0",
        "18.79,98.98",
        "13.7",
    ]
    given = b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\n\xff\xfe,1\n"

    ended = program.as_installed.run("route", given=given)

    assert ended.out.splitlines() == [
        "district:1026,,centre",
        "error,,",
        "district:1026,,address",
        "error,,",
        "error,,",
        "outside,,centre",
        "error,,",
        "error,,",
    ]
    assert [line.split(":")[1].strip() for line in ended.err.splitlines()] == [
        f"line {number}" for number in (2, 5, 6, 8, 9)
    ]
    assert ended.code == 1
    assert program.run("route").code == 0


def test_an_imported_layer_is_what_pins_are_looked_up_in(migrated: Program) -> None:
    (migrated.folder / "tiles.geojson").write_text(as_geojson(tile_features()), encoding="utf-8")
    latitude, longitude = middle_of(DIN_DAENG)

    ended = migrated.run("boundaries", "import", "tiles.geojson")

    assert (ended.code, ended.err) == (0, "")
    assert "tiles.geojson: 50 khet" in ended.out
    routed = migrated.run("route", given=f"{latitude},{longitude}\n14.5,100.5\n")
    assert (routed.out, routed.code) == ("district:1026,,boundary\noutside,,boundary\n", 0)


def test_a_wrong_file_is_refused_with_what_is_wrong_and_the_old_layer_stays(program: Program) -> None:
    (program.folder / "tiles.geojson").write_text(as_geojson(tile_features()), encoding="utf-8")
    assert program.as_installed.run("boundaries", "import", "tiles.geojson").code == 0
    wrong: dict[str, tuple[str | bytes, str]] = {
        "letter.geojson": ("Dear sir", "not even JSON"),
        "few.geojson": (as_geojson(tile_features()[1:]), "lacks 1 of 50 khet: Phra Nakhon (1001)"),
        "thai.geojson": (b"\xff\xfe{}", "no UTF-8 text"),
        "deep.geojson": ("[" * 200_000, "not even JSON"),
    }
    for name, (content, said) in wrong.items():
        file = program.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert said in program.run("boundaries", "import", name).complaint
    assert program.run("boundaries", "import", "none.geojson").code == 2
    assert program.run("boundaries", "import", ".").code == 2

    latitude, longitude = middle_of(DIN_DAENG)
    assert program.run("route", given=f"{latitude},{longitude}").out == "district:1026,,boundary\n"


def test_bmas_own_layer_is_taken(program: Program) -> None:
    if not BMA_LAYER.is_file():
        pytest.skip("BMA's layer is not beside this clone (../shared/data): nothing to import.")

    assert program.run("boundaries", "import", str(BMA_LAYER)).code == 0
    assert program.run("route", given="13.7695,100.5530").out == "district:1026,,boundary\n"


# --- what other programs read -------------------------------------------------------------------------------
def test_lists_and_readings_are_json_lines(program: Program) -> None:
    installed = program.as_installed
    listed = [json.loads(line) for line in installed.run("categories").out.splitlines()]
    suggested = json.loads(installed.run("categorise", given='{"text": "ไฟถนนดับ"}\n').out)
    read = json.loads(installed.run("read-reply", given='{"text": "เปลี่ยนหลอดเรียบร้อยแล้วครับ"}\n').out)

    assert [category["code"] for category in listed] == [category.code for category in list_categories()]
    assert set(listed[0]) == {"code", "th", "en", "traffy_types", "resolve_days"}
    assert (suggested["categories"][0], len(suggested["categories"])) == ("lighting", 3)
    assert read == {"action": "resolve", "also": None, "due": None}
    for name in ("categorise", "read-reply"):
        assert program.run(name, given="not json\n").code == 1
    assert list(program.folder.iterdir()) == [], "they need no database"


def test_every_command_says_what_it_is_for(program: Program) -> None:
    listed = program.as_installed.run("--help")

    assert listed.code == 0
    for name in (
        "serve",
        "demo",
        "worker",
        "migrate",
        "invite",
        "seed",
        "route",
        "boundaries",
        "replay",
        "outbox",
    ):
        assert f"\n  {name} " in listed.out
    wrong = program.run("server")
    assert wrong.code == 2 and "No such command" in wrong.err


# --- seed ---------------------------------------------------------------------------------------------------
def test_seed_fills_an_empty_database_and_no_other(migrated: Program) -> None:
    assert migrated.as_installed.run("seed", "--cases", "60").code == 0
    assert "There are cases already" in migrated.run("seed").complaint
    assert migrated.run("seed", "--cases", "5", "--force").code == 0

    engine = create_engine(migrated.database_url)
    with Session(engine) as session:
        cases = session.scalars(select(Case)).all()
        said = session.scalars(select(OutboxMessage)).all()
    engine.dispose()
    assert len({case.number for case in cases}) == len(cases) == 65
    assert len({case.owner for case in cases}) > 20
    assert all(case.owner == "omb" for case in cases if case.confidential)
    assert all("สาธิต" in case.description for case in cases), "each says that it is demo data"
    assert said == [], "demo people hear nothing"


# --- replay and outbox --------------------------------------------------------------------------------------
def test_events_that_failed_are_listed_and_replayed_once_the_cause_is_gone(on_sqlite: Program, tmp_path: Path) -> None:
    assert on_sqlite.as_installed.run("replay").code == 0
    door = Door(on_sqlite.database_url, tmp_path)
    photo = make_message("image", contentProvider={"type": "line"})
    broken = say("ไฟดับ", person(2))
    del broken["message"]["text"]
    door.run("CREATE TRIGGER refuse BEFORE INSERT ON media BEGIN SELECT RAISE(ABORT, 'not today'); END")
    assert door.tell(photo, broken) == 200

    listed = [line.split("\t") for line in on_sqlite.run("replay", "--list").out.splitlines()]
    assert [line[:2] for line in listed] == [
        [photo["webhookEventId"], "image"],
        [broken["webhookEventId"], "undigested"],
    ]
    assert "not today" in listed[0][2] and listed[1][2] == "text message without text"
    failed = on_sqlite.run("replay")
    assert (failed.code, failed.err.splitlines()[-1]) == (1, "2 tried, 0 done")

    door.run("DROP TRIGGER refuse")
    done = on_sqlite.run("replay", "--event", photo["webhookEventId"])
    assert (done.code, done.out) == (0, f"{photo['webhookEventId']}\tdone\n")
    again = on_sqlite.run("replay", "--event", photo["webhookEventId"], "--event", "unheard-of")
    assert (again.code, again.out) == (1, f"{photo['webhookEventId']}\tabsent\nunheard-of\tabsent\n")
    assert door.list_states() == ["done", "failed"]
    door.close()


def test_dead_messages_are_listed_and_sent_again_when_asked(on_sqlite: Program, tmp_path: Path) -> None:
    door = Door(on_sqlite.database_url, tmp_path)
    assert door.tell(say("ไฟถนนดับทั้งซอย"), say("ไฟถนนดับทั้งซอย", person(2))) == 200
    door.run("UPDATE outbox SET state = 'dead', last_error = '400 The request body has 1 error(s)' WHERE id = 1")

    listed = on_sqlite.as_installed.run("outbox", "list").out
    assert listed.splitlines()[:2] == ["dead\t1", "ready\t1"]
    assert "dead 1\t" in listed and "400 The request body has 1 error(s)" in listed

    resent = on_sqlite.run("outbox", "resend", "1")
    assert (resent.code, resent.out) == (0, "1 of 1 in line again\n")
    assert on_sqlite.run("outbox", "list").out == "ready\t2\n"
    nothing = on_sqlite.run("outbox", "resend", "1", "77")
    assert (nothing.code, nothing.out) == (1, "0 of 2 in line again\n")
    for wrong in ("x", "-1", "99999999999999999999"):
        assert on_sqlite.run("outbox", "resend", "--", wrong).code == 2
    door.close()


def test_a_database_of_no_rows_is_no_error(migrated: Program) -> None:
    assert migrated.run("outbox", "list").code == 0
    assert migrated.run("replay", "--list").out == ""
    engine = create_engine(migrated.database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 0
    engine.dispose()
