"""Where it is, in the chat: khet typed, corrected, unknown, outside Bangkok, and near a border."""

import json
from pathlib import Path

import pytest

import clock
from places.boundaries import Layer, parse_layer
from storage import boundaries
from tests.chat import Chat

PIN = (13.7695, 100.5530)
BMA_LAYER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "boundaries-bma.geojson"


@pytest.mark.parametrize(
    ("typed", "office"),
    [
        ("ดินแดง", "เขตดินแดง"),
        ("Huai Khwang", "เขตห้วยขวาง"),
        ("สวนหลวง", "เขตสวนหลวง"),
        ("มีนบุรี", "เขตมีนบุรี"),
    ],
)
def test_a_khet_typed(quick_chat: Chat, typed: str, office: str) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").says(typed).sees("report.place_ok", place=office)


def test_a_place_without_a_khet_is_asked_for_it(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").says("หน้าเซเว่น ปากซอย").sees("report.ask_khet")
    nid.says("ดินแดง").sees("report.place_ok", place="เขตดินแดง").taps("report.place_yes").sees("report.ask_photos")
    nid.taps("report.no_photos").taps("report.no_phone").taps("report.hide_name").reads("หน้าเซเว่น ปากซอย ดินแดง")


def test_a_khet_nobody_knows_goes_to_the_ombudsman(quick_chat: Chat) -> None:
    duty = quick_chat.coordinators("omb")
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").says("หน้าเซเว่น ปากซอย").taps("report.khet_not_known").sees("report.ask_photos")
    nid.taps("report.no_photos").taps("report.no_phone").taps("report.hide_name").sees("report.khet_open")
    nid.taps("button.confirm_send").sees("told.received", office="สำนักงานผู้ตรวจการแผ่นดิน")
    duty.gets_card(quick_chat.case().number)


def test_a_wrong_khet_from_a_pin_keeps_the_pin(quick_chat: Chat) -> None:
    phaya_thai = quick_chat.coordinators("district:1014")
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").drops_pin(*PIN).sees("report.place_ok").taps("report.place_no").sees("report.ask_khet_again")
    nid.says("เขตบางไม่มี").sees("report.khet_unknown").sees("report.ask_khet_again")
    nid.says("พญาไท").sees("report.ask_photos").taps("report.no_photos").taps("report.no_phone")
    nid.taps("report.hide_name").sees("review.title").taps("button.confirm_send")
    nid.sees("told.received", office="สำนักงานเขตพญาไท")
    case = quick_chat.case()
    assert (case.latitude, case.longitude) == PIN
    phaya_thai.gets_card(case.number)


def test_a_pin_nowhere_on_earth(quick_chat: Chat) -> None:
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").drops_pin(0.0, 0.0).sees("report.place_unknown").sees("report.ask_place")


def test_outside_bangkok_is_taken_and_goes_to_the_ombudsman(quick_chat: Chat) -> None:
    duty = quick_chat.coordinators("omb")
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").drops_pin(13.8600, 100.5100, "ตำบลบางกระสอ อำเภอเมืองนนทบุรี นนทบุรี 11000")
    nid.sees("report.place_outside").taps("report.place_yes").sees("report.ask_photos")
    nid.taps("report.no_photos").taps("report.no_phone").taps("report.hide_name").sees("report.outside")
    nid.taps("button.confirm_send").sees("told.received", office="สำนักงานผู้ตรวจการแผ่นดิน")
    duty.gets_card(quick_chat.case().number)


def test_near_a_border_of_a_layer_the_person_is_told(quick_chat: Chat) -> None:
    outlines = {
        1026: (((100.50, 13.70), (100.55, 13.70), (100.55, 13.80), (100.50, 13.80), (100.50, 13.70)),),
        1017: (((100.55, 13.70), (100.60, 13.70), (100.60, 13.80), (100.55, 13.80), (100.55, 13.70)),),
    }
    _use(quick_chat, Layer(outlines))
    din_daeng = quick_chat.coordinators("district:1026")
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").drops_pin(13.7500, 100.5499).sees("report.ask_photos").taps("report.no_photos")
    nid.taps("report.no_phone").taps("report.hide_name")
    nid.sees("report.near_border", others="เขตห้วยขวาง", first="เขตดินแดง").sees("review.title")
    nid.taps("button.confirm_send").sees("told.received")
    assert "เขตห้วยขวาง" in din_daeng.gets_card(quick_chat.case().number).words


@pytest.mark.skipif(not BMA_LAYER.exists(), reason="BMA's boundary layer is not in this copy: nothing of it is shipped")
def test_with_the_real_layer_a_pin_is_enough(quick_chat: Chat) -> None:
    _use(quick_chat, parse_layer(BMA_LAYER.read_text(encoding="utf-8-sig")))
    nid = quick_chat.citizen("Nid")
    nid.reaches("place").drops_pin(13.7695, 100.5530).sees("report.ask_photos")
    nid.taps("report.no_photos").taps("report.no_phone").taps("report.hide_name").reads("เขตดินแดง")
    nid.taps("review.edit_place").sees("report.ask_place").drops_pin(14.3532, 100.5689).sees("report.place_outside")


def _use(chat: Chat, layer: Layer) -> None:
    """Import a boundary layer, and wait until it is in use."""
    kept = layer.to_json()
    with chat.parts.database.begin() as session:
        boundaries.add_layer(session, source="test", text=json.dumps(kept), layer=kept, now=clock.now())
    chat.parts.router.refresh()  # as it does by itself within half a minute
