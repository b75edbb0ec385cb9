"""Every route of the console, tried by everybody: each role, an office of another case, nobody, and a forged form."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from werkzeug.routing import Rule

import clock
from cases import intake
from commands.web import STAFF_COOKIE
from console import sessions
from console.permissions import RIGHTS, Right, StaffRole, may
from storage import reporters
from tests.desk import Clerk, DeskHouse

HEADERS = {
    "Referrer-Policy": ("same-origin", "no-referrer"),
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("DENY",),
    "X-Robots-Tag": ("noindex, nofollow",),
    "Cross-Origin-Opener-Policy": ("same-origin",),
}


def _has_case(desk: DeskHouse, organisation: str, description: str = "ไฟถนนดับทั้งซอย", **marks: object) -> str:
    now = clock.now()
    with desk.database.begin(now) as session:
        told = {
            "description": description,
            "category": "lighting",
            "place": {"org": organisation, "how": "address", "words": "ซอย 5"},
        }
        reporter = reporters.get_or_add_line_reporter(session, "U" + "1" * 32, now)
        case = intake.submit_report(session, slots=told, reporter=reporter, language="th", now=now, most_a_day=1000)
        for name, value in marks.items():
            setattr(case, name, value)
        return case.number


def _list_routes(desk: DeskHouse) -> Iterator[tuple[Rule, Right, str]]:
    rights = desk.console.extensions["console.rights"]
    for rule in desk.console.url_map.iter_rules():
        if rule.endpoint == "assets":
            continue
        assert rule.endpoint in rights, f"{rule} names no right"
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield rule, rights[rule.endpoint], method


def _fill(rule: Rule, number: str) -> str:
    """The address of a route, about this case."""

    def fill(found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        return number if name == "number" else "1" if kind else "x"

    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", fill, rule.rule)


def _shows_page(desk: DeskHouse, path: str) -> bool:
    """Whether something answers a look at this address."""
    return any(method == "GET" and re.fullmatch(_as_pattern(rule), path) for rule, _, method in _list_routes(desk))


def _as_pattern(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "[^/]+", rule.rule)


def _ask(clerk: Clerk, method: str, path: str) -> int:
    """What it answers to them; whoever was signed out by what they sent before comes in again."""
    for _ in range(2):
        answer = clerk.client.open(path, method=method, data={} if method == "POST" else None)
        if not answer.headers.get("Location", "").startswith("/console/sign-in"):
            break
        clerk.comes_back()
    return answer.status_code


@pytest.mark.timeout(300)
def test_every_route_by_every_role_and_organisation(desk: DeskHouse) -> None:
    desk.console.config["WTF_CSRF_ENABLED"] = False  # that forms need a token is another test
    assert set(RIGHTS) == set(Right) and all(RIGHTS.values())
    theirs, elsewhere = _has_case(desk, "district:1026"), _has_case(desk, "district:1001")
    secret = _has_case(desk, "district:1026", "เจ้าหน้าที่เขตเรียกเงิน", confidential=True)
    clerks = {role: desk.clerk(role) for role in StaffRole}
    routes = list(_list_routes(desk))
    assert {"GET", "POST"} == {method for _, _, method in routes}
    wrong: list[str] = []
    for rule, right, method in routes:
        about_case = "<number>" in rule.rule
        for role, clerk in clerks.items():
            of_office = role in (StaffRole.OFFICE, StaffRole.OFFICE_VIEWER)
            for number in (theirs, *((elsewhere, secret) if of_office else ()))[: None if about_case else 1]:
                status = _ask(clerk, method, _fill(rule, number))
                if not may(role, right):
                    fits = status == 403
                elif number != theirs:
                    fits = status in (404, 400)  # as for a case that is not there
                else:
                    fits = status != 403 and status < 500
                if not fits:
                    wrong.append(f"{method} {rule} ({right}) by {role}, case {number}: {status}")
    assert wrong == []


def test_a_number_that_no_row_can_have_is_not_found(desk: DeskHouse) -> None:
    desk.console.config["WTF_CSRF_ENABLED"] = False
    number = _has_case(desk, "district:1026")
    clerks = {role: desk.clerk(role) for role in (StaffRole.ADMIN, StaffRole.OFFICER)}
    asked = 0
    for rule, right, method in _list_routes(desk):
        clerk = next(each for role, each in clerks.items() if may(role, right))
        for name in re.findall(r"<int:(\w+)>", rule.rule):
            path = rule.rule.replace("<number>", number)
            for key in (2**63, "9" * 5000, "-1"):
                found = _fill(Rule(path.replace(f"<int:{name}>", str(key))), number)
                assert _ask(clerk, method, found) == 404, (rule, key)
            assert _ask(clerk, method, _fill(Rule(path.replace(f"<int:{name}>", "9" * 18)), number)) < 500, rule
            asked += 1
    assert asked > 25


def test_nobody_gets_past_the_door_without_signing_in(desk: DeskHouse) -> None:
    desk.console.config["WTF_CSRF_ENABLED"] = False
    number = _has_case(desk, "district:1026")
    nobody = desk.stranger()
    for rule, right, method in _list_routes(desk):
        if right == Right.ANYBODY:
            continue
        path = _fill(rule, number)
        answer = nobody.client.open(path, method=method)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/console/sign-in"), path
        assert number not in answer.text or "next=" in answer.headers["Location"]
        wanted = parse_qs(urlsplit(answer.headers["Location"]).query).get("next", [""])[0]
        if method == "POST" and right != Right.ENTERING:  # what was filled in is not sent again: back to its page
            assert _shows_page(desk, wanted) or wanted == "", f"{path} leads to {wanted}"
        else:
            assert wanted == ("" if method == "POST" else path), path
        asked = nobody.client.open(path, method=method, headers={"HX-Request": "true"})
        assert (asked.status_code, asked.text) == (200, "") and asked.headers["HX-Redirect"] == "/console/sign-in"


def test_a_form_from_elsewhere_is_refused_in_thai(desk: DeskHouse) -> None:
    orathai = desk.clerk("officer")
    orathai.client.post("/console/language", data={"language": "en"})
    for rule, _, method in _list_routes(desk):
        if method == "POST":
            answer = orathai.client.post(_fill(rule, "FT6911-00001"), data={"csrf_token": "forged"})
            assert answer.status_code == 400, rule
            assert 'lang="th"' in answer.text and "แบบฟอร์มนี้ใช้ไม่ได้แล้ว" in answer.text
    orathai.opens("/console/").sees("console.today.title")


def test_headers_and_cookies_give_nothing_away(desk: DeskHouse) -> None:
    assert STAFF_COOKIE == sessions.COOKIE
    orathai = desk.clerk("officer")
    for path in ("/console/", "/console/sign-in", "/console/nothing-here", "/console/invitation/x"):
        answer = orathai.client.get(path)
        for name, values in HEADERS.items():
            assert answer.headers[name] in values, (path, name)
        assert (
            answer.headers["Cache-Control"] == "no-store"
            and "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        )
    fresh = desk.stranger().client.get("/console/sign-in").headers["Set-Cookie"]
    for flag in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/console"):
        assert flag in fresh, flag
    style = orathai.client.get("/console/assets/anything/console.css", headers={"Accept-Encoding": "gzip"})
    assert style.headers["Content-Encoding"] == "gzip" and style.headers["Cache-Control"] == "no-cache"
    linked = str(orathai.opens("/console/").page.select('link[rel="stylesheet"]')[-1]["href"])
    assert "immutable" in orathai.client.get(linked).headers["Cache-Control"]
    for outside in ("../application.py", "vendor/../../console/application.py", "vendor/.made-from", "%2e%2e/desk.py"):
        assert orathai.client.get(f"/console/assets/x/{outside}").status_code == 404, outside


def test_large_bodies_are_read_from_those_who_signed_in_alone(desk: DeskHouse) -> None:
    url, body = f"{desk.chat.web.url}/console/language", b"x" * 3_000_000
    orathai = desk.clerk("officer")
    for cookie, read in ((orathai._cookie, True), ("a" * 43 + "." + "b" * 22, False), ("", False)):
        answer = requests.post(url, data=body, cookies={STAFF_COOKIE: cookie}, timeout=30)
        assert (answer.status_code, answer.headers["Content-Type"].startswith("text/html")) == (413, read)
    assert requests.head(f"{desk.chat.web.url}/console/sign-in", timeout=30).status_code == 200


def test_what_goes_wrong_is_told_with_what_to_do(
    desk: DeskHouse, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    orathai = desk.clerk("officer")
    orathai.opens("/console/nothing-here", 404).sees("console.errors.hint_404").follows("console.errors.home")
    orathai.posts("/console/menu", 405).sees("console.errors.title_405")
    large = orathai.client.post("/console/language", data={"x": "y" * 2_100_000})
    assert large.status_code == 413 and "40 MB" in large.text

    def fall(*_: object, **__: object) -> None:
        raise ValueError("the words of somebody")

    monkeypatch.setattr("console.account.find_next", fall)
    orathai.posts("/console/language", 500, language="th").sees("console.errors.title_500").hides("the words of")
    monkeypatch.setattr("console.desk.render_template", fall)  # and when there is no page at all
    answer = orathai.client.get("/console/menu")
    assert answer.status_code == 500 and "the words of somebody" not in answer.text
    assert "the words of" not in "".join(capfd.readouterr()), "the log holds no words of anybody"
