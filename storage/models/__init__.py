"""One table family a file; imported here together so that the metadata is whole."""

from storage.models.base import Base
from storage.models.boundary import BoundaryLayer
from storage.models.case import Case, CaseCounter, HistoryEntry, HistoryWords, SlaClock
from storage.models.contact import Contact
from storage.models.conversation import Conversation
from storage.models.data_request import DataRequest
from storage.models.follower import Follower
from storage.models.group import Group, GroupPerson, Invite
from storage.models.inbox import InboxEvent, UnsentMessage
from storage.models.invited import CaseHelper
from storage.models.mail import Mail
from storage.models.media import MediaItem
from storage.models.menu import MenuWish
from storage.models.once import DoneOnce
from storage.models.outbox import OutboxMessage, SentMessage
from storage.models.photo import PhotoCheck, PhotoMark
from storage.models.relay import Relay
from storage.models.reporter import Reporter
from storage.models.waiting import LineQuota, WaitingMessage
from storage.models.working_day import WorkingDay

__all__ = [
    "Base",
    "BoundaryLayer",
    "Case",
    "CaseCounter",
    "CaseHelper",
    "Contact",
    "Conversation",
    "DataRequest",
    "DoneOnce",
    "Follower",
    "Group",
    "GroupPerson",
    "HistoryEntry",
    "HistoryWords",
    "InboxEvent",
    "Invite",
    "LineQuota",
    "Mail",
    "MediaItem",
    "MenuWish",
    "OutboxMessage",
    "PhotoCheck",
    "PhotoMark",
    "Relay",
    "Reporter",
    "SentMessage",
    "SlaClock",
    "UnsentMessage",
    "WaitingMessage",
    "WorkingDay",
]
