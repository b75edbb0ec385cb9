"""The journey: inbox, conversations, cases, groups, media, outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "boundary_layers",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_layers")),
    )
    op.create_table(
        "case_counters",
        sa.Column("month", sa.String(length=4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_case_counters")),
    )
    op.create_table(
        "conversations",
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("flow", sa.String(length=32), nullable=True),
        sa.Column("run", sa.String(length=16), nullable=True),
        sa.Column("draft", DOCUMENT, nullable=True),
        sa.Column("draft_at", MOMENT, nullable=True),
        sa.Column("notice_version", sa.String(length=16), nullable=True),
        sa.Column("notice_at", MOMENT, nullable=True),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_conversations")),
    )
    op.create_table(
        "group_people",
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name=op.f("pk_group_people")),
    )
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=True),
        sa.Column("bound_at", MOMENT, nullable=True),
        sa.Column("bound_by", sa.String(length=64), nullable=True),
        sa.Column("hinted_at", MOMENT, nullable=True),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("code_refused_at", MOMENT, nullable=True),
        sa.Column("staff_told_at", MOMENT, nullable=True),
        sa.Column("asked", DOCUMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_groups")),
    )
    op.create_index("ix_groups_organisation", "groups", ["organisation"], unique=False)
    op.create_table(
        "inbox_events",
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("redelivered", sa.Boolean(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_inbox_events")),
    )
    op.create_index(
        "ix_inbox_events_failed",
        "inbox_events",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("state = 'failed'"),
        sqlite_where=sa.text("state = 'failed'"),
    )
    op.create_index(
        "ix_inbox_events_wordy",
        "inbox_events",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("state = 'done' AND raw <> ''"),
        sqlite_where=sa.text("state = 'done' AND raw <> ''"),
    )
    op.create_table(
        "invites",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("used_by_chat", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invites")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("ties", DOCUMENT, nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=True),
        sa.Column("reply_token", sa.String(length=255), nullable=True),
        sa.Column("reply_until", MOMENT, nullable=True),
        sa.Column("retry_key", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("maybe_taken", sa.Boolean(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("first_push_at", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_by", sa.String(length=8), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("retry_key", name=op.f("uq_outbox_retry_key")),
    )
    op.create_index("ix_outbox_event_id", "outbox", ["event_id"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["chat_id", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('ready', 'sending', 'held')"),
        sqlite_where=sa.text("state IN ('ready', 'sending', 'held')"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "created_at"], unique=False)
    op.create_index(
        "ix_outbox_wordy",
        "outbox",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'sent' AND messages <> ''"),
        sqlite_where=sa.text("state = 'sent' AND messages <> ''"),
    )
    op.create_table(
        "reporters",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("line_user_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporters")),
        sa.UniqueConstraint("line_user_id", name=op.f("uq_reporters_line_user_id")),
    )
    op.create_table(
        "sent_messages",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("outbox_id", KEY, nullable=False),
        sa.Column("quote_token", sa.Text(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_sent_messages")),
    )
    op.create_index(op.f("ix_sent_messages_case_id"), "sent_messages", ["case_id"], unique=False)
    op.create_table(
        "unsent_messages",
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("unsent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_unsent_messages")),
    )
    op.create_table(
        "cases",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=48), nullable=False),
        sa.Column("district", sa.String(length=48), nullable=True),
        sa.Column("alternatives", DOCUMENT, nullable=False),
        sa.Column("routed_by", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("danger", DOCUMENT, nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("reporter_id", KEY, nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("phone_shared", sa.Boolean(), nullable=False),
        sa.Column("shared_name", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("acknowledge_by", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_cases_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index("ix_cases_owner_status", "cases", ["owner", "status"], unique=False)
    op.create_index(op.f("ix_cases_reporter_id"), "cases", ["reporter_id"], unique=False)
    op.create_table(
        "case_history",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("from_status", sa.String(length=16), nullable=True),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=True),
        sa.Column("organisation", sa.String(length=48), nullable=True),
        sa.Column("chat_id", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.String(length=64), nullable=True),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_history_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_history")),
    )
    op.create_index("ix_case_history_actor", "case_history", ["chat_id", "actor_id", "at"], unique=False)
    op.create_index("ix_case_history_case_id", "case_history", ["case_id", "id"], unique=False)
    op.create_index("ix_case_history_message_id", "case_history", ["message_id"], unique=False)
    op.create_table(
        "case_history_words",
        sa.Column("entry_id", KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=True),
        sa.Column("joint", sa.String(length=4), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["case_history.id"], name=op.f("fk_case_history_words_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "place", name=op.f("pk_case_history_words")),
    )
    op.create_index("ix_case_history_words_message_id", "case_history_words", ["message_id"], unique=False)
    op.create_table(
        "media",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("sender_id", sa.String(length=64), nullable=True),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("album_id", sa.String(length=64), nullable=True),
        sa.Column("album_index", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("content_type", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=255), nullable=True),
        sa.Column("thumb_path", sa.String(length=255), nullable=True),
        sa.Column("evidence", DOCUMENT, nullable=True),
        sa.Column("told_gone", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("stored_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_media_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("message_id", name=op.f("uq_media_message_id")),
    )
    op.create_index(op.f("ix_media_case_id"), "media", ["case_id"], unique=False)
    op.create_index("ix_media_chat_sender", "media", ["chat_id", "sender_id", "sent_at"], unique=False)
    op.create_index(
        "ix_media_to_delete",
        "media",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'withdrawn' AND path IS NOT NULL"),
        sqlite_where=sa.text("state = 'withdrawn' AND path IS NOT NULL"),
    )
    op.create_index(
        "ix_media_wanted",
        "media",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'wanted'"),
        sqlite_where=sa.text("state = 'wanted'"),
    )
    op.create_table(
        "menu_wishes",
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_menu_wishes")),
    )
    op.create_table(
        "sla_clocks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sla_clocks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_clocks")),
    )
    op.create_index(op.f("ix_sla_clocks_case_id"), "sla_clocks", ["case_id"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index(op.f("ix_sla_clocks_case_id"), table_name="sla_clocks")
    op.drop_table("sla_clocks")
    op.drop_table("menu_wishes")
    op.drop_index(
        "ix_media_wanted",
        table_name="media",
        postgresql_where=sa.text("state = 'wanted'"),
        sqlite_where=sa.text("state = 'wanted'"),
    )
    op.drop_index(
        "ix_media_to_delete",
        table_name="media",
        postgresql_where=sa.text("state = 'withdrawn' AND path IS NOT NULL"),
        sqlite_where=sa.text("state = 'withdrawn' AND path IS NOT NULL"),
    )
    op.drop_index("ix_media_chat_sender", table_name="media")
    op.drop_index(op.f("ix_media_case_id"), table_name="media")
    op.drop_table("media")
    op.drop_index("ix_case_history_words_message_id", table_name="case_history_words")
    op.drop_table("case_history_words")
    op.drop_index("ix_case_history_message_id", table_name="case_history")
    op.drop_index("ix_case_history_case_id", table_name="case_history")
    op.drop_index("ix_case_history_actor", table_name="case_history")
    op.drop_table("case_history")
    op.drop_index(op.f("ix_cases_reporter_id"), table_name="cases")
    op.drop_index("ix_cases_owner_status", table_name="cases")
    op.drop_table("cases")
    op.drop_table("unsent_messages")
    op.drop_index(op.f("ix_sent_messages_case_id"), table_name="sent_messages")
    op.drop_table("sent_messages")
    op.drop_table("reporters")
    op.drop_index(
        "ix_outbox_wordy",
        table_name="outbox",
        postgresql_where=sa.text("state = 'sent' AND messages <> ''"),
        sqlite_where=sa.text("state = 'sent' AND messages <> ''"),
    )
    op.drop_index("ix_outbox_state", table_name="outbox")
    op.drop_index(
        "ix_outbox_open",
        table_name="outbox",
        postgresql_where=sa.text("state IN ('ready', 'sending', 'held')"),
        sqlite_where=sa.text("state IN ('ready', 'sending', 'held')"),
    )
    op.drop_index("ix_outbox_event_id", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("invites")
    op.drop_index(
        "ix_inbox_events_wordy",
        table_name="inbox_events",
        postgresql_where=sa.text("state = 'done' AND raw <> ''"),
        sqlite_where=sa.text("state = 'done' AND raw <> ''"),
    )
    op.drop_index(
        "ix_inbox_events_failed",
        table_name="inbox_events",
        postgresql_where=sa.text("state = 'failed'"),
        sqlite_where=sa.text("state = 'failed'"),
    )
    op.drop_table("inbox_events")
    op.drop_index("ix_groups_organisation", table_name="groups")
    op.drop_table("groups")
    op.drop_table("group_people")
    op.drop_table("conversations")
    op.drop_table("case_counters")
    op.drop_table("boundary_layers")
