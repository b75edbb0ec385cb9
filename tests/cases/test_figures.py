"""What is kept of figures is what a plain count gives, whatever happened to the cases meanwhile."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cases import correcting, figures, lifecycle, merging, verdicts
from cases.case_facts import round_minutes
from cases.desk import OPEN_AT_ALL
from cases.figures import Figures, Times
from cases.statuses import Action, Role, Status
from cases.working_time import count_working_minutes
from storage import case_facts, standing, working_days
from storage.figure_totals import DIMS, Which
from storage.models import Case, FigureTotal
from storage.session import Database
from tests.cases.lives import ACTORS, MONDAY, OFFICE, RECEIVER, bring_to, do, open_case
from tests.databases import OpenDatabase

A, R = Action, Role
KINDS = ("lighting", "waste", "official")
ALL = Which()
LONG_AGO, LONG_AFTER = datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
VERDICTS = {A.CONFIRM: ("yes",), A.DISPUTE: ("no", "partly"), A.CLOSE: ("silent",)}


def _see(session: Session, which: Which = ALL, ends: datetime = LONG_AFTER) -> Figures:
    figures.settle(session, 1000)
    return figures.see(session, which, LONG_AGO, ends)


def _walk(session: Session, chance: random.Random, case: Case, now: datetime) -> None:
    """One more step of a life, as the table allows it."""
    allowed = [
        (action, role) for role in (R.COORDINATOR, R.STAFF, R.REPORTER) for action in
        lifecycle.list_allowed(Status(case.status), role) if action not in (A.SPLIT, A.BOUNCE, A.MERGE)
    ]  # fmt: skip
    action, role = chance.choice(allowed)
    if action is A.ACCEPT and case.transfer_to is None:
        return
    options = {"receiver": RECEIVER if case.owner == OFFICE else OFFICE} if action is A.TRANSFER else {}
    if action is A.DISPATCH and role is R.STAFF:
        case.owner = chance.choice((OFFICE, RECEIVER))
    try:
        if action is A.CORRECT:
            correcting.correct_category(session, case, chance.choice(KINDS), ACTORS[role], now, reason="words")
            return
        do(session, case, action, role, now, **options)
    except (correcting.CannotCorrect, lifecycle.IllegalTransition, ValueError):
        return
    if action in VERDICTS and case.status in (Status.CLOSED, Status.DISPUTED):
        verdicts.record_verdict(session, case, chance.choice(VERDICTS[action]), now)
    if action is A.CONFIRM and chance.random() < 0.5:
        case.stars = chance.randint(1, 5)


def _live(session: Session, seed: int) -> list[Case]:
    """Thirty cases of random lives over some months; what happened is settled now and then."""
    chance = random.Random(seed)
    cases, now = [], MONDAY
    for number in range(30):
        now += timedelta(minutes=chance.randint(1, 1800))
        kind = chance.choice(KINDS)
        case = open_case(
            session,
            f"FT6911-{seed}{number:04d}",
            category=kind,
            channel=chance.choice(("line", "phone")),
            confidential=kind == "official",
            owner=chance.choice((OFFICE, RECEIVER)),
            created_at=now,
        )
        cases.append(case)
        do(session, case, A.DISPATCH, R.SYSTEM, now)
        for _ in range(chance.randint(0, 7)):
            now += timedelta(minutes=chance.randint(1, 2500) if chance.random() < 0.3 else 7)
            _walk(session, chance, chance.choice(cases[-9:]), now)
        if chance.random() < 0.3:
            figures.settle(session, chance.randint(1, 40))
    session.info["outbox"].by_chat.clear()
    return cases


def _times(chance: random.Random) -> Iterator[tuple[datetime, datetime]]:
    yield LONG_AGO, LONG_AFTER
    yield figures.begin_day(date(2026, 12, 1)), figures.begin_day(date(2027, 1, 1))
    yield figures.begin_day(date(2026, 10, 1)), figures.begin_day(date(2027, 10, 1))
    begins = MONDAY + timedelta(minutes=chance.randint(0, 60 * 24 * 60))
    yield begins, begins + timedelta(minutes=chance.randint(1, 120 * 24 * 60))


WHICH = (
    ALL,
    Which(OFFICE),
    Which(category="waste"),
    Which(OFFICE, channel="phone"),
    Which(OFFICE, "waste", "phone"),
    Which(confidential=True),
)


def _must_agree(session: Session, chance: random.Random) -> None:
    """Every question gets the answer of the plain count, by anything and by nothing."""
    for begins, ends in _times(chance):
        for which in WHICH:
            plain = figures.see_plainly(session, which, begins, ends).get("", Figures())
            assert figures.see(session, which, begins, ends) == plain
            for by in DIMS:
                assert figures.see_by(session, which, begins, ends, by) == figures.see_plainly(
                    session, which, begins, ends, by
                )
    assert figures.see(session, Which(), LONG_AGO, LONG_AFTER).resolved > 2
    edges = [MONDAY + timedelta(hours=hours) for hours in (-60, 14, 38, 200, 224, 1000, 3000)]
    for which in WHICH:
        one_by_one = [figures.see(session, which, begins, ends) for begins, ends in pairwise(edges)]
        assert figures.see_series(session, which, edges) == one_by_one


def _kept(session: Session) -> dict[tuple[object, ...], dict[str, int]]:
    return {
        (row.dims, row.grain, row.begins, row.owner, row.category, row.channel): row.counts
        for row in session.scalars(select(FigureTotal).execution_options(populate_existing=True))
    }


def test_after_random_lives_kept_sums_are_the_plain_count(session: Session) -> None:
    cases = _live(session, 1)
    while figures.settle(session):
        pass
    _must_agree(session, random.Random(1))
    _must_be_lists(session)
    before = _kept(session)
    assert figures.count_anew(session) == len(cases)
    assert _kept(session) == before  # from nothing it comes to the same


def _must_be_lists(session: Session) -> None:
    """Whatever is counted can be listed."""
    begins, ends = MONDAY + timedelta(days=1), MONDAY + timedelta(days=20)
    seen = figures.see(session, Which(OFFICE), begins, ends)
    for name in case_facts.FIGURES:
        found = select(Case).where(case_facts.match_figure(name, begins, ends), Case.owner == OFFICE)
        told = {"stars": seen.rated, "late": seen.timed - seen.on_time}
        assert len(session.scalars(found).all()) == told.get(name, getattr(seen, name, None))


@pytest.mark.postgres
def test_they_are_on_postgresql_too(postgres_url: str, open_database: OpenDatabase) -> None:
    database = open_database(postgres_url)
    with database.begin(MONDAY) as session:
        _live(session, 3)
        while figures.settle(session):
            pass
        for by in DIMS:
            plain = figures.see_plainly(session, ALL, LONG_AGO, LONG_AFTER, by)
            assert figures.see_by(session, ALL, LONG_AGO, LONG_AFTER, by) == plain
        edges = [figures.begin_day(date(2026, 11, day)) for day in (1, 20, 24, 27, 30)]
        one_by_one = [figures.see(session, ALL, begins, ends) for begins, ends in pairwise(edges)]
        assert figures.see_series(session, ALL, edges) == one_by_one
        before, open_now = _kept(session), standing.count_standing(session, ALL, OPEN_AT_ALL, LONG_AFTER, "owner")
        counted = select(Case.owner, func.count()).where(Case.status.in_(OPEN_AT_ALL), Case.confidential.is_(False))
        rows = session.execute(counted.group_by(Case.owner))
        assert {name: each.open for name, each in open_now.items()} == {name: count for name, count in rows}
        figures.count_anew(session)
        assert _kept(session) == before
        case = session.scalars(select(Case).limit(1)).one()
        session.execute(update(Case).where(Case.id == case.id).values(category="tree"))
        assert figures.settle(session) == 1
        session.info["outbox"].by_chat.clear()


def test_a_case_is_counted_where_it_is_now(session: Session) -> None:
    mine, theirs = Which(owner=OFFICE), Which(owner=RECEIVER)
    case = bring_to(session, Status.ACKNOWLEDGED)
    assert (_see(session, mine).received, _see(session, mine).acknowledged) == (1, 1)

    do(session, case, A.TRANSFER, R.COORDINATOR, MONDAY + timedelta(hours=3))
    assert _see(session, mine).first_words == 1  # they have been told why not
    do(session, case, A.ACCEPT, R.COORDINATOR, MONDAY + timedelta(hours=4))
    assert _see(session, mine) == Figures()
    taken = _see(session, theirs)
    assert (taken.received, taken.acknowledged, taken.first_words) == (1, 1, 0)
    assert taken.acknowledge == Times(1, 60, 60)  # since it was offered to them

    do(session, case, A.UNDO, R.COORDINATOR, MONDAY + timedelta(hours=4, minutes=5))
    assert _see(session, theirs) == Figures()
    assert _see(session, mine).acknowledged == 1


def test_undone_merged_and_hidden_cases_leave_the_figures(session: Session) -> None:
    done, into = bring_to(session, Status.RESOLVED), bring_to(session, Status.ACKNOWLEDGED, number="FT6911-00002")
    assert (_see(session).resolved, _see(session).on_time_percent) == (1, 100)
    do(session, done, A.UNDO, R.COORDINATOR, MONDAY + timedelta(hours=2))
    assert (_see(session).resolved, _see(session).on_time_percent) == (0, None)
    # By whatever hand it becomes confidential, it is nobody else's from then on.
    session.flush()
    session.execute(update(Case).where(Case.id == done.id).values(confidential=True, owner="omb"))
    assert _see(session).received == 1
    assert _see(session, Which(confidential=True)).received == 1
    session.refresh(done)
    other = open_case(session, "FT6911-00003")
    merging.merge(session, other, into, ACTORS[R.STAFF], MONDAY + timedelta(hours=3))
    assert _see(session).received == 2  # told all the same


def test_sent_back_and_resolved_again_counts_once_and_the_last_time(session: Session) -> None:
    case = bring_to(session, Status.RESOLVED)
    later = MONDAY + timedelta(days=12)
    do(session, case, A.DISPUTE, R.REPORTER, MONDAY + timedelta(days=1))
    verdicts.record_verdict(session, case, "no", MONDAY + timedelta(days=1))
    seen = _see(session)
    assert (seen.resolved, seen.disputed, seen.dispute_percent, seen.reopen_percent) == (1, 1, 100, 0)
    do(session, case, A.DISPATCH, R.STAFF, MONDAY + timedelta(days=2))
    do(session, case, A.RESOLVE, R.COORDINATOR, later)
    do(session, case, A.CONFIRM, R.REPORTER, later + timedelta(hours=1))
    verdicts.record_verdict(session, case, "yes", later)
    case.stars = 4
    seen = _see(session)
    assert (seen.resolved, seen.confirmed, seen.disputed) == (1, 1, 0)
    assert (seen.dispute_percent, seen.reopen_percent, seen.on_time_percent) == (100, 100, 0)
    assert (seen.mean_stars, seen.rated, seen.stars) == (4.0, 1, {4: 1})
    assert _see(session, ends=later).resolved == 0  # the first "done" was none
    assert seen.resolve.median == round_minutes(12 * 24 * 60)


def test_a_day_off_that_staff_add_changes_what_was_waited(session: Session) -> None:
    case = open_case(session, created_at=MONDAY)
    do(session, case, A.DISPATCH, R.SYSTEM, MONDAY)
    do(session, case, A.ACKNOWLEDGE, R.COORDINATOR, MONDAY + timedelta(days=2))
    assert _see(session).acknowledge.median == 960
    working_days.set_exception(session, date(2026, 11, 24), works=False, reason="น้ำท่วม", now=MONDAY)
    assert _see(session).acknowledge.median == 480


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23 08:30", "2026-11-23 09:15", 45),
        ("2026-11-23 16:00", "2026-11-24 09:00", 60),
        ("2026-11-20 16:00", "2026-11-23 09:00", 60),  # over a weekend
        ("2026-11-21 10:00", "2026-11-22 18:00", 0),
        ("2026-11-23 10:00", "2026-11-23 09:00", 0),
        ("2026-12-04 16:00", "2026-12-08 08:40", 40),  # Father's Day on a Saturday, made up for on Monday
    ],
)
def test_working_minutes(start: str, end: str, minutes: int) -> None:
    begins, ends = (datetime.fromisoformat(f"{one}+07:00") for one in (start, end))
    assert count_working_minutes(begins, ends) == minutes


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, 0), (99, 99), (100, 100), (104, 100), (105, 110), (995, 1000), (12345, 12000)]
)
def test_minutes_are_kept_to_two_digits(minutes: int, shown: int) -> None:
    assert round_minutes(minutes) == shown


def test_the_middle_case_is_one_of_the_cases() -> None:
    assert figures._time({10: 1, 20: 1, 30: 1, 400: 1}) == Times(4, 20, 400)
    assert figures._time({}) == Times(0, None, None)


def test_nothing_is_lost_where_many_wait_to_be_settled(open_database: OpenDatabase, sqlite_url: str) -> None:
    database: Database = open_database(sqlite_url)
    with database.begin(MONDAY) as session:
        for number in range(3):
            bring_to(session, Status.RESOLVED, number=f"FT6911-1{number:04d}")
        session.info["outbox"].by_chat.clear()
    with database.begin(MONDAY) as session:
        assert figures.settle(session, 2) > 0
    with database.begin(MONDAY) as session:
        assert figures.settle_for(session)
        assert figures.see(session, Which(), LONG_AGO, LONG_AFTER).resolved == 3
