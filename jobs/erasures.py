"""Goes on with what people asked to be erased: cases that are over meanwhile, and the last rows with their LINE id."""

import structlog

import clock
from cases import erasing
from storage import conversations, data_requests, reporters
from storage.session import Database

log = structlog.get_logger()


def finish_erasures(database: Database) -> None:
    """One person a transaction; what is not possible yet waits for the next run."""
    with database.read() as session:
        left = [(asked.id, asked.chat_id) for asked in data_requests.list_erasures(session)]
    for request_id, chat_id in left:
        now = clock.now()
        with database.begin(now) as session:
            # Somebody without LINE has no conversation.
            in_line = not reporters.is_caller(str(chat_id))
            standing = conversations.lock(session, str(chat_id), now)[0] if in_line else None
            asked = data_requests.find(session, request_id)
            if asked is None or asked.chat_id is None:
                continue
            waited = asked.done_at is None
            done = erasing.finish(session, asked, now)
            if standing is not None:
                if waited and asked.done_at is not None and erasing.is_gone(session, str(chat_id)):
                    conversations.forget(standing)
                conversations.save(session, standing, now)
        if done:
            log.info("person erased", request=request_id)
