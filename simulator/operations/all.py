"""All operations in one object, as Python tests and the HTTP control both drive it."""

from simulator.operations.deliveries import DeliveryOperations
from simulator.operations.directing import DirectingOperations
from simulator.operations.inbox import InboxOperations
from simulator.operations.people import PeopleOperations
from simulator.operations.tapping import TappingOperations
from simulator.operations.telling import TellingOperations
from simulator.operations.writing import WritingOperations


class Operations(
    PeopleOperations,
    WritingOperations,
    TappingOperations,
    DeliveryOperations,
    DirectingOperations,
    TellingOperations,
    InboxOperations,
):
    """Everything that can be done to a simulated platform."""
