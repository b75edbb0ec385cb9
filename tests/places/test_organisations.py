"""Every case is with one of these; a wrong code must be told with the right one beside it."""

import re

import pytest

from places.organisations import (
    UnknownOrganisation,
    find_organisation,
    get_organisation,
    list_khet,
    list_organisations,
)


@pytest.mark.parametrize(
    ("asked", "advised"),
    [
        ("district:1051", "district:1050"),
        ("dept:drain", "dept:drainage"),
        ("Din Daeng", "district:1026"),
        ("เขตดินเเดง", "district:1026"),
        ("District:1026", "district:1026"),
    ],
)
def test_an_unknown_code_is_refused_with_the_codes_near_it(asked: str, advised: str) -> None:
    with pytest.raises(UnknownOrganisation, match=re.escape(advised)):
        get_organisation(asked)


def test_a_code_like_no_other_is_refused_with_the_form_of_codes() -> None:
    with pytest.raises(UnknownOrganisation, match="district:1001"):
        get_organisation("?")


@pytest.mark.parametrize("code", ["", "district:", "district:1000", "dept:", "OMB", "partner:mea"])
def test_find_gives_none_for_what_is_not_in_the_table(code: str) -> None:
    assert find_organisation(code) is None


def test_a_district_office_has_its_names_zone_postcode_phone_and_centre() -> None:
    office = get_organisation("district:1026")
    assert (office.name_th, office.short_th) == ("สำนักงานเขตดินแดง", "เขตดินแดง")
    assert (office.name_en, office.short_en) == ("Din Daeng District Office", "Din Daeng District")
    assert (office.zone_th, office.zone_en) == ("กลุ่มกรุงเทพกลาง", "Central Krung Thep")
    assert office.postcodes == ("10400",)
    assert office.dcode == 1026
    assert re.fullmatch(r"02-\d{3}-\d{4}", office.phone)
    assert office.centre is not None
    assert 13.4 < office.centre[0] < 14.0
    assert 100.3 < office.centre[1] < 101.0


def test_the_table_holds_omb_fifty_districts_and_the_departments_of_today() -> None:
    assert [each.code for each in list_organisations("omb")] == ["omb"]
    assert [each.dcode for each in list_organisations("district")] == list(range(1001, 1051))
    departments = {each.code for each in list_organisations("dept")}
    assert {
        "dept:public-works",
        "dept:drainage",
        "dept:environment",
        "dept:traffic",
        "dept:city-law",
    } <= departments
    assert len(list_organisations()) == 1 + 50 + len(departments)
    assert list_organisations("nothing") == ()


def test_no_two_organisations_share_a_code_or_a_name() -> None:
    everyone = list_organisations()
    for names in zip(
        *((each.code, each.name_th, each.name_en, each.short_th, each.short_en) for each in everyone),
        strict=True,
    ):
        assert len(set(names)) == len(everyone)


def test_every_organisation_is_named_in_both_languages_and_fits_a_button() -> None:
    for each in list_organisations():
        assert all((each.name_th, each.name_en, each.short_th, each.short_en)), each
        assert each.kind == each.code.partition(":")[0]
        assert each.name_en.isascii()


def test_every_khet_has_a_postcode_of_bangkok() -> None:
    assert all(khet.postcodes and all(code.startswith("10") for code in khet.postcodes) for khet in list_khet())
