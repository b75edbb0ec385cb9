"""Opening the database, and the one way to write to it.

`Database.begin` is a unit of work: what is queued for LINE inside it is written just before the commit, and
delivery is woken just after.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

import clock
from storage import outbox
from storage.engines import READ, Waits, open_engine
from storage.links import Links
from storage.readiness import Readiness
from storage.shared_commit import Act, Pledge, SharedCommit, do_nothing
from storage.waiting import Said


class Database:
    """An engine and its sessions. `lease` is set where this process delivers what it writes.

    `may_fold`: whether what waited for a call may be said at a moment; at any, where nobody set it. `is_quiet`:
    whether a group is to hear of danger alone; with `quiet_nights` all else waits then. `renew`: what waited for a
    chat, as it is said now.
    """

    def __init__(self, url: str, links: Links | None = None, waits: Waits | None = None) -> None:
        waits = waits or Waits()
        self.engine = open_engine(url, waits)
        self.links = links
        self.dialect = self.engine.dialect.name
        self.lease: timedelta | None = None
        self.after_commit: Callable[[outbox.Queued], None] | None = None
        self.join_gathering: Act | None = None
        self.may_fold: Callable[[Session, str, datetime], bool] | None = None
        self.is_quiet: Callable[[Session, str, datetime], bool] | None = None
        self.quiet_nights = False
        self.renew: Callable[..., list[Said]] | None = None
        self._shared = SharedCommit(self.engine, waits.lock) if self.dialect == "sqlite" else None
        # An error in the ORM must undo no more than its own unit: on SQLite others share the transaction.
        self._riding: dict[str, Any] = {
            "expire_on_commit": False,
            "join_transaction_mode": "create_savepoint" if self._shared else "rollback_only",
        }
        self._reads = sessionmaker(self.engine.execution_options(**READ), expire_on_commit=False)
        self._readiness = Readiness(self.engine, self.begin)

    @contextmanager
    def begin(self, now: datetime | None = None, since: float | None = None) -> Iterator[Session]:
        """One transaction: commits at the end, rolls back whole on any error.

        `since`: the monotonic moment at which whoever waits for it came, where that was before this call.

        The connection is opened first and the session only rides on it: most turns of a conversation never need
        the ORM, and what `storage` sends by `connection()` then costs no session machinery.
        """
        opened = self._shared.unit(since) if self._shared else self.engine.begin()
        with opened as connection, self._ride(connection) as session:
            session.info.update(connection=connection, links=self.links, renew=self._bind_renewal(now))
            queued = outbox.open_queue(
                session,
                lease=self.lease,
                may_fold=self.may_fold,
                is_quiet=self.is_quiet if self.quiet_nights else None,
            )
            yield session
            outbox.write_queue(session, now or clock.now())
        if queued.written and self.after_commit:
            self.once_durable(partial(self.after_commit, queued))

    def _bind_renewal(self, now: datetime | None) -> Callable[[Session, str, list[Said]], list[Said]] | None:
        return partial(self.renew, now=now or clock.now()) if self.renew else None

    @contextmanager
    def _ride(self, connection: Connection) -> Iterator[Session]:
        """A session over an open connection. One that was never used has nothing to be closed."""
        session = Session(connection, **self._riding)
        try:
            yield session
            if session.in_transaction():
                session.commit()  # writes what is pending; the connection's own commit follows
                session.close()
        except BaseException:
            session.close()
            raise

    @property
    def has_one_writer(self) -> bool:
        """Whether all writing goes through one connection, so that threads side by side gain nothing."""
        return self._shared is not None

    @contextmanager
    def gather(self, since: float) -> Iterator[Callable[[], Pledge]]:
        """Where there is one writer, let the units of this thread share a commit: see `SharedCommit.gather`.

        Delivery writes down in the same commit how its calls ended. `since`: when whoever waits longest came.
        """
        assert self._shared is not None
        with self._shared.gather(since) as open_pledge:
            joined = open_pledge()
            if self.join_gathering:
                self.join_gathering()
            yield open_pledge
        joined.redeem()

    def once_durable(self, act: Act, otherwise: Act = do_nothing) -> None:
        """Do this once the unit that this thread ended last is on the disk: now, or after a gathering."""
        pledge = self._shared.pledge if self._shared else None
        if pledge is None:
            act()
        else:
            pledge.follow(act, otherwise)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for looking only; nothing done in it is kept."""
        with self._reads() as session:
            session.info.update(connection=session.connection(), links=self.links)
            yield session

    def check_writable(self) -> None:
        """Raises SQLAlchemyError where a webhook could not be kept now. Looks at most once in a few seconds."""
        self._readiness.check()

    def close(self) -> None:
        """Give back every connection."""
        if self._shared:
            self._shared.close()
        self.engine.dispose()
