"""The link by which somebody sets a password: mailed to them where mail is set up, else shown once to who made it."""

import uuid

from sqlalchemy.orm import Session

from cases.mailing import find_way
from console.desk import Desk
from integrations.mail_form import MailLink, MailView, write_html, write_text
from storage import mail, staff_secrets
from storage.models import StaffUser
from texts.catalog import say
from texts.moments import say_lasting_moment


def invite(session: Session, desk: Desk, user: StaffUser) -> str | None:
    """A new link for this person; None where it was mailed."""
    token = staff_secrets.add_invitation(session, user.id, desk.now)
    link = f"{desk.settings.public_base_url}/console/invitation/{token}"
    links = find_way(session)
    if links is None or links.mail_domain is None:
        return link
    view = _write(user, link, say_lasting_moment(user.language, desk.now + staff_secrets.INVITATION, now=desk.now))
    mail.add_mail(
        session,
        organisation=user.organisation,
        recipient=user.email,
        kind="invitation",
        case_id=None,
        thread=f"invitation-{uuid.uuid4()}",
        domain=links.mail_domain,
        subject=view.subject,
        text=write_text(view),
        html=write_html(view),
        now=desk.now,
    )
    return None


def _write(user: StaffUser, link: str, until: str) -> MailView:
    def words(key: str, **values: object) -> str:
        return say(user.language, f"console.invitation.mail_{key}", **values)

    return MailView(
        subject=words("subject"),
        sender=say(user.language, "mail.sender"),
        lead=words("lead", name=user.name),
        links=(MailLink(words("button"), link),),
        notes=(words("until", until=until), words("not_you")),
    )
