"""What `fasttrack doctor` sees of the offices: whether a pin leads to one, how many can be told of a case."""

from commands.doctor_findings import Finding, find
from commands.doctor_look import Look
from places.organisations import list_khet
from storage import boundaries, contacts, observations
from storage.session import Database

MOST_NAMED = 5


def check_boundaries(look: Look) -> list[Finding]:
    """Are there outlines of the khet, by which a pin finds its office?"""
    if look.has("database.absent"):
        return [find("warning", "boundaries.none")]
    database: Database | None = look.left.get("database")
    if database is None:
        return [find("unseen", "boundaries.unasked")]
    with database.read() as session:
        layers = boundaries.list_layers(session, 1)
    if not layers:
        return [find("warning", "boundaries.none")]
    _, source, _, imported_at = layers[0]
    return [find("ok", "boundaries.fine", source=source, day=f"{imported_at:%Y-%m-%d}")]


def check_offices(look: Look) -> list[Finding]:
    """To how many of the districts can a case be sent, by a group or by e-mail?"""
    database: Database | None = look.left.get("database")
    if database is None and not look.has("database.absent"):
        return [find("unseen", "offices.unasked")]
    known = _list_reached(database) if database is not None else set()
    districts = [f"district:{khet.dcode}" for khet in list_khet()]
    unreached = [code for code in districts if code not in known]
    values = {"count": len(districts) - len(unreached), "all": len(districts)}
    if not unreached:
        return [find("ok", "offices.fine", **values)]
    if len(unreached) == len(districts):
        return [find("warning", "offices.none", **values)]
    more = len(unreached) - MOST_NAMED
    named = ", ".join(unreached[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return [find("warning", "offices.some", named=named, **values)]


def _list_reached(database: Database) -> set[str]:
    with database.read() as session:
        grouped = {organisation for _, organisation in observations.list_bound_groups(session)}
        return grouped | {contact.organisation for contact in contacts.list_contacts(session)}
