"""Whatever people write, wherever it stands, LINE would take the message; and every colour can be read."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import theme
from bot.messages.case_card import new_case
from bot.messages.closure import ask_closure
from bot.messages.date_question import DateQuestionView, ask_date
from bot.messages.group_lines import UpdateLineView, asked_line, open_cases, update_line, whose_photo
from bot.messages.review_card import review
from bot.messages.track_cards import TimelineEntry, case_timeline, my_cases, stranger_view
from tests.bot.messages.examples import case_line, case_view, closure_view, my_case, review_view
from tests.bot.messages.line_judges import judge

ANY_WORDS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="กเแำ่้ \n{}👍🏽‍👩\u202e\u200b\x00א", max_size=80),
    st.text(alphabet="ก้👩‍", min_size=1, max_size=6).map(lambda words: words * 120),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_WORDS, ANY_WORDS, st.sampled_from(("th", "en")))
def test_line_takes_any_words(one: str, other: str, lang: str) -> None:
    card = case_view(
        lang, category=one, place=other, text=one, due=other, status=one, received=other, alternatives=one,
        shared_name=other, shared_phone=one, map_url=other, photo_url=one, danger=True,
    )  # fmt: skip
    mine = my_case(
        lang, category=one, place=other, status=one, holder=other, updated=one,
        entries=(TimelineEntry(one, other),) * 9,
    )  # fmt: skip
    lines = [case_line(lang, nth, summary=one, place=other, due=one) for nth in range(1, 12)]
    closure = closure_view(lang, org=one, words=other, answer_by=one, before_url=other)
    report = review_view(
        lang, description=one, category=other, place=one, phone=other, name=one, org=other, danger=True
    )
    update = UpdateLineView(1, one, other, by=one, note=other, undo_id=1)
    judge(
        [
            new_case(card, lang),
            review(report, lang),
            my_cases([mine] * 10, lang),
            case_timeline(mine, lang),
            stranger_view(one, other, one, lang),
            ask_closure(closure, lang),
            update_line(update, lang),
            asked_line(one, 1, lang),
            ask_date(DateQuestionView(1, one, other, 1, 2), lang),
            open_cases(lines, lang),
            whose_photo(lines, "p1", lang),
        ]
    )


def _luminance(color: str) -> float:
    channels = [int(pair, 16) / 255 for pair in re.findall("..", color[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["WHITE", "PALE"])
@pytest.mark.parametrize("ink", ["INK", "MUTED", "PRIMARY", "DANGER", "WARNING", "LINK"])
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert _contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


def test_button_words_stand_out() -> None:
    # LINE writes on primary buttons in white and on secondary ones in near black.
    assert _contrast(theme.PRIMARY, "#FFFFFF") >= 4.5
    assert _contrast(theme.DANGER, "#FFFFFF") >= 4.5
    assert _contrast(theme.SOFT, "#111111") >= 4.5
