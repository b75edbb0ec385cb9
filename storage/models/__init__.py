"""One table family a file; imported here together so that the metadata is whole."""

from storage.models.api_key import ApiKey
from storage.models.audit import AuditEntry
from storage.models.base import Base
from storage.models.boundary import BoundaryLayer
from storage.models.callback import Callback
from storage.models.case import Case, CaseCounter, HistoryEntry, HistoryWords, SlaClock
from storage.models.case_look import CaseLook, CasePresence
from storage.models.case_note import CaseNote, NoteMention
from storage.models.case_view import BulkStep, CaseView
from storage.models.case_words import CaseWords
from storage.models.category_override import CategoryOverride
from storage.models.contact import Contact
from storage.models.conversation import Conversation
from storage.models.data_request import DataRequest
from storage.models.figures import CaseFacts, FigureMark, FigureTotal
from storage.models.follow_up import FollowUp
from storage.models.follower import Follower
from storage.models.group import Group, GroupPerson, Invite
from storage.models.handover import Handover
from storage.models.inbound_mail import InboundMail, MailFolder
from storage.models.inbox import InboxEvent, UnsentMessage
from storage.models.intake import CaseIntake, IntakeForm
from storage.models.invited import CaseHelper
from storage.models.likely_pair import LikelyPair, PairingPlace
from storage.models.mail import Mail
from storage.models.media import MediaItem
from storage.models.menu import MenuWish
from storage.models.office_week import OfficeWeek
from storage.models.once import DoneOnce
from storage.models.outbox import OutboxMessage, SentMessage
from storage.models.photo import PhotoCheck, PhotoMark
from storage.models.ready_text import ReadyText
from storage.models.relay import Relay
from storage.models.reporter import Reporter
from storage.models.service_level import ServiceLevel
from storage.models.staff import SignInAttempt, StaffInvitation, StaffRecoveryCode, StaffSession, StaffUser
from storage.models.text_change import TextChange
from storage.models.waiting import LineAccountFacts, LineQuota, WaitingMessage
from storage.models.working_day import WorkingDay

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Base",
    "BoundaryLayer",
    "BulkStep",
    "Callback",
    "Case",
    "CaseCounter",
    "CaseFacts",
    "CaseHelper",
    "CaseIntake",
    "CaseLook",
    "CaseNote",
    "CasePresence",
    "CaseView",
    "CaseWords",
    "CategoryOverride",
    "Contact",
    "Conversation",
    "DataRequest",
    "DoneOnce",
    "FigureMark",
    "FigureTotal",
    "FollowUp",
    "Follower",
    "Group",
    "GroupPerson",
    "Handover",
    "HistoryEntry",
    "HistoryWords",
    "InboundMail",
    "InboxEvent",
    "IntakeForm",
    "Invite",
    "LikelyPair",
    "LineAccountFacts",
    "LineQuota",
    "Mail",
    "MailFolder",
    "MediaItem",
    "MenuWish",
    "NoteMention",
    "OfficeWeek",
    "OutboxMessage",
    "PairingPlace",
    "PhotoCheck",
    "PhotoMark",
    "ReadyText",
    "Relay",
    "Reporter",
    "SentMessage",
    "ServiceLevel",
    "SignInAttempt",
    "SlaClock",
    "StaffInvitation",
    "StaffRecoveryCode",
    "StaffSession",
    "StaffUser",
    "TextChange",
    "UnsentMessage",
    "WaitingMessage",
    "WorkingDay",
]
