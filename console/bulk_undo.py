"""One case of a step that was made with many, taken back; where that may not be, why, for whoever asked."""

from sqlalchemy.orm import Session

from cases.standing import list_standing
from cases.statuses import Action
from console import case_undo
from console.case_photos import see_album
from console.case_reader import Reader
from console.case_story import Story
from console.desk import Desk
from storage import case_file
from storage.case_scope import find_case
from storage.models import Case
from texts.moments import say_moment


def take_back(desk: Desk, number: str, line: int) -> str:
    """Empty where it is taken back, else why not; `line`: of its history, 0 where there was none to take back."""
    if not line:
        return desk.say("console.bulk.undo_never")
    with desk.begin() as session:
        case = find_case(session, desk.scope, number, lock=True)
        if case is None:
            return desk.say("console.bulk.why_not_yours")
        if case.confidential:
            return desk.say("console.bulk.why_confidential")
        if not case_undo.take_back(session, case, line, desk):
            return _say_what_followed(desk, session, case, line)
        desk.record(session, "case.undo", f"case:{number}")
        return ""


def _say_what_followed(desk: Desk, session: Session, case: Case, line: int) -> str:
    reader = Reader(desk, case, case_file.list_history(session, case.id))
    standing = list_standing(reader.told)
    after = [entry for entry in standing if entry.id > line and entry.action != Action.NOTE and reader.sees(entry)]
    last = after[-1] if after else None
    if last is None:
        return desk.say("console.bulk.why_meanwhile")
    story = Story(session, reader, see_album(session, reader))
    when = say_moment(desk.language, last.at, now=desk.now)
    return desk.say("console.bulk.undo_followed", step=story.name_step(last), who=story.name_actor(last), when=when)
