"""One table family a file; imported here together so that the metadata is whole."""

from storage.models.base import Base
from storage.models.boundary import BoundaryLayer
from storage.models.case import Case, CaseCounter, HistoryEntry, HistoryWords, SlaClock
from storage.models.conversation import Conversation
from storage.models.group import Group, GroupPerson, Invite
from storage.models.inbox import InboxEvent, UnsentMessage
from storage.models.media import MediaItem
from storage.models.menu import MenuWish
from storage.models.once import DoneOnce
from storage.models.outbox import OutboxMessage, SentMessage
from storage.models.reporter import Reporter

__all__ = [
    "Base",
    "BoundaryLayer",
    "Case",
    "CaseCounter",
    "Conversation",
    "DoneOnce",
    "Group",
    "GroupPerson",
    "HistoryEntry",
    "HistoryWords",
    "InboxEvent",
    "Invite",
    "MediaItem",
    "MenuWish",
    "OutboxMessage",
    "Reporter",
    "SentMessage",
    "SlaClock",
    "UnsentMessage",
]
