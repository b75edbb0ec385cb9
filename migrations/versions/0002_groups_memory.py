"""The groups' memory: clocks that fire once, helpers and followers, mail, checked photos, what a push costs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add to what the journey made."""
    _helpers()
    _once()
    _clocks()
    _followers()
    _mail()
    _bill()
    _verdicts()
    _photos()
    _roster()


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("groups", "heard_at")
    _drop_photos()
    _drop_verdicts()
    _drop_bill()
    op.drop_table("mails")
    op.drop_table("contacts")
    _drop_followers()
    _drop_clocks()
    op.drop_table("done_once")
    _drop_helpers()


def _once() -> None:
    op.create_table(
        "done_once",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_done_once")),
    )
    op.create_index(op.f("ix_done_once_at"), "done_once", ["at"])


def _bill() -> None:
    op.add_column("outbox", sa.Column("price", sa.Integer()))
    op.add_column("outbox", sa.Column("members", sa.Integer()))
    op.add_column("outbox", sa.Column("organisation", sa.String(length=48)))
    op.add_column("groups", sa.Column("members", sa.Integer()))
    op.add_column("groups", sa.Column("members_at", MOMENT))
    op.create_table(
        "waiting_messages",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("case_id", KEY),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("mailed_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_messages")),
    )
    op.create_index("ix_waiting_messages_chat_id", "waiting_messages", ["chat_id", "id"])
    op.create_index(op.f("ix_waiting_messages_case_id"), "waiting_messages", ["case_id"])
    op.create_table(
        "line_quota",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("most", sa.Integer()),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_quota")),
    )


def _drop_bill() -> None:
    op.drop_table("line_quota")
    op.drop_table("waiting_messages")
    for name in ("members_at", "members"):
        op.drop_column("groups", name)
    for name in ("organisation", "members", "price"):
        op.drop_column("outbox", name)


def _mail() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    standing = sa.text("removed_at IS NULL")
    op.create_index(
        "ix_contacts_standing",
        "contacts",
        ["organisation", "rank"],
        unique=True,
        postgresql_where=standing,
        sqlite_where=standing,
    )
    op.create_table(
        "mails",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("thread", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    unsent = sa.text("state IN ('ready', 'sending')")
    op.create_index("ix_mails_open", "mails", ["next_at"], postgresql_where=unsent, sqlite_where=unsent)
    wordy = sa.text("state = 'sent' AND html <> ''")
    op.create_index("ix_mails_wordy", "mails", ["created_at"], postgresql_where=wordy, sqlite_where=wordy)
    op.create_index("ix_mails_state", "mails", ["state", "created_at"])


def _followers() -> None:
    op.add_column("cases", sa.Column("merged_into", KEY))
    op.create_index("ix_cases_spot", "cases", ["latitude", "longitude"])
    op.create_table(
        "case_followers",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("reporter_id", KEY, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT),
        sa.Column("merged_from", KEY),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_followers_case_id")),
        sa.ForeignKeyConstraint(["merged_from"], ["cases.id"], name=op.f("fk_case_followers_merged_from")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_case_followers_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_followers")),
        sa.UniqueConstraint("case_id", "reporter_id", name=op.f("uq_case_followers_case_id")),
    )
    op.create_index(op.f("ix_case_followers_reporter_id"), "case_followers", ["reporter_id"])
    op.create_table(
        "data_requests",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("chat_id", sa.String(length=64)),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("path", sa.String(length=255)),
        sa.Column("until", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index("ix_data_requests_chat_id", "data_requests", ["chat_id", "at"])
    undone = sa.text("done_at IS NULL")
    op.create_index("ix_data_requests_open", "data_requests", ["id"], postgresql_where=undone, sqlite_where=undone)


def _drop_followers() -> None:
    op.drop_table("data_requests")
    op.drop_table("case_followers")
    op.drop_index("ix_cases_spot", table_name="cases")
    op.drop_column("cases", "merged_into")


def _verdicts() -> None:
    op.add_column("cases", sa.Column("verdict", sa.String(length=8)))
    op.add_column("cases", sa.Column("stars", sa.Integer()))
    op.add_column("cases", sa.Column("earlier_id", KEY))
    op.create_table(
        "relays",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_relays_case_id")),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_relays")),
    )
    op.create_index(op.f("ix_relays_due_at"), "relays", ["due_at"])


def _drop_verdicts() -> None:
    op.drop_table("relays")
    for name in ("earlier_id", "stars", "verdict"):
        op.drop_column("cases", name)


def _photos() -> None:
    op.add_column("media", sa.Column("marked_at", MOMENT))
    op.add_column("media", sa.Column("compared_for", KEY))
    op.execute("UPDATE media SET compared_for = case_id WHERE role = 'after'")  # what is past is past
    stored = "state = 'stored' AND kind = 'image' AND "
    to_mark = sa.text(stored + "case_id IS NOT NULL AND marked_at IS NULL")
    op.create_index("ix_media_to_mark", "media", ["id"], postgresql_where=to_mark, sqlite_where=to_mark)
    to_compare = sa.text(
        stored + "role = 'after' AND marked_at IS NOT NULL AND (compared_for IS NULL OR compared_for <> case_id)"
    )
    op.create_index("ix_media_to_compare", "media", ["id"], postgresql_where=to_compare, sqlite_where=to_compare)
    op.create_table(
        "photo_marks",
        sa.Column("media_id", KEY, autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        *(sa.Column(f"band_{band}", sa.Integer(), nullable=False) for band in range(4)),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_photo_marks_media_id")),
        sa.PrimaryKeyConstraint("media_id", "part", name=op.f("pk_photo_marks")),
    )
    for band in range(4):
        op.create_index(f"ix_photo_marks_band_{band}", "photo_marks", [f"band_{band}"])
    op.create_table(
        "photo_checks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("media_id", KEY, nullable=False),
        sa.Column("other_media_id", KEY),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.Column("seen_by", sa.String(length=64)),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_photo_checks_case_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_photo_checks_media_id")),
        sa.ForeignKeyConstraint(["other_media_id"], ["media.id"], name=op.f("fk_photo_checks_other_media_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_checks")),
    )
    op.create_index("ix_photo_checks_case_id", "photo_checks", ["case_id", "id"])
    op.create_index("ix_photo_checks_told_at", "photo_checks", ["told_at"])
    op.create_index(op.f("ix_photo_checks_other_media_id"), "photo_checks", ["other_media_id"])
    op.create_index("uq_photo_checks_media_id", "photo_checks", ["media_id", "verdict"], unique=True)


def _roster() -> None:
    op.add_column("groups", sa.Column("heard_at", MOMENT))
    op.execute("UPDATE groups SET heard_at = CURRENT_TIMESTAMP WHERE organisation IS NOT NULL")  # silence begins now


def _drop_photos() -> None:
    op.drop_table("photo_checks")
    op.drop_table("photo_marks")
    op.drop_index("ix_media_to_compare", table_name="media")
    op.drop_index("ix_media_to_mark", table_name="media")
    op.drop_column("media", "compared_for")
    op.drop_column("media", "marked_at")


def _clocks() -> None:
    op.add_column("sla_clocks", sa.Column("next_at", MOMENT))
    op.add_column("sla_clocks", sa.Column("stage", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sla_clocks", sa.Column("any_hour", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("sla_clocks") as table:
        for name in ("stage", "any_hour"):
            table.alter_column(name, server_default=None)
    op.execute("UPDATE sla_clocks SET next_at = due_at WHERE stopped_at IS NULL")
    runs = sa.text("stopped_at IS NULL AND next_at IS NOT NULL")
    op.create_index("ix_sla_clocks_next", "sla_clocks", ["next_at"], postgresql_where=runs, sqlite_where=runs)
    op.create_table(
        "working_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_working_days")),
    )


def _drop_clocks() -> None:
    op.drop_table("working_days")
    op.drop_index("ix_sla_clocks_next", table_name="sla_clocks")
    for name in ("any_hour", "stage", "next_at"):
        op.drop_column("sla_clocks", name)


def _helpers() -> None:
    op.add_column("cases", sa.Column("transfer_to", sa.String(length=48)))
    op.create_table(
        "case_helpers",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("organisation", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_helpers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "organisation", name=op.f("pk_case_helpers")),
    )
    op.create_index("ix_case_helpers_organisation", "case_helpers", ["organisation", "state"])


def _drop_helpers() -> None:
    op.drop_table("case_helpers")
    op.drop_column("cases", "transfer_to")
