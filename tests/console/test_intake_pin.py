"""The pin of a case that an officer writes down, where it disagrees with the khet that was chosen or is named."""

import pytest
from sqlalchemy import select

from storage.models import Case
from tests.desk import DeskHouse

WORDS = "ไฟถนนดับทั้งซอย มืดมาก"


@pytest.mark.usefixtures("two_khet")
def test_a_pin_that_lies_elsewhere_is_asked_about_again(desk: DeskHouse) -> None:
    officer = desk.clerk("officer").opens("/console/intake").fills(description=WORDS, spot="13.7500, 100.5499")
    officer.presses("console.intake.save", 422).presses("อยู่ในเขตดินแดง").fills(spot="13.7500, 100.5900")
    asked = "หมุดอยู่ในเขตห้วยขวาง แต่เลือกไว้ว่าเขตดินแดง"
    officer.presses("console.intake.check").sees(asked).hides("console.intake.maybe")
    officer.presses("console.intake.save", 422).sees("console.intake.wrong_pin").sees(asked)
    officer.presses("ใช้เขตดินแดง หมุดอยู่ที่เดิม").hides(asked, "console.intake.wrong_pin")
    officer.fills(spot="13.75,100.595").presses("console.intake.save", 422).sees(asked)  # it was said of another pin
    officer.fills(org="district:1003").presses("console.intake.save", 422).sees("เลือกไว้ว่าเขตหนองจอก")
    officer.presses("เอาหมุดออก ใช้เขตหนองจอก")
    assert (officer.field("spot"), officer.field("org")) == ("", "district:1003")
    officer.presses("console.intake.save").sees("console.intake.saved_title")

    officer.opens("/console/intake").fills(description=WORDS, spot="13.9,100.9", org="district:1026")
    officer.presses("console.intake.save", 422).sees("หมุดอยู่นอกกรุงเทพฯ แต่เลือกไว้ว่าเขตดินแดง")
    officer.presses("ใช้นอกกรุงเทพฯตามหมุด").fills(spot="13.75,100.52").presses("console.intake.save", 422)
    officer.sees("หมุดอยู่ในเขตดินแดง แต่เลือกไว้ว่านอกกรุงเทพฯ").presses("ใช้เขตดินแดงตามหมุด").presses("console.intake.save")
    officer.sees("console.intake.saved_title")
    # what the words say outright, and a khet that nobody knows
    officer.opens("/console/intake").fills(description=WORDS, spot="13.75,100.52", place="ซอย 5 เขตห้วยขวาง")
    officer.presses("console.intake.save", 422).sees("หมุดอยู่ในเขตดินแดง แต่ข้อความบอกว่าเขตห้วยขวาง")
    officer.presses("ใช้เขตห้วยขวาง หมุดอยู่ที่เดิม").presses("console.intake.save").sees("console.intake.saved_title")
    officer.opens("/console/intake").fills(description=WORDS, spot="13.75,100.52", org="unknown")
    officer.presses("console.intake.save").sees("console.intake.saved_title")
    # a confidential case stays with the officers wherever it lies
    officer.opens("/console/intake").fills(description=WORDS, spot="13.7500, 100.5499", confidential=True)
    officer.presses("console.intake.check").hides("console.intake.choose_khet").presses("console.intake.save")
    officer.opens("/console/intake").fills(description=WORDS, spot="13.75,100.59", org="district:1026")
    officer.fills(confidential=True).presses("console.intake.save").sees("console.intake.saved_title")
    with desk.database.read() as session:
        cases = session.scalars(select(Case).order_by(Case.id)).all()
    assert [(case.owner, case.longitude, case.confidential) for case in cases] == [
        ("district:1003", None, False),
        ("district:1026", 100.52, False),
        ("district:1017", 100.52, False),
        ("omb", 100.52, False),
        ("omb", 100.5499, True),
        ("omb", 100.59, True),
    ]
