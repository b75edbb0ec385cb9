"""Sends the e-mail that stands in the database: claimed by lease, handed to the mail server, settled.

A crash between the server's yes and the settling leaves a lease that runs out, and the mail goes again under the
same Message-ID, by which mail programs know it for one.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Gauge

import clock
from cases import staff_lines
from integrations.mail import Answer, Letter, MailClient, Refused, Taken, TryLater
from jobs.looking import Looking
from storage import cases as stored
from storage import mail
from storage.mail import OutgoingMail
from storage.session import Database

LOOK_EVERY = 2.0  # seconds
LEASE = timedelta(minutes=5)  # longer than a server that is slow at every word may take
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP = timedelta(days=3)
TRIES_AT_LEAST = 6  # also for what is days old when we come back from an outage
SENT = Counter("fasttrack_mail_sent", "E-mails that the mail server took, by kind", ["kind"])
RETRIED = Counter("fasttrack_mail_retried", "E-mails that will be tried again")
DEAD = Counter("fasttrack_mail_dead", "E-mails that no server will take")
AWAY = Gauge("fasttrack_mail_server_away", "1 while the mail server is away or does not let us in")
log = structlog.get_logger()


class MailSender(Looking):
    """One thread that sends."""

    def __init__(
        self,
        database: Database,
        client: MailClient,
        *,
        look_every: float = LOOK_EVERY,
        now: Callable[[], datetime] = clock.now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__("mail-sender", self._look_once, every=look_every, undone="e-mail not sent")
        self._database = database
        self._client = client
        self._now = now
        self._chance = chance

    def send_due(self) -> int:
        """Send what is due, oldest first; how many the server took. Ends early where it takes none at all."""
        taken = 0
        while not self.is_stopping and (claim := self._claim()) is not None:
            answer = self._hand_over(claim)
            self._settle(claim, answer)
            taken += isinstance(answer, Taken)
            if isinstance(answer, TryLater) and answer.ours:
                break
        return taken

    def _look_once(self) -> None:
        self.send_due()

    def _claim(self) -> OutgoingMail | None:
        now = self._now()
        with self._database.read() as session:
            if not mail.has_due(session, now):
                return None
        with self._database.begin(now) as session:
            return mail.claim_next(session, now=now, lease=LEASE)

    def _hand_over(self, claim: OutgoingMail) -> Answer:
        letter = Letter(
            message_id=claim.message_id,
            thread=claim.thread,
            recipient=claim.recipient,
            subject=claim.subject,
            text=claim.text,
            html=claim.html,
            written_at=claim.created_at,
        )
        try:
            return self._client.send(letter)
        except Exception as defect:  # one odd letter must not end the thread, nor stay leased and unexplained
            log.exception("mail_send_failed", mail=claim.id)
            return TryLater(type(defect).__name__)

    def _settle(self, claim: OutgoingMail, answer: Answer) -> None:
        now = self._now()
        AWAY.set(isinstance(answer, TryLater) and answer.ours)
        match answer:
            case Taken():
                with self._database.begin(now) as session:
                    mail.settle(session, claim, state="sent", now=now)
                SENT.labels(claim.kind).inc()
            case TryLater(reason) if not self._is_given_up(claim, now):
                again = now + self._wait(claim)
                with self._database.begin(now) as session:
                    mail.settle(session, claim, state="ready", now=now, next_at=again, reason=reason)
                RETRIED.inc()
                log.warning("mail_put_off", mail=claim.id, tries=claim.attempts, reason=reason)
            case TryLater(reason) | Refused(reason):
                self._bury(claim, reason, now)

    def _bury(self, claim: OutgoingMail, reason: str, now: datetime) -> None:
        """It will not go: staff learn which office does not hear of which case."""
        with self._database.begin(now) as session:
            if not mail.settle(session, claim, state="dead", now=now, reason=reason):
                return
            case = stored.find_case(session, claim.case_id) if claim.case_id else None
            if case is not None:
                staff_lines.tell_mail_dead(session, case, claim.organisation, claim.recipient, now)
        DEAD.inc()
        log.error("mail_dead", mail=claim.id, organisation=claim.organisation, reason=reason)

    def _is_given_up(self, claim: OutgoingMail, now: datetime) -> bool:
        return claim.attempts >= TRIES_AT_LEAST and now - claim.created_at > GIVE_UP

    def _wait(self, claim: OutgoingMail) -> timedelta:
        """Twice as long each time, and never quite the same, so that what failed together is not tried together."""
        longest = min(FIRST_WAIT * (1 << min(claim.attempts - 1, 10)), LONGEST_WAIT)
        return longest * (0.75 + self._chance() / 4)
