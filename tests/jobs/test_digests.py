"""Two workers that look at the clock in the same moment say each digest, summary and waiting word once."""

from concurrent.futures import ThreadPoolExecutor

import clock
from bot.messages.bubbles import text_bubble
from jobs import digests
from storage import outbox
from tests.chat import Chat, listen
from tests.databases import OpenDatabase
from tests.transcripts.office_with_case import begin


def test_two_workers_at_once_say_it_once(chat: Chat, open_database: OpenDatabase) -> None:
    chat.turns_to("2026-11-22 18:00")
    staff = chat.coordinators("omb", "Officer")
    office, nid, _, _ = begin(chat)
    for chat_id in (office.id, nid.id):
        with chat.parts.database.begin(clock.now()) as session:
            outbox.queue(session, chat_id, text_bubble("รอได้"), kind="line", waits=True)
    listen(staff, office, nid)
    chat.turns_to("2026-11-23 08:31")
    workers = [open_database(chat.settings.database_url) for _ in range(2)]
    with ThreadPoolExecutor(6) as threads:
        jobs = (digests.send_digests, digests.send_summaries, digests.push_waiting)
        list(threads.map(lambda one: one[0](one[1]), [(job, worker) for job in jobs for worker in workers]))
    chat.settles()
    said = [one.words for one in chat.line.received(office.id, after=office.since)]
    assert len(said) == 2 and said[0].startswith("เช้านี้ที่") and said[1] == "รอได้"
    assert [one.words for one in chat.line.received(nid.id, after=nid.since)] == ["รอได้"]
    summaries = [one.text for one in chat.line.received(staff.id, after=staff.since)]
    assert len(summaries) == len(set(summaries)) == 2, "the week's and the day's"
