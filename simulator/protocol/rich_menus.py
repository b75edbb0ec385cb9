"""Rich menus over the API: make, hang a picture, list, delete, set as default."""

from simulator.protocol.calls import Answer, Call, Refused, read_json, refuse_report, refuse_unknown
from simulator.rules.report import Report
from simulator.rules.rich_menu import IMAGE_BYTES, check_rich_menu, find_image_size
from simulator.state.platform import Platform
from simulator.state.rich_menus import MOST, RichMenu

NO_IMAGE = "must upload richmenu image before applying it to user"


def create(platform: Platform, call: Call) -> Answer:
    definition = _read(call)
    if len(platform.rich_menus.menus) >= MOST:
        raise Refused(400, f"the number of rich menus can't be more than {MOST}")
    menu = RichMenu(platform.ids.rich_menu_id(), definition)
    platform.rich_menus.menus[menu.rich_menu_id] = menu
    platform.changes.announce("rich_menu")
    return Answer(body={"richMenuId": menu.rich_menu_id})


def validate(platform: Platform, call: Call) -> Answer:
    _read(call)
    return Answer()


def _read(call: Call) -> dict[str, object]:
    definition = read_json(call)
    report = Report()
    check_rich_menu(definition, report)
    refuse_report(report)
    return definition


def upload_image(platform: Platform, call: Call, rich_menu_id: str) -> Answer:
    menu = get_menu(platform, rich_menu_id)
    if call.content_type not in ("image/jpeg", "image/png"):
        raise Refused(415, f"The content type, {call.headers.get('Content-Type', '')}, is not supported")
    if menu.image is not None:
        raise Refused(400, "An image has already been uploaded to the richmenu")
    size = menu.definition["size"]
    if len(call.body) > IMAGE_BYTES or find_image_size(call.body) != (size["width"], size["height"]):
        seen = f"{len(call.body)} bytes, {find_image_size(call.body)} for a menu of {size}"
        raise Refused(400, "The image size is not allowed for richmenu", reason=seen)
    menu.image = call.body
    menu.content_type = call.content_type
    platform.changes.announce("rich_menu")
    return Answer()


def download_image(platform: Platform, call: Call, rich_menu_id: str) -> Answer:
    menu = get_menu(platform, rich_menu_id)
    if menu.image is None:
        raise refuse_unknown()
    return Answer(body=menu.image, content_type=menu.content_type)


def list_menus(platform: Platform, call: Call) -> Answer:
    return Answer(body={"richmenus": [menu.as_answer() for menu in platform.rich_menus.menus.values()]})


def get(platform: Platform, call: Call, rich_menu_id: str) -> Answer:
    return Answer(body=get_menu(platform, rich_menu_id).as_answer())


def delete(platform: Platform, call: Call, rich_menu_id: str) -> Answer:
    get_menu(platform, rich_menu_id)
    platform.rich_menus.delete(rich_menu_id)
    platform.changes.announce("rich_menu")
    return Answer()


def set_default(platform: Platform, call: Call, rich_menu_id: str) -> Answer:
    get_menu_with_image(platform, rich_menu_id)
    platform.rich_menus.default_id = rich_menu_id
    platform.changes.announce("rich_menu")
    return Answer()


def get_default(platform: Platform, call: Call) -> Answer:
    if platform.rich_menus.default_id is None:
        raise Refused(404, "no default richmenu")
    return Answer(body={"richMenuId": platform.rich_menus.default_id})


def clear_default(platform: Platform, call: Call) -> Answer:
    platform.rich_menus.default_id = None
    platform.changes.announce("rich_menu")
    return Answer()


def get_menu(platform: Platform, rich_menu_id: str) -> RichMenu:
    menu = platform.rich_menus.find(rich_menu_id)
    if menu is None:
        raise refuse_unknown()
    return menu


def get_menu_with_image(platform: Platform, rich_menu_id: str) -> RichMenu:
    menu = get_menu(platform, rich_menu_id)
    if menu.image is None:
        raise Refused(400, NO_IMAGE)
    return menu
