"""Words of danger to life name the right numbers; everyday words that look like them do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.danger import Danger, find_danger


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ไฟดับทั้งซอย",
        "ไฟแดงเสียที่แยก",
        "ร้อนเหมือนไฟไหม้",
        "มอเตอร์ไซค์เสียงดังอย่างกับยิงปืน",
        "เมื่อปีที่แล้วเคยไฟไหม้",
        "หลังเหตุไฟไหม้ ซากยังไม่มีใครเก็บ",
        "ไฟไหม้เมื่ออาทิตย์ที่แล้ว กองขยะยังอยู่",
        "ถังดับเพลิงในซอยหมดอายุ",
        "อยากให้ซ้อมหนีไฟในชุมชน",
        "ถนนเป็นหลุม เสี่ยงรถชน",
        "จุดนี้รถชนกันบ่อย",
        "อาจทำให้คนเดินบาดเจ็บ",
        "ไม่มีคนบาดเจ็บ แค่เสาเอียง",
        "เสาป้ายถูกรถชนหัก",
        "กลัวเด็กตกท่อ ฝาท่อหาย",
        "ซอยมืด กลัวโดนปล้น",
        "ฝนถล่ม น้ำท่วมถนน",
        "ฝนตกน้ำท่วมทุกที",
        "ถนนจมน้ำทั้งสาย",
        "เหม็นจนหายใจไม่ออก",
        "เผาขยะควันเต็มซอย",
        "ต้นไม้ตายแล้ว",
        "สายสื่อสารห้อยรุงรัง",
        "ผู้หญิงกลับบ้านดึก ยิ่งดึกยิ่งเปลี่ยว",
        "ฉีดยาฆ่าแมลงที",
        "หมากัดกันเสียงดังทุกคืน",
        "the fire hydrant is broken",
        "street light is dead",
        "there is no fire, only smoke from food",
        "a dog was barking all night",
    ],
)
def test_everyday_words_raise_no_alarm(text: str) -> None:
    assert find_danger(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ไฟไหม้บ้านในซอย", ("199", "191", "1669")),
        ("ไฟ\u200bใหม้ตลาด", ("199", "191", "1669")),
        ("ออกไม่ได้ ไฟไหม้", ("199", "191", "1669")),
        ("ได้กลิ่นแก๊สรั่วในตึก", ("199", "191", "1669")),
        ("กลิ่นเหมือนแก๊สรั่ว", ("199", "191", "1669")),
        ("หม้อแปลงระเบิดมีประกายไฟ", ("199", "191", "1669")),
        ("สายไฟขาดห้อยลงมาบนถนน", ("199", "191", "1669")),
        ("งูเห่าเข้าบ้าน", ("199", "191", "1669")),
        ("ตึกถล่มมีคนติดอยู่ใต้ซาก", ("199", "1669", "191")),
        ("มีเด็กจมน้ำในคลอง", ("199", "1669", "191")),
        ("คนโดนไฟดูดที่เสาไฟ", ("199", "1669", "191")),
        ("มีคนถือมีดไล่ฟันกัน", ("191", "199", "1669")),
        ("ขโมยเข้าบ้าน", ("191", "199", "1669")),
        ("ผมถูกทำร้ายร่างกาย", ("191", "1669", "199")),
        ("มีคนถูกยิงหน้าตลาด", ("191", "1669", "199")),
        ("มีคนจะกระโดดสะพาน", ("191", "1669", "1323", "199")),
        ("มีคนจะฆ่าตัวตาย", ("191", "1669", "1323", "199")),
        ("ไม่อยากมีชีวิตอยู่แล้ว", ("1669", "1323", "199", "191")),
        ("I want to die", ("1669", "1323", "199", "191")),
        ("คนแก่หมดสติบนสะพานลอย", ("1669", "199", "191")),
        ("รถชนคน เลือดไหลไม่หยุด", ("1669", "199", "191")),
        ("My house is on fire", ("199", "191", "1669")),
        ("I can see fire from my window", ("199", "191", "1669")),
        ("someone is drowning in the canal", ("199", "1669", "191")),
        ("a man with a knife in the lane", ("191", "199", "1669")),
        ("an old woman is unconscious", ("1669", "199", "191")),
    ],
)
def test_danger_names_every_number_the_likeliest_first(text: str, numbers: tuple[str, ...]) -> None:
    found = find_danger(text)

    assert found is not None
    assert found.numbers == numbers
    assert found.happening


@pytest.mark.parametrize(
    "text",
    [
        "กลัวไฟไหม้ สายไฟพันกันเต็มเสา",
        "หากตึกถล่มลงมาจะทำอย่างไร",
        "กลัวว่าเดินขึ้นไปแล้วสะพานจะพังลงมา",
        "the wires could catch fire",
    ],
)
def test_grave_danger_that_is_only_feared_still_offers_numbers_but_is_not_happening(text: str) -> None:
    found = find_danger(text)

    assert found is not None
    assert "199" in found.numbers
    assert not found.happening


def test_the_past_is_no_bar_when_it_happens_again() -> None:
    assert find_danger("ปีที่แล้วไหม้ไปรอบหนึ่ง ตอนนี้ไฟไหม้อีกแล้ว") == Danger(("fire",), ("199", "191", "1669"))


@pytest.mark.parametrize("text", ["ช่วยด้วย", "ช่วยด้วยครับ!!! ด่วนๆ", "ใครก็ได้ช่วยผมด้วย", "help me please", "SOS"])
def test_a_call_for_help_without_a_word_of_why_offers_every_number(text: str) -> None:
    found = find_danger(text)

    assert found is not None
    assert found.numbers == ("199", "191", "1669")
    assert not found.happening


@pytest.mark.parametrize("text", ["ไฟดับทั้งซอย ช่วยด้วย", "ช่วยด้วยครับ ถนนพัง", "ช่วยดูให้ด้วย", "ช่วยหน่อย", "help", "someone"])
def test_a_call_for_help_with_everyday_trouble_raises_no_alarm(text: str) -> None:
    assert find_danger(text) is None


def test_denial_and_fear_end_with_their_clause() -> None:
    assert find_danger("ยังไม่มีใครมา ไฟไหม้หนักมาก") == Danger(("fire",), ("199", "191", "1669"))
    assert find_danger("กลัวมาก มีคนถูกทำร้าย") == Danger(("crime", "medical"), ("191", "1669", "199"))


def test_never_seen_before_is_not_the_past() -> None:
    assert find_danger("ไม่เคยเจอแบบนี้ ไฟไหม้หนักมาก") is not None


@given(st.text())
def test_any_text_can_be_heard(text: str) -> None:
    find_danger(text)
    assert find_danger(f"{text}\n\n" + "-" * 40 + " ไฟไหม้บ้าน") is not None
