"""A sender of e-mail in a process of its own, to be killed: `-m tests.jobs.dying_mailer DATABASE SMTP_URL`"""

import sys
from datetime import timedelta
from time import sleep

from integrations.mail import SmtpClient, read_smtp_url
from jobs.mail import MailSender
from storage.session import Database


def main(database_url: str, smtp_url: str) -> None:
    """Send until killed."""
    client = SmtpClient(read_smtp_url(smtp_url), "fasttrack@omb.example", seconds=30.0)
    MailSender(Database(database_url), client, look_every=0.05).start()
    sleep(timedelta(minutes=2).total_seconds())


if __name__ == "__main__":
    main(*sys.argv[1:])
