"""What `fasttrack doctor` asks LINE: token, webhook, quota, menu, groups; and what only the console shows."""

from datetime import timedelta
from urllib.parse import urlsplit

import clock
from bot.line_account import LineAccount, LineAccountProblem, WebhookTest
from bot.line_menus import LineMenus
from bot.rich_menu import DEFAULT, define_menu, is_ours, name_alias
from commands.doctor_findings import Finding, State, find
from commands.doctor_look import Look
from storage import observations
from storage.session import Database
from texts.catalog import LANGUAGES

WEBHOOK_PATH = "/line/webhook"
CLOCK_SECONDS = 15
MOST_GROUPS = 15  # looked at; more would take longer than anybody waits
STAFF = "omb"


def check_token(look: Look) -> list[Finding]:
    """Whose token is it? LINE's clock comes with the answer."""
    if not look.settings.line_channel_access_token.get_secret_value():
        return [find("unseen", "line.skipped")]
    try:
        account = look.open_line().get_bot()
    except LineAccountProblem as problem:
        if problem.status == 401:
            return [find("wrong", "token.refused")]
        if problem.status is None:
            return [find("wrong", "token.away", url=look.settings.line_api_base_url, problem=_explain(problem))]
        return [find("wrong", "token.answered", status=problem.status)]
    look.left["account"] = account
    if account.told_at is not None:
        # The machine's own time, also where ours is turned for a trial.
        here = clock.now() - timedelta(seconds=clock.offset_seconds())
        look.left["ahead"] = round((here - account.told_at).total_seconds())
    return [find("ok", "token.fine", name=account.name, basic_id=account.basic_id)]


def check_clock(look: Look) -> list[Finding]:
    """Does this machine's clock agree with LINE's?"""
    if "account" not in look.left:
        return _skip()
    ahead: int | None = look.left.get("ahead")
    if ahead is None:
        return [find("unseen", "clock.unseen")]
    if abs(ahead) > CLOCK_SECONDS:
        way = "ahead of" if ahead > 0 else "behind"
        return [find("wrong", "clock.wrong", seconds=abs(ahead), way=way)]
    return [find("ok", "clock.fine")]


def check_webhook(look: Look) -> list[Finding]:
    """Where do events go, is that switched on, and does LINE reach it?"""
    if "account" not in look.left:
        return _skip()
    line, expected = look.open_line(), f"{look.settings.public_base_url}{WEBHOOK_PATH}"
    try:
        webhook = line.find_webhook()
    except LineAccountProblem as problem:
        return [find("wrong", "webhook.unasked", problem=problem)]
    if webhook is None or not webhook.url:
        return [find("wrong", "webhook.missing", expected=expected)]
    shown = urlsplit(webhook.url)._replace(query="", fragment="").geturl()
    found = []
    if shown != expected:
        found.append(find("wrong", "webhook.elsewhere", url=shown, expected=expected))
    if not webhook.active:
        found.append(find("wrong", "webhook.off"))
    found = found or [find("ok", "webhook.fine", url=shown)]
    return [*found, _test_webhook(line)]


def _test_webhook(line: LineAccount) -> Finding:
    try:
        seen = line.test_webhook()
    except LineAccountProblem as problem:
        return find("warning", "webhook.untested", problem=problem)
    if seen.success:
        return find("ok", "webhook.tested")
    return find("wrong", _name_failure(seen), status=seen.status, reason=seen.reason)


def _name_failure(seen: WebhookTest) -> str:
    if seen.status in (401, 403):
        return "webhook.signature"
    if seen.status in (404, 405):
        return "webhook.not_found"
    if 300 <= seen.status < 400:
        return "webhook.moved"
    if seen.status:
        return "webhook.failing"
    return "webhook.slow" if "TIMEOUT" in seen.reason.upper() else "webhook.unreached"


def check_redelivery(look: Look) -> list[Finding]:
    """Does LINE send again what we could not take? It is seen only once it has happened."""
    database: Database | None = look.left.get("database")
    if database is not None:
        with database.read() as session:
            if observations.has_redelivered(session):
                return [find("ok", "redelivery.seen")]
    return [find("unseen", "redelivery.unseen")]


def check_chat(look: Look) -> list[Finding]:
    """Does anybody or anything else answer in this account?"""
    account = look.left.get("account")
    found = [find("warning", "chat.on")] if account is not None and account.chats else []
    return [*found, find("unseen", "chat.unseen")]


def check_quota(look: Look) -> list[Finding]:
    """How much of this month's messages is gone?"""
    if "account" not in look.left:
        return _skip()
    try:
        quota = look.open_line().get_quota()
    except LineAccountProblem as problem:
        return [find("warning", "quota.unseen", problem=problem)]
    if quota.limit is None:
        return [find("ok", "quota.unlimited", used=quota.used)]
    percent = 100 if quota.limit <= 0 else int(quota.used * 100 / quota.limit)
    levels: tuple[tuple[int, State, str], ...] = (
        (100, "wrong", "quota.gone"),
        (90, "warning", "quota.nearly"),
        (70, "warning", "quota.watch"),
        (0, "ok", "quota.fine"),
    )
    state, code = next((state, code) for least, state, code in levels if percent >= least)
    return [find(state, code, percent=percent, used=quota.used, limit=quota.limit)]


def check_menu(look: Look) -> list[Finding]:
    """Is our menu shown, in both languages, and is it today's?"""
    if "account" not in look.left:
        return _skip()
    settings = look.settings
    token = settings.line_channel_access_token.get_secret_value()
    line = LineMenus(settings.line_api_base_url, token, settings.line_data_api_base_url)
    try:
        ours = {menu.menu_id: menu.name for menu in line.list_menus() if is_ours(menu.name)}
        aliases, shown = line.list_aliases(), line.find_default()
    except LineAccountProblem as problem:
        return [find("warning", "menu.unseen", problem=problem)]
    if not ours:
        return [find("warning", "menu.none")]
    if shown not in ours:
        return [find("warning", "menu.hidden")]
    for language in LANGUAGES:
        if aliases.get(name_alias(language)) not in ours:
            return [find("warning", "menu.language", alias=name_alias(language))]
    today = {language: define_menu(language)["name"] for language in LANGUAGES}
    if ours[shown] != today[DEFAULT] or any(ours[aliases[name_alias(one)]] != name for one, name in today.items()):
        return [find("warning", "menu.old")]
    return [find("ok", "menu.fine")]


def check_groups(look: Look) -> list[Finding]:
    """May the account be in groups? Seen by those it is in, and by those it could not stay in."""
    database: Database | None = look.left.get("database")
    if look.has("database.absent"):
        return [find("unseen", "groups.unseen")]
    if database is None or "account" not in look.left:
        what = "the database cannot be used" if database is None else "LINE cannot be asked"
        return [find("unseen", "groups.unasked", problem=what)]
    with database.read() as session:
        bound = observations.list_bound_groups(session)
        thrown_out = observations.was_last_group_left_at_once(session)
    line, newest = look.open_line(), bound[:MOST_GROUPS]
    try:
        lost = [organisation for chat_id, organisation in newest if line.find_group_name(chat_id) is None]
    except LineAccountProblem as problem:
        return [find("warning", "groups.unasked", problem=problem)]
    found = []
    if lost:
        named = ", ".join(sorted(set(lost)))
        found.append(find("wrong", "groups.lost", count=len(lost), organisations=named))
    if thrown_out:
        found.append(find("wrong", "groups.left_at_once"))
    if not bound and not thrown_out:
        found.append(find("unseen", "groups.unseen"))
    if bound and not found:
        organisations = len({organisation for _, organisation in bound})
        values = {"count": len(bound), "organisations": organisations, "looked": len(newest)}
        found.append(find("ok", "groups.fine", **values))
    if STAFF not in {organisation for _, organisation in bound}:
        found.append(find("warning", "groups.no_staff"))
    return found


def _skip() -> list[Finding]:
    return [find("unseen", "line.skipped")]


def _explain(problem: LineAccountProblem) -> str:
    cause = problem.__cause__
    reason = getattr(cause, "reason", None) or cause
    return type(reason).__name__
