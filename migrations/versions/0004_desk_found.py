"""The desk's figures and its search: what is counted and looked up so that a million cases answer at once."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add to the desk."""
    _figures()
    _search()


def downgrade() -> None:
    """Take it away again."""
    _drop_search()
    _drop_figures()


def _figures() -> None:
    op.create_table(
        "case_facts",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(length=48), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("handed_at", MOMENT),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("acknowledge_minutes", sa.Integer()),
        sa.Column("first_words_at", MOMENT),
        sa.Column("first_words_minutes", sa.Integer()),
        sa.Column("resolved_at", MOMENT),
        sa.Column("resolve_minutes", sa.Integer()),
        sa.Column("on_time", sa.Boolean()),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("verdict", sa.String(length=8)),
        sa.Column("stars", sa.SmallInteger()),
        sa.Column("open_status", sa.String(length=16)),
        sa.Column("late_at", MOMENT),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_facts")),
    )
    still = sa.text("open_status IS NOT NULL")
    columns = ["open_status", "confidential", "owner", "category", "channel", "late_at"]
    op.create_index("ix_case_facts_open", "case_facts", columns, postgresql_where=still, sqlite_where=still)
    for name, values in (
        ("received", ()),
        ("acknowledged", ("acknowledge_minutes",)),
        ("first_words", ("first_words_minutes",)),
        ("resolved", ("resolve_minutes", "on_time", "disputed", "reopened")),
        ("ended", ("verdict", "stars")),
    ):
        columns = ["confidential", f"{name}_at", "owner", "category", "channel", *values]
        op.create_index(f"ix_case_facts_{name}", "case_facts", columns)
    op.create_table(
        "figure_totals",
        sa.Column("dims", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("grain", sa.String(length=1), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=48), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("counts", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "dims", "grain", "begins", "owner", "category", "channel", name=op.f("pk_figure_totals")
        ),
    )
    op.create_table(
        "figure_marks",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_marks")),
    )
    matters = "NEW.action NOT IN ('note', 'add', 'follow', 'remind', 'escalate')"
    changes = "owner, category, channel, confidential, verdict, stars, created_at"
    if op.get_bind().dialect.name == "postgresql":
        for function, key in (("mark_history", "case_id"), ("mark_case", "id")):
            op.execute(
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.{key}); RETURN NULL; END $$"
            )
        op.execute(
            "CREATE TRIGGER figure_marks_history AFTER INSERT ON case_history "
            f"FOR EACH ROW WHEN ({matters}) EXECUTE FUNCTION mark_history()"
        )
        op.execute(
            f"CREATE TRIGGER figure_marks_cases AFTER UPDATE OF {changes} ON cases "
            "FOR EACH ROW EXECUTE FUNCTION mark_case()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER figure_marks_history AFTER INSERT ON case_history WHEN {matters} "
            "BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.case_id); END"
        )
        op.execute(
            f"CREATE TRIGGER figure_marks_cases AFTER UPDATE OF {changes} ON cases "
            "BEGIN INSERT INTO figure_marks (case_id) VALUES (NEW.id); END"
        )
    # What is there already is counted by the job that settles marks.
    op.execute("INSERT INTO figure_marks (case_id) SELECT id FROM cases ORDER BY id")


def _drop_figures() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    op.execute("DROP TRIGGER figure_marks_history" + (" ON case_history" if postgres else ""))
    op.execute("DROP TRIGGER figure_marks_cases" + (" ON cases" if postgres else ""))
    if postgres:
        op.execute("DROP FUNCTION mark_history()")
        op.execute("DROP FUNCTION mark_case()")
    for table in ("figure_marks", "figure_totals", "case_facts"):
        op.drop_table(table)


_LISTS = {
    "ix_cases_created_at": ["created_at", "id"],
    "ix_cases_owner_created_at": ["owner", "created_at", "id"],
    "ix_cases_status_created_at": ["status", "created_at", "id"],
    "ix_cases_updated_at": ["updated_at", "id"],
    "ix_cases_owner_status": ["owner", "status", "created_at", "id"],
}
_PARTS = {
    "ix_cases_phone": ("cases", ["phone"], "phone IS NOT NULL"),
    "ix_cases_transfer_to": ("cases", ["transfer_to"], "transfer_to IS NOT NULL"),
    "ix_sla_clocks_due_at": ("sla_clocks", ["due_at", "case_id"], "stopped_at IS NULL"),
}


def _search() -> None:
    """What cases are searched and listed by. The statements stand in files of their own, one for each database."""
    op.drop_index("ix_cases_owner_status", "cases")
    for name, columns in _LISTS.items():
        op.create_index(name, "cases", columns)
    for name, (table, columns, where) in _PARTS.items():
        op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
    op.create_table(
        "case_words",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )
    op.create_table(
        "case_views",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_case_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_views")),
    )
    op.create_index(op.f("ix_case_views_user_id"), "case_views", ["user_id"])
    op.create_table(
        "bulk_steps",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("made", DOCUMENT, nullable=False),
        sa.Column("skipped", DOCUMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.ForeignKeyConstraint(["user_id"], ["staff_users.id"], name=op.f("fk_bulk_steps_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_steps")),
        sa.UniqueConstraint("user_id", "form", name=op.f("uq_bulk_steps_user_id_form")),
    )
    statements = Path(__file__).with_name(f"0004_search.{op.get_bind().dialect.name}.sql").read_text("utf-8")
    for statement in statements.split("\n--;\n")[:-1]:
        op.get_bind().exec_driver_sql(statement)


def _drop_search() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    triggers = {"told": "cases", "changed": "cases", "gone": "cases", "added": "case_history_words"}
    if not postgres:
        triggers |= {"mended": "case_history_words", "unsaid": "case_history_words"}
    for name, table in triggers.items():
        op.execute(f"DROP TRIGGER case_words_{name}" + (f" ON {table}" if postgres else ""))
    op.drop_table("bulk_steps")
    op.drop_table("case_views")
    op.execute("DROP VIEW case_words_now")
    op.drop_table("case_words")
    if postgres:
        for function in (
            "case_words_of_history()",
            "case_words_of_case()",
            "case_words_keep(bigint)",
            "case_grams(text, integer)",
            "case_words_fold(text)",
        ):
            op.execute(f"DROP FUNCTION {function}")
    else:
        op.execute("DROP TABLE case_grams")
    for name, (table, _, _) in _PARTS.items():
        op.drop_index(name, table)
    for name in _LISTS:
        op.drop_index(name, "cases")
    op.create_index("ix_cases_owner_status", "cases", ["owner", "status"])
