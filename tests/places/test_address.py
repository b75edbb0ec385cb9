"""Khet and khwaeng in words: what people type in a chat, and what maps and forms write, traps among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.address import Mention, find_places
from places.khwaeng import find_khwaeng, list_khwaeng
from places.organisations import list_khet

NAMED = [
    # what a map writes, in Thai
    ("888 ถ. พระรามที่ ๔ แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร 10110 ประเทศไทย", 1033, "คลองเตย"),
    ("ถนนพระราม 4 เขตปทุมวัน กทม.", 1007, None),
    ("12/3 ซอย สุขุมวิท 71 แขวงพระโขนงเหนือ เขตวัฒนา กรุงเทพมหานคร 10110", 1039, "พระโขนงเหนือ"),
    ("ถ. สาทรใต้ แขวงยานนาวา เขตสาทร กรุงเทพมหานคร 10120", 1028, "ยานนาวา"),
    ("ถ. พระราม 9 แขวงบางกะปิ เขตห้วยขวาง กรุงเทพมหานคร 10310", 1017, "บางกะปิ"),
    ("ซอย เอกชัย 30 แขวงบางขุนเทียน เขตจอมทอง กรุงเทพมหานคร 10150", 1035, "บางขุนเทียน"),
    ("ซ.สุขุมวิท 36 แขวงพระโขนง เขตคลองเตย กรุงเทพฯ", 1033, "พระโขนง"),
    ("ซอย เพชรเกษม 21 แขวงบางจาก เขตภาษีเจริญ กรุงเทพมหานคร 10160", 1022, "บางจาก"),
    ("ซอย สุขุมวิท 101 แขวงบางจาก เขตพระโขนง กรุงเทพมหานคร 10260", 1009, "บางจาก"),
    ("ซอยพุทธบูชา 36 แขวงบางมด เขตทุ่งครุ กรุงเทพมหานคร", 1049, "บางมด"),
    ("ถนนพระราม 2 แขวงบางมด เขตจอมทอง 10150", 1035, "บางมด"),
    ("ถ. เพชรบุรีตัดใหม่ แขวงมักกะสัน เขตราชเทวี", 1037, "มักกะสัน"),
    ("แขวงถนนพญาไท เขตราชเทวี กรุงเทพมหานคร 10400", 1037, "ถนนพญาไท"),
    ("ถนนพุทธมณฑลสาย 2 แขวงบางไผ่ เขตบางแค กรุงเทพมหานคร", 1040, "บางไผ่"),
    ("ถนนกรุงเทพ-นนทบุรี แขวงวงศ์สว่าง เขตบางซื่อ กทม. 10800", 1029, "วงศ์สว่าง"),
    ("ถนนศรีอยุธยา แขวงทุ่งพญาไท เขตราชเทวี กรุงเทพมหานคร", 1037, "ทุ่งพญาไท"),
    ("ถนนนครราชสีมา แขวงดุสิต เขตดุสิต กรุงเทพมหานคร 10300", 1002, "ดุสิต"),
    ("41 ถนนเทพรัตน แขวงบางนา เขตบางนา กรุงเทพมหานคร 10260", 1047, None),
    # the word for khet left out
    ("ถ. อ่อนนุช แขวงสวนหลวง สวนหลวง กรุงเทพมหานคร 10250", 1034, "สวนหลวง"),
    ("99/9 ถ.พัฒนาการ สวนหลวง กรุงเทพมหานคร 10250 ประเทศไทย", 1034, None),
    ("หมู่ 5 ถนนรามคำแหง มีนบุรี กรุงเทพมหานคร 10510", 1010, None),
    ("แสนแสบ มีนบุรี กรุงเทพมหานคร 10510", 1010, "แสนแสบ"),
    ("ถ. ลาดพร้าว วังทองหลาง กรุงเทพมหานคร", 1045, None),
    ("บางกะปิ ห้วยขวาง กรุงเทพมหานคร 10310", 1017, "บางกะปิ"),
    ("พระโขนง คลองเตย กรุงเทพมหานคร 10110", 1033, "พระโขนง"),
    ("คลองตันเหนือ วัฒนา กรุงเทพมหานคร 10110", 1039, "คลองตันเหนือ"),
    ("แขวงบางจาก ภาษีเจริญ กรุงเทพมหานคร", 1022, "บางจาก"),
    ("หัวหมาก กรุงเทพมหานคร 10240", 1006, "หัวหมาก"),
    ("ถนนเพชรบุรี ราชเทวี กรุงเทพฯ", 1037, None),
    # what a form asks for
    ("ซอย : สุขสวัสดิ์ 14/1 เขต : จอมทอง", 1035, None),
    ("ถนน : - แขวง :ลาดยาว เขต :จตุจักร กรุงเทพมหานคร", 1030, "ลาดยาว"),
    # English
    ("Khwaeng Khlong Toei Nuea, Khet Watthana, Krung Thep Maha Nakhon 10110, Thailand", 1039, "คลองเตยเหนือ"),
    ("12 Soi Sukhumvit 63, Khlong Tan Nuea, Watthana, Bangkok 10110, Thailand", 1039, "คลองตันเหนือ"),
    ("Lat Phrao Rd, Wang Thonglang, Bangkok 10310", 1045, None),
    ("Bang Kapi, Huai Khwang, Bangkok 10310", 1017, "บางกะปิ"),
    ("Phra Khanong, Khlong Toei, Bangkok", 1033, "พระโขนง"),
    ("Thanon Sathon Nuea, Silom, Bang Rak, Bangkok 10500", 1004, "สีลม"),
    ("Yan Nawa Subdistrict, Sathon District, Bangkok", 1028, "ยานนาวา"),
    ("flooding in khet Chatujak", 1030, None),
    ("Dindaeng district, behind the flats", 1026, None),
    ("Din Daeng", 1026, None),
    ("street light out, Klongtoey, BKK", 1033, None),
    ("Huay Kwang, Bangkok", 1017, None),
    ("Ladprao district", 1038, None),
    ("Bangkok Noi", 1020, None),
    ("Khet Vadhana", 1039, None),
    # as people type it
    ("น้ำท่วมดินแดง", 1026, None),
    ("ไฟดับที่มีนบุรีหลายวันแล้ว", 1010, None),
    ("ขยะล้นแถวบางกะปิ", 1006, None),
    ("ข.จตุจักร", 1030, None),
    ("อยู่เขต บางเขน", 1005, None),
    ("เขตดินเเดง", 1026, None),
    ("เขต\u200bลาด\u200bกระ\u200bบัง", 1011, None),
    ("แขวงทุ่งวัดดอน", 1028, "ทุ่งวัดดอน"),
    ("แขวง ท่าแร้ง เขต บางเขน", 1005, "ท่าแร้ง"),
    ("อำเภอบางกะปิ จังหวัดกรุงเทพ", 1006, None),
    ("อยากให้ทางเขตบางแคมาดู", 1040, None),
    ("อยากให้เขตสวนหลวงมาดู ถนนใกล้สวนหลวง ร.9", 1034, None),
    ("รถติดตรงรอยต่อเขตลาดกระบัง กับ จ.สมุทรปราการ", 1011, None),
    # misspelt
    ("เขตสาธร", 1028, None),
    ("เขตราษฏร์บูรณะ", 1024, None),
    ("เขตพาษีเจริญ", 1022, None),
    ("เขต จตุจกร", 1030, None),
    ("เขต :คลองสาามวา", 1046, None),
    ("เขตคันนยาว", 1043, None),
    ("เขตป้อมปราบฯ", 1008, None),
    ("แขวงทุ้งมหาเมฆ", 1028, "ทุ่งมหาเมฆ"),
]


@pytest.mark.parametrize(("words", "dcode", "khwaeng"), NAMED)
def test_the_khet_is_read(words: str, dcode: int, khwaeng: str | None) -> None:
    found = find_places(words)
    assert (found.dcodes, found.khwaeng, found.outside) == ((dcode,), khwaeng, None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "ถนนลาดพร้าว",
        "ซอยลาดพร้าว 101",
        "ลาดพร้าว 71",
        "ปากซอยลาดพร้าว 48 แยก 2",
        "ถนนบางนา-ตราด กม.5",
        "บางนา-ตราด",
        "ถ.ดินแดง",
        "อุโมงค์ดินแดง",
        "หน้าตลาดคลองเตย",
        "สี่แยกบางนา",
        "BTS พระโขนง",
        "ใต้สถานีรถไฟฟ้าจตุจักร",
        "สน.บางซื่อไม่มาดู",
        "คลองลาดพร้าว",
        "สวนหลวง ร.9",
        "สวนหลวงสแควร์",
        "โรงแรมดุสิตธานี",
        "มุ่งหน้าลาดกระบัง",
        "การไฟฟ้านครหลวงเขตบางกะปิไม่มาซ่อม",
        "กปน. เขตบางเขน",
        "ธนาคารกรุงเทพ สาขาบางแค",
        "เขตก่อสร้างไม่มีป้าย",
        "เขตปลอดภัย",
        "ถนนสาทร",
        "ถนนกรุงเทพ-นนทบุรี",
        "ถนนเพชรบุรี",
        "ถนนพิษณุโลก",
        "ซอยเลยจากปากทาง ตากผ้าบนทางเท้า",
        "รถทะเบียน 1กข 1234 นนทบุรี จอดขวาง",
        "สีลม",
        "คุณวัฒนา แจ้งไฟดับ",
        "Sathorn Road",
        "Bangna-Trad Road km 5",
        "Lat Phrao 101",
        "Soi Lat Phrao 71",
        "near MRT Huai Khwang",
        "Dusit Thani",
        "กรุงเทพมหานคร",
        "Bangkok",
        "ค่าปรับ 10500 บาท",
    ],
)
def test_what_only_sounds_like_a_khet_is_not_taken_for_one(words: str) -> None:
    assert find_places(words) == Mention()


@pytest.mark.parametrize(
    ("words", "province", "sure"),
    [
        ("อ.เมือง จ.นนทบุรี", "นนทบุรี", True),
        ("ต.บางกระสอ อ.เมืองนนทบุรี จ.นนทบุรี 11000", "นนทบุรี", True),
        ("ต.บางรักน้อย อ.เมือง นนทบุรี 11000", "นนทบุรี", True),
        ("123 ถ.กรุงเทพ-นนทบุรี ต.บางเขน อ.เมือง จ.นนทบุรี", "นนทบุรี", True),
        ("จ.นนท์", "นนทบุรี", True),
        ("อ.บางพลี", "สมุทรปราการ", True),
        ("แพรกษา เมืองสมุทรปราการ 10280", "สมุทรปราการ", True),
        ("ต.คูคต อ.ลำลูกกา จ.ปทุมธานี", "ปทุมธานี", True),
        ("ต.สวนหลวง อ.กระทุ่มแบน จ.สมุทรสาคร", "สมุทรสาคร", True),
        ("อ.จอมทอง จ.เชียงใหม่", "เชียงใหม่", True),
        ("พระนครศรีอยุธยา 13000", "พระนครศรีอยุธยา", True),
        ("จังหวัดเลย", "เลย", True),
        ("จ.เพชรบุรี", "เพชรบุรี", True),
        ("Mueang Nonthaburi District, Nonthaburi 11000, Thailand", "นนทบุรี", True),
        ("Bang Phli District, Samut Prakan 10540", "สมุทรปราการ", True),
        ("Phra Nakhon Si Ayutthaya 13000", "พระนครศรีอยุธยา", True),
        ("Chom Thong, Chiang Mai 50160", "เชียงใหม่", True),
        ("Salaya, Phutthamonthon, Nakhon Pathom", "นครปฐม", False),
        ("ไฟดับที่ปทุมธานี", "ปทุมธานี", False),
        ("10540", "สมุทรปราการ", False),
    ],
)
def test_another_province_is_recognised(words: str, province: str, sure: bool) -> None:
    found = find_places(words)
    assert (found.dcodes, found.outside, found.sure) == ((), province, sure)


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("เขตบางรัก", True),
        ("แขวงสีลม", True),
        ("Khet Bang Rak", True),
        ("Bang Rak district", True),
        ("บางรัก", False),
        ("บางรัก กรุงเทพฯ", False),
        ("Bang Rak, Bangkok", False),
        ("10500", False),
        ("เลี้ยวขวาไปเขตบางรัก", False),
        ("อยู่ติดเขตบางรัก", False),
        ("เขตบางรัด", False),
    ],
)
def test_it_is_sure_where_it_was_said_to_be_a_khet_or_khwaeng(words: str, sure: bool) -> None:
    assert find_places(words).sure is sure


@pytest.mark.parametrize(
    ("words", "dcodes"),
    [
        ("แขวงบางจาก", (1009, 1022)),
        ("รอยต่อเขตดินแดงกับเขตห้วยขวาง", (1026, 1017)),
        ("ติดเขตห้วยขวาง อยู่ในเขตดินแดง", (1026, 1017)),
        ("เขตราชเทวี แขวงดินแดง", (1037, 1026)),
        ("ตั้งแต่บางซื่อยาวมาแถวจตุจักร", (1029, 1030)),
        ("กทม 10400", (1014, 1026, 1037)),
        ("10330", (1007,)),
    ],
)
def test_several_khet_are_told_the_likeliest_first(words: str, dcodes: tuple[int, ...]) -> None:
    assert find_places(words).dcodes == dcodes


@pytest.mark.parametrize("words", ["บางจาก 10160", "แขวงบางจาก กทม. 10160", "Bang Chak Subdistrict 10160"])
def test_a_postcode_tells_apart_what_the_name_leaves_open(words: str) -> None:
    assert find_places(words).dcodes == (1022,)


def test_what_is_far_down_a_long_text_is_not_read() -> None:
    assert find_places("ก" * 5_000 + " เขตบางรัก") == Mention()


def test_every_khet_and_khwaeng_is_known_by_its_word_in_both_languages() -> None:
    for khet in list_khet():
        for words in (
            f"เขต{khet.name_th}",
            f"เขต {khet.name_th}",
            f"Khet {khet.name_en}",
            f"{khet.name_en} District",
        ):
            assert find_places(words) == Mention((khet.dcode,), sure=True), words
    for each in list_khwaeng():
        khet_th = list_khet()[each.dcode - 1001].name_th
        khet_en = list_khet()[each.dcode - 1001].name_en
        for words in (
            f"แขวง{each.name_th} เขต{khet_th} กรุงเทพมหานคร {each.postcode}",
            f"Khwaeng {each.name_en}, Khet {khet_en}, Krung Thep Maha Nakhon {each.postcode}",
            f"แขวง{each.name_th} {khet_th} กรุงเทพมหานคร {each.postcode} ประเทศไทย",
            f"{each.name_en} Sub-district, {khet_en} District, Bangkok {each.postcode}",
        ):
            assert find_places(words) == Mention((each.dcode,), each.name_th, sure=True), words


THAI = st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)
BITS = st.sampled_from(
    [
        *(
            "เขต",
            "แขวง",
            "ข.",
            "จ.",
            "อ.",
            "ถนน",
            "ซอย",
            "บางนา",
            "ดินแดง",
            "สวนหลวง",
            "กรุงเทพ",
            "กทม.",
            "10400",
            "นนทบุรี",
        ),
        *("ติด", "ํา", "เเ", "Khet", "District", "Bang", "Kapi", "Nonthaburi", ",", "-", "5", " ", "\u200b"),
    ]
)


@given(st.text(max_size=80) | st.text(THAI, max_size=80) | st.lists(BITS, max_size=14).map("".join))
def test_whatever_is_written_the_answer_holds_together(words: str) -> None:
    found = find_places(words)
    assert all(1001 <= dcode <= 1050 for dcode in found.dcodes)
    assert len(set(found.dcodes)) == len(found.dcodes)
    assert not found.sure or found.dcodes or found.outside
    if found.khwaeng:
        assert find_khwaeng(found.khwaeng, found.dcodes[0])


@given(st.lists(BITS, max_size=10).map("".join))
def test_invisible_characters_and_doubled_spaces_change_nothing(words: str) -> None:
    spread = words.replace(" ", " \u00a0 ").replace("ต", "\u200cต\ufeff")
    assert find_places(spread) == find_places(words)
