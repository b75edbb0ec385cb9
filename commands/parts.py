"""Opens the parts a process needs, by its settings, and closes them again."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

import structlog

from bot.delivery import Delivery
from bot.line_client import HttpLineClient, choose_call_seconds
from bot.line_content import LineContent
from bot.menu_links import MenuLinks
from commands import schema
from commands.database import open_database
from commands.logs import set_up_logging
from commands.preflight import check_settings
from config import Settings, SettingsProblem
from handlers.dispatch import Dispatcher
from handlers.routing import Router
from integrations.inbox_mail import ImapInbox, read_inbox_url
from integrations.mail import BadAddress, SmtpClient, read_sender, read_smtp_url
from jobs.account import AccountReader
from jobs.budget import BudgetWatcher
from jobs.data_copies import CopyMaker
from jobs.evidence import PhotoChecker
from jobs.inbox_mail import InboxReader
from jobs.leaving import GroupLeaver
from jobs.mail import MailSender
from jobs.media import MediaCopier
from jobs.menus import MenuShower
from jobs.naming import PeopleNamer
from jobs.overriding import OverrideReader
from jobs.relaying import Relayer
from jobs.schedule import Schedule
from jobs.up_time import UpTimeKeeper
from jobs.wording import WordingKeeper
from storage.files import Store, StoreProblem, open_store
from storage.session import Database

log = structlog.get_logger()


@dataclass(slots=True)
class Parts:
    """What serves and what delivers; `delivery`, `copier` and `schedule` only where this process does so."""

    database: Database
    store: Store
    dispatcher: Dispatcher
    router: Router
    wording: WordingKeeper
    overrides: OverrideReader
    up_time: UpTimeKeeper
    delivery: Delivery | None = None
    copier: MediaCopier | None = None
    schedule: Schedule | None = None
    leaver: GroupLeaver | None = None
    menus: MenuShower | None = None
    namer: PeopleNamer | None = None
    relayer: Relayer | None = None
    budget: BudgetWatcher | None = None
    account: AccountReader | None = None
    checker: PhotoChecker | None = None
    copies: CopyMaker | None = None
    mailer: MailSender | None = None
    reader: InboxReader | None = None

    def start(self) -> None:
        """Start the threads that deliver, copy and keep time."""
        self.router.look_beside()
        self.wording.start()
        self.overrides.start()
        self.up_time.start()
        if self.delivery:
            self.delivery.start()
        if self.copier:
            self.copier.start()
        if self.schedule:
            self.schedule.start()
        if self.leaver:
            self.leaver.start()
        if self.menus:
            self.menus.start()
        if self.namer:
            self.namer.start()
        if self.relayer:
            self.relayer.start()
        if self.budget:
            self.budget.start()
        if self.account:
            self.account.start()
        if self.checker:
            self.checker.start()
        if self.copies:
            self.copies.start()
        if self.mailer:
            self.mailer.start()
        if self.reader:
            self.reader.start()

    def stop(self) -> None:
        """Stop them, let them finish what they hold, and give the database back."""
        if self.reader:
            self.reader.stop()
        if self.mailer:
            self.mailer.stop()
        if self.copies:
            self.copies.stop()
        if self.checker:
            self.checker.stop()
        if self.account:
            self.account.stop()
        if self.budget:
            self.budget.stop()
        if self.relayer:
            self.relayer.stop()
        if self.namer:
            self.namer.stop()
        if self.menus:
            self.menus.stop()
        if self.leaver:
            self.leaver.stop()
        if self.schedule:
            self.schedule.stop()
        if self.copier:
            self.copier.stop()
        if self.delivery:
            self.delivery.stop(timeout=10)
        self.up_time.stop()
        self.overrides.stop()
        self.wording.stop()
        self.router.stop()
        self.database.close()


def open_service(settings: Settings, *, delivers: bool, serves: bool = True) -> Parts:
    """The parts of a process that serves or delivers, over a database that is up to date. Raises SettingsProblem."""
    check_settings(settings)
    set_up_logging(settings.log_level)
    parts = open_parts(settings, delivers=delivers, serves=serves)
    schema.make_current(parts.database.engine)
    return parts


def open_parts(settings: Settings, *, delivers: bool, serves: bool = True) -> Parts:
    """Everything a process of this kind works with; nothing is started yet. Raises SettingsProblem."""
    try:
        store = open_store(settings.media_url)
    except StoreProblem as problem:
        raise SettingsProblem(str(problem)) from None
    database = open_database(settings)
    router = Router(database)
    dispatcher = Dispatcher(database, settings, router)
    up_time = UpTimeKeeper(database, [role for role, is_ours in (("web", serves), ("worker", delivers)) if is_ours])
    parts = Parts(database, store, dispatcher, router, WordingKeeper(database), OverrideReader(database), up_time)
    if not delivers:
        return parts
    token = settings.line_channel_access_token.get_secret_value()
    lease = timedelta(seconds=settings.delivery_lease_seconds)
    client = HttpLineClient(
        settings.line_api_base_url,
        token,
        pool_size=settings.delivery_threads,
        call_seconds=choose_call_seconds(lease.total_seconds()),
    )
    parts.delivery = Delivery(
        database, client, threads=settings.delivery_threads, lease=lease, on_quota_gone=_say_quota_gone
    )
    content = LineContent(settings.line_data_api_base_url, token, max_bytes=settings.media_max_bytes)
    parts.copier = MediaCopier(database, content, store)
    dispatcher.after_media = parts.copier.wake
    parts.schedule = Schedule(database)
    parts.leaver = GroupLeaver(database, client.leave_group)
    parts.menus = MenuShower(database, MenuLinks(settings.line_api_base_url, token).show)
    parts.namer = PeopleNamer(database, client.find_member_name)
    parts.relayer = Relayer(database)
    parts.budget = BudgetWatcher(
        database, client.count_members, client.find_quota, reserve=settings.line_reserve_percent
    )
    if not settings.line_basic_id:
        parts.account = AccountReader(database, client.find_basic_id, token)
    parts.checker = PhotoChecker(database, store)
    parts.copies = CopyMaker(database, store)
    if smtp_url := settings.smtp_url.get_secret_value():
        parts.mailer = MailSender(database, SmtpClient(read_smtp_url(smtp_url), settings.mail_from))
    if inbox_url := settings.inbox_url.get_secret_value():
        ours, name = _find_sender(settings), parseaddr(settings.mail_from)[0]
        parts.reader = InboxReader(database, _open_inbox(inbox_url), store, our_address=ours, our_name=name)
    return parts


def _open_inbox(inbox_url: str) -> ImapInbox:
    try:
        return ImapInbox(read_inbox_url(inbox_url))
    except BadAddress as problem:
        raise SettingsProblem(f"{problem}.") from None


def _find_sender(settings: Settings) -> str:
    return read_sender(settings.mail_from) if settings.mail_from else ""


def _say_quota_gone() -> None:
    """Staff cannot be told in LINE, for that would be a push: whoever watches the log or the metrics tells them."""
    log.error(
        "line.month_used_up",
        mend="buy more messages, or wait for the month; what is held goes out by itself within an hour of either",
    )
