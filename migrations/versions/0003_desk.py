"""The desk: staff who sign in, what they did, and what their pages keep."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add to what the groups' memory made."""
    _staff()
    _audit()
    _api_keys()
    _case_page()
    _intake()
    _pairs()


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("pairing_places")
    op.drop_table("likely_pairs")
    _drop_intake()
    _drop_case_page()
    op.drop_table("api_keys")
    op.drop_table("audit_entries")
    _drop_staff()


def _staff() -> None:
    op.create_table(
        "staff_users",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=200)),
        sa.Column("totp_secret", sa.String(length=64)),
        sa.Column("totp_since", MOMENT),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("oidc_subject", sa.String(length=255)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_users")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_users_email")),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_staff_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_sessions_token_hash")),
    )
    op.create_index(op.f("ix_staff_sessions_user_id"), "staff_sessions", ["user_id"])
    op.create_index(op.f("ix_staff_sessions_expires_at"), "staff_sessions", ["expires_at"])
    op.create_table(
        "staff_invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_staff_invitations_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_invitations")),
    )
    op.create_index(op.f("ix_staff_invitations_user_id"), "staff_invitations", ["user_id"])
    op.create_table(
        "staff_recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_staff_recovery_codes_user_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_recovery_codes")),
    )
    op.create_index(op.f("ix_staff_recovery_codes_user_id"), "staff_recovery_codes", ["user_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_account", "sign_in_attempts", ["account", "at"])
    op.create_index("ix_sign_in_attempts_address", "sign_in_attempts", ["address", "at"])
    op.create_index(op.f("ix_sign_in_attempts_at"), "sign_in_attempts", ["at"])


def _drop_staff() -> None:
    for table in (
        "sign_in_attempts",
        "staff_recovery_codes",
        "staff_invitations",
        "staff_sessions",
        "staff_users",
    ):
        op.drop_table(table)


def _audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", KEY),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=120), nullable=False),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_user_id", "audit_entries", ["user_id", "id"])
    op.create_index("ix_audit_entries_verb", "audit_entries", ["verb", "id"])
    op.create_index("ix_audit_entries_object", "audit_entries", ["object", "id"])
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"])


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("organisation", sa.String(length=48)),
        sa.Column("beginning", sa.String(length=16), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )


def _case_page() -> None:
    op.add_column("cases", sa.Column("confidential_at", MOMENT))
    op.create_table(
        "case_notes",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_case_notes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("form", name=op.f("uq_case_notes_form")),
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id", "id"])
    op.create_table(
        "note_mentions",
        sa.Column("note_id", KEY, autoincrement=False, nullable=False),
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.ForeignKeyConstraint(["note_id"], ["case_notes.id"], name=op.f("fk_note_mentions_note_id")),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_note_mentions_user_id")),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_note_mentions")),
    )
    unseen = sa.text("seen_at IS NULL")
    op.create_index(
        "ix_note_mentions_unseen",
        "note_mentions",
        ["user_id", "note_id"],
        postgresql_where=unseen,
        sqlite_where=unseen,
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_follow_ups_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_follow_ups_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_case_id"), "follow_ups", ["case_id"])
    open_ones = sa.text("done_at IS NULL")
    op.create_index(
        "ix_follow_ups_open",
        "follow_ups",
        ["user_id", "on_day"],
        postgresql_where=open_ones,
        sqlite_where=open_ones,
    )
    op.create_table(
        "case_presence",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("user_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_presence_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_case_presence_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_case_presence")),
    )
    op.create_index("ix_case_presence_seen_at", "case_presence", ["seen_at"])
    op.create_table(
        "case_looks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_looks_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_case_looks_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_looks")),
    )
    op.create_index("ix_case_looks_case_id", "case_looks", ["case_id", "id"])
    op.create_index("ix_case_looks_user_id", "case_looks", ["user_id", "case_id", "at"])
    op.create_table(
        "ready_texts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("category", sa.String(length=32)),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("th", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_texts")),
    )
    op.create_index("ix_ready_texts_category", "ready_texts", ["category", "place"])


def _drop_case_page() -> None:
    for table in ("ready_texts", "case_looks", "case_presence", "follow_ups", "note_mentions", "case_notes"):
        op.drop_table(table)
    op.drop_column("cases", "confidential_at")


def _intake() -> None:
    op.add_column("reporters", sa.Column("phone", sa.String(length=32)))
    op.add_column("reporters", sa.Column("email", sa.String(length=254)))
    op.add_column("reporters", sa.Column("name", sa.String(length=80)))
    op.create_index(op.f("ix_reporters_phone"), "reporters", ["phone"])
    op.create_index(op.f("ix_reporters_email"), "reporters", ["email"])
    op.create_table(
        "intake_forms",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("fields", DOCUMENT, nullable=False),
        sa.Column("case_id", KEY),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_intake_forms")),
    )
    op.create_index("ix_intake_forms_user_id", "intake_forms", ["user_id", "saved_at"])
    op.create_index("ix_intake_forms_saved_at", "intake_forms", ["saved_at"])
    op.create_table(
        "case_intakes",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("event", sa.String(length=120)),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_intakes_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_intakes")),
    )
    op.create_index("ix_case_intakes_user_id", "case_intakes", ["user_id", "case_id"])
    op.create_index("ix_case_intakes_event", "case_intakes", ["event", "case_id"])
    op.create_table(
        "handovers",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handovers_case_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_case_id"), "handovers", ["case_id"])
    op.create_table(
        "callbacks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("done_by", sa.String(length=64)),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_callbacks_case_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["case_history.id"], name=op.f("fk_callbacks_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
    )
    op.create_index(op.f("ix_callbacks_case_id"), "callbacks", ["case_id"])
    owed = sa.text("done_at IS NULL")
    op.create_index("ix_callbacks_open", "callbacks", ["created_at"], postgresql_where=owed, sqlite_where=owed)
    op.create_table(
        "inbound_mails",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("sender_name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=300)),
        sa.Column("case_id", KEY),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_inbound_mails_message_id")),
    )
    op.create_index(op.f("ix_inbound_mails_case_id"), "inbound_mails", ["case_id"])
    op.create_index("ix_inbound_mails_received_at", "inbound_mails", ["received_at"])
    drafts = sa.text("state = 'draft'")
    op.create_index("ix_inbound_mails_draft", "inbound_mails", ["id"], postgresql_where=drafts, sqlite_where=drafts)
    op.create_table(
        "mail_folders",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("validity", KEY, nullable=False),
        sa.Column("last_uid", KEY, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mail_folders")),
    )


def _drop_intake() -> None:
    for table in ("mail_folders", "inbound_mails", "callbacks", "handovers", "case_intakes", "intake_forms"):
        op.drop_table(table)
    op.drop_index(op.f("ix_reporters_email"), "reporters")
    op.drop_index(op.f("ix_reporters_phone"), "reporters")
    for column in ("name", "email", "phone"):
        op.drop_column("reporters", column)


def _pairs() -> None:
    open_ones = sa.text("settled_at IS NULL")
    op.create_table(
        "likely_pairs",
        sa.Column("older_id", KEY, autoincrement=False, nullable=False),
        sa.Column("newer_id", KEY, autoincrement=False, nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by", sa.String(length=64)),
        sa.ForeignKeyConstraint(["older_id"], ["cases.id"], name=op.f("fk_likely_pairs_older_id")),
        sa.ForeignKeyConstraint(["newer_id"], ["cases.id"], name=op.f("fk_likely_pairs_newer_id")),
        sa.PrimaryKeyConstraint("older_id", "newer_id", name=op.f("pk_likely_pairs")),
    )
    op.create_index(op.f("ix_likely_pairs_newer_id"), "likely_pairs", ["newer_id"])
    op.create_index(
        "ix_likely_pairs_open", "likely_pairs", ["newer_id"], postgresql_where=open_ones, sqlite_where=open_ones
    )
    op.create_table(
        "pairing_places",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("last_case_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_places")),
    )
