"""One commit for all who stand in line: how several threads write to one SQLite file.

SQLite lets one transaction write at a time, and making it durable costs a flush to the disk. Here the units of
work run one after the other on one connection, each inside a savepoint, and whoever finds nobody waiting behind
commits for all; each thread goes on only when that commit is on the disk. A unit that fails is undone alone.
SQLite's own busy handler, which sleeps and retries, costs the slowest chat far more than standing in line does.

A thread that has much to do may gather: its units too go into one commit, made at the end, without a thread each.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, local
from time import monotonic

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from storage.database_file import GONE, is_ailing, is_moved

log = structlog.get_logger()
MOST_UNITS = 32
AT_ONCE = 0.5  # seconds: who came so lately has not waited yet
Act = Callable[[], None]
LEAST = 0.05  # seconds: what another program needs to write a row; nobody is turned away for that


class Batch:
    """The units that share a commit. `failure` is set where nothing of them came true."""

    def __init__(self, transaction: RootTransaction) -> None:
        self.transaction = transaction
        self.units = 0
        self.failure: BaseException | None = None
        self._done = Event()

    def end(self, failure: BaseException | None = None) -> None:
        """Let everyone who waits for this commit go on."""
        self.failure = failure
        self._done.set()

    def is_kept(self) -> bool:
        """Whether the commit is on the disk, once it has ended."""
        self._done.wait()
        return self.failure is None

    def wait(self) -> None:
        """Until the commit is on the disk. Raises OperationalError where it failed."""
        self._done.wait()
        if self.failure is not None:
            raise OperationalError("COMMIT", None, self.failure) from self.failure


def do_nothing() -> None:
    """What follows where nothing is to follow."""


class Pledge:
    """What a gathering thread has done that is not durable yet, and what is to follow once it is."""

    def __init__(self) -> None:
        self._parts: list[tuple[Batch, Act, Act]] = []

    def add(self, batch: Batch, act: Act = do_nothing, otherwise: Act = do_nothing) -> None:
        """A unit that stands in this commit."""
        self._parts.append((batch, act, otherwise))

    def follow(self, act: Act, otherwise: Act) -> None:
        """What is to follow the last unit: `act` where it is durable."""
        self.add(self._parts[-1][0], act, otherwise)

    def redeem(self) -> bool:
        """Do what is to follow, once the commits have ended; whether all of it is on the disk."""
        kept = True
        for batch, act, otherwise in self._parts:
            if batch.is_kept():
                act()
            else:
                kept = False
                otherwise()
        return kept


class SharedCommit:
    """The one writing connection of this process, and the line before it."""

    def __init__(self, engine: Engine, patience: float) -> None:
        """`patience`: the seconds from a unit's coming to the end of its wait for another program."""
        self._engine = engine
        self._patience = self._patience_set = patience
        self._turn = Lock()
        self._counting = Lock()
        self._waiting = 0
        self._connection: Connection | None = None
        self._batch: Batch | None = None
        self._refused_at = 0.0
        self._refusal: BaseException | None = None
        self._gathering = local()

    @property
    def pledge(self) -> Pledge | None:
        """What this thread has pledged so far; None where each of its units is durable when it ends."""
        return getattr(self._gathering, "pledge", None)

    @contextmanager
    def gather(self, since: float) -> Iterator[Callable[[], Pledge]]:
        """Let the units that this thread does meanwhile share a commit, with whoever else stands in line.

        Gives a function that opens a pledge: it holds the units up to the next, and may be redeemed after leaving.
        `since`: the monotonic moment from which the wait of a unit counts that tells of none.
        """
        mine = self._gathering
        mine.came, mine.since = monotonic(), since

        def open_pledge() -> Pledge:
            mine.pledge = opened = Pledge()
            return opened

        open_pledge()
        with self._counting:
            self._waiting += 1  # nobody commits for all as long as more is to come
        try:
            yield open_pledge
        finally:
            mine.pledge = None
            with self._turn:
                with self._counting:
                    self._waiting -= 1
                if self._batch is not None:
                    self._commit(self._batch)

    @contextmanager
    def unit(self, since: float | None = None) -> Iterator[Connection]:
        """Do one unit of work; on leaving without an error it is durable, or pledged to be.

        `since`: the monotonic moment from which its wait counts, where that began before now.
        Raises OperationalError where the file cannot be had, or SQLite has undone more than this unit.
        """
        pledge = self.pledge
        came = monotonic() if pledge is None else self._gathering.came
        if since is None:
            since = came if pledge is None else self._gathering.since
        with self._counting:
            self._waiting += 1
        with self._turn:
            with self._counting:
                self._waiting -= 1
            batch, connection = self._open(came, since)
            try:
                self._say("SAVEPOINT unit")
                yield connection
                self._say("RELEASE unit")
            except BaseException as error:
                if is_ailing(error):
                    self._fail(batch, error)
                else:
                    self._undo(batch)
                if batch.failure is not None and isinstance(error, Exception):
                    # Whatever the unit made of it: the file is what ails.
                    raise OperationalError("ROLLBACK", None, batch.failure) from error
                raise
            finally:
                batch.units += 1
                if batch is self._batch and (not self._waiting or batch.units >= MOST_UNITS):
                    self._commit(batch)
        if pledge is None:
            batch.wait()
        else:
            pledge.add(batch)

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            if self._batch is not None:
                self._commit(self._batch)
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self, came: float, since: float) -> tuple[Batch, Connection]:
        if self._connection is not None and self._batch is not None:
            return self._batch, self._connection
        if self._refusal is not None and came < self._refused_at:
            # It stood in line while the file could not be had: waiting again would add the waits of all up.
            raise OperationalError("BEGIN", None, self._refusal) from self._refusal
        try:
            if self._connection is not None and is_moved(self._connection):
                log.error("the file of the database was moved or deleted")
                self._drop()
                self._engine.dispose()
            if self._connection is None:
                self._connection = self._engine.connect()
                self._patience_set = self._patience
            self._be_patient(since)
            self._batch = Batch(self._connection.begin())
        except SQLAlchemyError as error:
            self._refused_at, self._refusal = monotonic(), error
            self._drop()
            raise
        self._refusal = None
        return self._batch, self._connection

    def _be_patient(self, since: float) -> None:
        """Whoever has waited elsewhere waits so much less for the file; free, it is theirs however late they come."""
        waited = monotonic() - since
        left = self._patience if waited < AT_ONCE else max(LEAST, self._patience - waited)
        if left != self._patience_set:
            self._find_driver().execute(f"PRAGMA busy_timeout = {left * 1000:.0f}")
            self._patience_set = left

    def _say(self, statement: str) -> None:
        """Straight to the driver: SQLAlchemy's own savepoints cost more than most of what happens inside them."""
        driver = self._find_driver()
        if not driver.in_transaction:  # a savepoint would open one of its own, and commit it
            raise sqlite3.OperationalError("SQLite has undone the transaction")
        driver.execute(statement)

    def _find_driver(self) -> sqlite3.Connection:
        assert self._connection is not None
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def _undo(self, batch: Batch) -> None:
        try:
            self._say("ROLLBACK TO unit")
            self._say("RELEASE unit")
        except Exception as error:  # a full disk ends SQLite's whole transaction, and with it everyone's unit
            self._fail(batch, error)

    def _commit(self, batch: Batch) -> None:
        self._batch = None
        try:
            batch.transaction.commit()
            if self._connection is not None and is_moved(self._connection):
                raise sqlite3.OperationalError(GONE)
        except BaseException as error:
            self._fail(batch, error)
        else:
            batch.end()

    def _fail(self, batch: Batch, error: BaseException) -> None:
        log.error("shared commit failed", units=batch.units, error=type(error).__name__)
        self._batch = None
        try:
            self._drop()
            if is_ailing(error):
                self._engine.dispose()
        finally:
            batch.end(error)  # whatever else breaks, nobody waits for ever

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()
            finally:
                connection.close()
