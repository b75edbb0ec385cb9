"""Every recogniser stays in step with the length of what it reads: it runs while the one write turn is held,
so a text made to be slow would keep everybody waiting. Only the growth is compared, never the time taken."""

import gc
import time
from collections.abc import Callable
from datetime import date

import pytest

from bot.messages import letters
from cases.phones import hide_phones
from cases.reply_reader import read_reply
from cases.secret_wish import asks_nothing_else
from cases.triage_clauses import split_matters
from cases.unkept_days import find_unkept
from flows import asides, words
from handlers import group_words

Recogniser = Callable[[str], object]

DAY = date(2026, 11, 21)
RECOGNISERS: dict[str, Recogniser] = {
    "a bare name as a khet": words.read_as_khet,
    "a telephone number": words.find_phone,
    "a case number": words.find_case_number,
    "a spot": words.tells_spot,
    "small talk": words.is_small_talk,
    "an answer": words.split_answer,
    "a report word": words.strip_report_word,
    "a link": words.is_link,
    "English": words.is_english,
    "stars": words.find_stars,
    "stars and a word": words.split_stars,
    "a telephone number alone": words.gives_phone,
    "a wish to change": asides.find_change,
    "a refusal": asides.refuses,
    "no name": asides.is_no_name,
    "a doubt": asides.doubts,
    "two matters": split_matters,
    "a wish for secrecy": asks_nothing_else,
    "a group command": group_words.find_command,
    "a code": group_words.find_code,
    "case numbers": group_words.split_by_numbers,
    "a reason": group_words.is_reason,
    "a day that cannot be kept": lambda text: find_unkept(text, DAY),
    "a reason beside its verb": lambda text: group_words.has_reason("decline", text),
    "a sticker": lambda text: group_words.is_nod([text], text),
    "a text to clean": letters.clean,
    "a text to fit": lambda text: letters.fit(text, 300),
    "lines to fit": lambda text: letters.fit_lines(text, 300, 5),
    "numbers to hide": lambda text: hide_phones(text, "…"),
    "a reply": lambda text: read_reply(text, DAY),
}
UNITS = (
    "ๆ", ".", "🙏", "?", " ", "-", "\n", "ครับ", "0-", "08-", "1,111,", "1)", "ᄀ", "FT6911", "www.", "หรือ ", "กำลัง",
)  # fmt: skip
BEGINNINGS = ("", "@x ", "66", "FT6911-00042 ", "ผูกกลุ่ม ")
SHORT = 1200
# Four times the text is four times the work, sixteen where it grows with the square.
MOST_GROWTH = 8
# Of less than this the clock tells nothing: it hides a square only where a square does no harm.
UNSEEN_SECONDS = 0.02


def _work(recognise: Recogniser, beginning: str, unit: str, length: int) -> float:
    """The processor's seconds for a text of this length whose last letter spoils what the rest promises."""
    text = (beginning + unit * length)[: length - 1] + "x"
    began = time.process_time()
    recognise(text)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", RECOGNISERS)
def test_work_grows_with_the_length_and_no_faster(name: str, unit: str) -> None:
    recognise = RECOGNISERS[name]
    for beginning in BEGINNINGS:
        # Another length each time, so that nothing is answered from memory.
        for attempt in range(3):
            gc.collect(0)
            short = _work(recognise, beginning, unit, SHORT + attempt)
            long = _work(recognise, beginning, unit, 4 * (SHORT + attempt))
            if long <= MOST_GROWTH * short + UNSEEN_SECONDS:
                break
        else:
            pytest.fail(
                f"{name}: four times {beginning + unit!r} is {long / short:.0f} times the work. Strip tails by "
                "hand from the right, bound every repeat, and look at no letter more than a few times."
            )
