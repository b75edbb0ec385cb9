"""What people say of a case that an office calls done."""

import pytest

from cases.verdicts import LONGEST, find_verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("ยังไม่เสร็จ ไฟยังดับอยู่", "no"),
        ("ยังไม่มีใครมาดูเลยครับ", "no"),
        ("เหมือนเดิมทุกอย่าง", "no"),
        ("ไม่จริง ไม่ได้แก้อะไรเลย", "no"),
        ("โกหก ไม่เห็นมีใครมา", "no"),
        ("มีสิ ยังดับเหมือนเดิม", "no"),
        ("it is still broken", "no"),
        ("ได้แค่บางดวง", "partly"),
        ("เสียหายไม่มาก", None),
        ("บอกว่าเสร็จแล้ว แต่น้ำยังท่วมอยู่", "no"),
        ("ซ่อมไปแล้วก็พังอีก", "no"),
        ("แก้แล้วบางส่วน", "partly"),
        ("เก็บแล้วแต่ยังเหลืออีกกอง", "partly"),
        ("เรียบร้อยดีแล้วค่ะ", "yes"),
        ("ช่างมาซ่อมแล้ว ใช้ได้แล้วครับ", "yes"),
        ("It's fixed now, thank you", "yes"),
        ("Nothing has changed", "no"),
        ("เรียบร้อยหรือยัง", None),
        ("เสร็จแล้วเหรอ", None),
        ("ถ้าแก้แล้วบอกด้วย", None),
        ("เขาบอกว่าเรียบร้อย", None),
        ("ขอบคุณครับ", None),
        ("ไฟดับหน้าปากซอย", None),
        ("", None),
        ("ยังไม่เสร็จ" * (LONGEST // 10), None),
    ],
)
def test_verdicts(said: str, verdict: str | None) -> None:
    assert find_verdict(said) == verdict
