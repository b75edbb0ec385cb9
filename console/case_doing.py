"""Makes the steps that staff ask for: each goes through the same doors as a word or a tap in LINE."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases import (
    chain,
    correcting,
    decisions,
    desk_lines,
    following,
    helping,
    lifecycle,
    merging,
    office_updates,
    on_behalf,
    secret_slips,
    shielding,
    transfers,
    who_helps,
    writing,
)
from cases.correcting import CannotCorrect
from cases.desk import OMB
from cases.merging import CannotMerge
from cases.office_updates import Made, Update
from cases.receivers import take_reason
from cases.statuses import Action, Actor, Role, Status
from cases.verdicts import Verdict
from cases.waiting import LONGEST_DAYS
from console.case_steps import OF_OFFICE, Step
from console.case_wishes import Refused, Wish
from storage import cases as stored
from storage import media
from storage.models import Case

# Steps of the desk by which a case leaves an office's list, and nothing else tells it so.
LEAVES_OFFICE = ("refer", "close")


@dataclass(frozen=True, slots=True)
class Doing:
    """A step about to be made, by somebody called `name`; `form`: of which form, as the history knows it."""

    session: Session
    case: Case
    step: Step
    wish: Wish
    actor: Actor
    now: datetime
    form: str
    name: str = ""


def do(doing: Doing) -> None:
    """Make the step; the caller holds the case's row. Raises Refused where it cannot be made."""
    had_it = doing.case.owner != OMB and doing.case.status != Status.NEW
    try:
        DO.get(doing.step.name, _update)(doing)
        if doing.step in OF_OFFICE or (had_it and doing.step.name in LEAVES_OFFICE):
            desk_lines.tell_group(doing.session, doing.case, doing.actor, doing.name)
    except lifecycle.IllegalTransition:
        raise Refused("console.case.wrong_standing") from None
    except CannotMerge as why:
        raise Refused(why.key, "number") from None
    except CannotCorrect as why:
        raise Refused(why.key, number=doing.case.number, receiver=doing.wish.hand or None) from None


def _update(doing: Doing) -> None:
    """What an office says of its case."""
    wish, step = doing.wish, doing.step
    receiver = wish.receiver if wish.receiver != OMB else None
    if step.action is Action.TRANSFER and receiver is not None:
        _check_receiver(doing, transfers.find_hindrance(doing.session, doing.case, receiver), receiver)
    elif step.action is Action.TRANSFER and _is_fickle(doing):
        raise Refused("transfer.fickle", number=doing.case.number)
    role = "after" if step.action in office_updates.CLOSING else "extra"
    media.attach(doing.session, wish.photos, doing.case.id, role)
    delays = step.action is Action.PROMISE and doing.case.promised_on is not None
    update = Update(
        step.action,
        wish.words or None,
        due=wish.day if step.action is Action.PROMISE else None,
        message_id=doing.form,
        reason=take_reason(wish.words) if delays and wish.words else None,
        receiver=receiver,
        photos=wish.photos,
    )
    made = office_updates.take_update(doing.session, doing.case, update, doing.actor, doing.now)
    if not isinstance(made, Made):
        too_far = getattr(made, "too_far", None)
        key = "console.case.wrong_day" if too_far else "console.case.wrong_standing"
        raise Refused(key, "day" if too_far else "", count=LONGEST_DAYS)


def _is_fickle(doing: Doing) -> bool:
    """Whether this office has brought it to the officers and taken it back too often today."""
    told = stored.list_history(doing.session, doing.case.id)
    return doing.actor.role is Role.COORDINATOR and chain.is_fickle(told, doing.now)


def _apply(doing: Doing, **details: object) -> None:
    lifecycle.apply(
        doing.session,
        doing.case,
        doing.step.action,
        doing.actor,
        doing.now,
        note=doing.wish.words or None,
        details=details | _keep_number(doing),
        message_id=doing.form,
    )


def _keep_number(doing: Doing) -> dict[str, object]:
    """Whether somebody's own number in the words goes along to the reporter."""
    return {lifecycle.WITH_NUMBER: True} if doing.wish.with_number else {}


def _wait(doing: Doing) -> None:
    _apply(doing, **({"look": doing.wish.look.isoformat()} if doing.wish.look else {}))


def _ask(doing: Doing) -> None:
    _apply(doing, **({"ready": doing.wish.ready} if doing.wish.ready else {}))


def _accept(doing: Doing) -> None:
    if transfers.accept(doing.session, doing.case, doing.actor, doing.now) is None:
        raise Refused("console.case.wrong_standing")


def _bounce(doing: Doing) -> None:
    words, form = doing.wish.words, doing.form
    if transfers.bounce(doing.session, doing.case, doing.actor, doing.now, reason=words, message_id=form) is None:
        raise Refused("console.case.wrong_standing")


def _send_back(doing: Doing) -> None:
    decisions.send_back(doing.session, doing.case, doing.wish.words, doing.actor, doing.now, message_id=doing.form)


def _uphold(doing: Doing) -> None:
    decisions.close(
        doing.session,
        doing.case,
        "upheld",
        doing.wish.words,
        doing.actor,
        doing.now,
        details=_keep_number(doing),
        message_id=doing.form,
    )


def _agree(doing: Doing) -> None:
    body = doing.wish.body if not doing.wish.words else None
    words = doing.wish.words or who_helps.say_who(body, "th")
    details = _keep_number(doing) | ({"who": body} if body else {})
    decisions.close(
        doing.session,
        doing.case,
        "declined",
        words,
        doing.actor,
        doing.now,
        details=details,
        message_id=doing.form,
    )


def _place(doing: Doing) -> None:
    code = str(doing.wish.receiver)
    placed = decisions.place(
        doing.session,
        doing.case,
        code,
        doing.actor,
        doing.now,
        words=doing.wish.words or None,
        details=correcting.keep_return(doing.case),
        message_id=doing.form,
    )
    if placed is None:
        key = "transfer.confidential" if doing.case.confidential else "console.case.wrong_reach"
        raise Refused(key, "receiver", number=doing.case.number)


def _say_verdict(doing: Doing) -> None:
    """What the reporter says of it by telephone, put on record by whoever heard it."""
    verdict: Verdict = "yes" if doing.wish.verdict == "yes" else "partly" if doing.wish.verdict == "partly" else "no"
    on_behalf.judge(doing.session, doing.case, verdict, doing.actor, doing.now, reason=doing.wish.words)


def _answer(doing: Doing) -> None:
    on_behalf.answer(doing.session, doing.case, doing.wish.words, doing.actor, doing.now)


def _speak_for(doing: Doing) -> None:
    _apply(doing, **{on_behalf.ON_BEHALF: True})


def _withdraw(doing: Doing) -> None:
    """Others who follow it keep it open, as when its reporter takes it back in the chat."""
    if following.leave_to_followers(doing.session, doing.case, doing.actor, doing.now):
        note = doing.wish.words
        office_updates.note(doing.session, doing.case, note, doing.actor, doing.now, message_id=doing.form)
        return
    _speak_for(doing)


def _merge(doing: Doing) -> None:
    into = stored.find_case_by_number(doing.session, doing.wish.number, lock=True)
    if into is None:
        raise Refused("console.case.wrong_number", "number")
    merging.merge(doing.session, doing.case, into, doing.actor, doing.now)


def _split(doing: Doing) -> None:
    if merging.split(doing.session, doing.case, doing.actor, doing.now) is None:
        raise Refused("console.case.wrong_standing")


def _correct_category(doing: Doing) -> None:
    correcting.correct_category(
        doing.session,
        doing.case,
        doing.wish.category,
        doing.actor,
        doing.now,
        reason=doing.wish.words,
        danger=doing.wish.danger,
        message_id=doing.form,
    )


def _calm(doing: Doing) -> None:
    words, form = doing.wish.words, doing.form
    correcting.lower_danger(doing.session, doing.case, doing.actor, doing.now, reason=words, message_id=form)


def _correct_place(doing: Doing) -> None:
    where, hand = doing.wish.where or {}, doing.wish.hand
    if hand and hand != where["org"]:
        raise Refused("correct.no_handing")
    correcting.correct_place(
        doing.session,
        doing.case,
        where,
        doing.actor,
        doing.now,
        reason=doing.wish.words,
        hand_over=bool(hand),
        message_id=doing.form,
    )
    if hand and doing.case.transfer_to is not None:  # offered, as any transfer from a desk
        desk_lines.tell_group(doing.session, doing.case, doing.actor, doing.name)


def _shield(doing: Doing) -> None:
    turn = shielding.shield if doing.step.action is Action.SHIELD else shielding.lift
    words, form = doing.wish.words, doing.form
    if turn(doing.session, doing.case, doing.actor, doing.now, reason=words, message_id=form) is None:
        raise Refused("shielding.is_so")


def _unshield(doing: Doing) -> None:
    words, form = doing.wish.words, doing.form
    if secret_slips.put_right(doing.session, doing.case, doing.actor, doing.now, reason=words, message_id=form) is None:
        raise Refused("console.case.wrong_standing")


def _write(doing: Doing) -> None:
    wish = doing.wish
    written = writing.write(
        doing.session,
        doing.case,
        wish.words,
        doing.actor,
        doing.now,
        message_id=doing.form,
        with_number=wish.with_number,
    )
    if written is None:
        raise Refused("console.case.wrong_unreachable")
    desk_lines.tell_written(doing.session, doing.case, written.note or "", doing.actor, doing.name, doing.now)


def _invite(doing: Doing) -> None:
    code = str(doing.wish.receiver)
    _check_receiver(doing, helping.find_hindrance(doing.session, doing.case, code), code)
    helping.invite(doing.session, doing.case, code, doing.wish.words, doing.actor, doing.now)


def _take_back(doing: Doing) -> None:
    if not helping.take_back(doing.session, doing.case, str(doing.wish.receiver), doing.actor, doing.now):
        raise Refused("console.case.wrong_standing")


def _answer_help(doing: Doing) -> None:
    states = {"help": "helping", "busy": "busy", "stop_helping": "left"}
    helping.answer(doing.session, doing.case, states[doing.step.name], doing.actor, doing.now)


def _tell_owner(doing: Doing) -> None:
    if doing.wish.words:
        helping.add_words(
            doing.session,
            doing.case,
            doing.wish.words,
            doing.actor,
            doing.now,
            done=False,
            message_id=doing.form,
        )
    if doing.wish.photos:
        media.attach(doing.session, doing.wish.photos, doing.case.id, "extra")
        helping.add_photos(doing.session, doing.case, doing.wish.photos, doing.actor, doing.now)


def _check_receiver(doing: Doing, hindrance: str | None, code: str) -> None:
    if hindrance is not None:
        raise Refused(hindrance, "receiver", number=doing.case.number, receiver=code)


DO: dict[str, Callable[[Doing], None]] = {
    "wait": _wait,
    "ask": _ask,
    "accept": _accept,
    "bounce": _bounce,
    "send_back": _send_back,
    "uphold": _uphold,
    "agree": _agree,
    "place": _place,
    "reopen": _send_back,
    "close": _apply,
    "refer": _apply,
    "answer": _answer,
    "add": _speak_for,
    "verdict": _say_verdict,
    "withdraw": _withdraw,
    "merge": _merge,
    "split": _split,
    "correct_category": _correct_category,
    "correct_place": _correct_place,
    "calm": _calm,
    "shield": _shield,
    "lift": _shield,
    "unshield": _unshield,
    "write": _write,
    "invite": _invite,
    "take_back": _take_back,
    "help": _answer_help,
    "busy": _answer_help,
    "stop_helping": _answer_help,
    "tell_owner": _tell_owner,
}
