"""What `fasttrack doctor` sees of e-mail: the servers let us in, and nothing waits. No mail is sent or read."""

import clock
from commands.doctor_findings import Finding, find
from commands.doctor_look import Look
from integrations.inbox_mail import ImapInbox, InboxAway, read_inbox_url
from integrations.mail import BadAddress, SmtpClient, Taken, read_sender, read_smtp_url
from storage import contacts, mail

SECONDS = 5.0
STUCK_MINUTES = 30


def check_mail(look: Look) -> list[Finding]:
    """Can offices without a group be written to?"""
    url, sender = look.settings.smtp_url.get_secret_value(), look.settings.mail_from
    if not url:
        return _find_nothing_set(look)
    try:
        server = read_smtp_url(url)
        read_sender(sender)
    except BadAddress as problem:
        return [find("wrong", "mail.address", problem=problem)]
    where = f"{server.host}:{server.port}"
    answer = SmtpClient(server, sender, seconds=SECONDS).knock()
    if not isinstance(answer, Taken):
        return [find("wrong", "mail.away", where=where, problem=answer.reason)]
    found = _look_into(look)
    if not (server.starttls or server.tls_at_once) and server.user:
        found.append(find("warning", "mail.plain", where=where))
    return found or [find("ok", "mail.fine", where=where)]


def check_inbox(look: Look) -> list[Finding]:
    """Can the mailbox that people write to be read?"""
    url = look.settings.inbox_url.get_secret_value()
    if not url:
        return [find("ok", "inbox.none")]
    try:
        server = read_inbox_url(url)
        ImapInbox(server, seconds=SECONDS).knock()
    except BadAddress as problem:
        return [find("wrong", "inbox.address", problem=problem)]
    except InboxAway as problem:
        return [find("wrong", "inbox.away", where=f"{server.host}:{server.port}", problem=problem)]
    where = f"{server.folder} at {server.host}:{server.port}"
    if not (server.tls or server.starttls):
        return [find("warning", "inbox.plain", where=where)]
    return [find("ok", "inbox.fine", where=where)]


def _find_nothing_set(look: Look) -> list[Finding]:
    database = look.left.get("database")
    if database is None:
        return [find("ok", "mail.none")]
    with database.read() as session:
        count = len(contacts.list_contacts(session))
    return [find("wrong", "mail.unset", count=count)] if count else [find("ok", "mail.none")]


def _look_into(look: Look) -> list[Finding]:
    database = look.left.get("database")
    if database is None:
        return []
    found = []
    with database.read() as session:
        if dead := mail.count_states(session).get("dead", 0):
            found.append(find("warning", "mail.dead", count=dead))
        oldest = mail.find_oldest_unsent(session)
    if oldest is not None:
        minutes = int((clock.now() - oldest[0]).total_seconds() // 60)
        if minutes >= STUCK_MINUTES:
            found.append(find("warning", "mail.stuck", minutes=minutes, problem=oldest[1] or "nothing sends"))
    return found
