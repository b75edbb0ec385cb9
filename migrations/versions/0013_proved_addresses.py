"""Whether an e-mail address is known to be a person's, or was only named for them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Since when; of all who are there by now it is not known."""
    op.add_column("reporters", sa.Column("email_proved_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """As it was."""
    op.drop_column("reporters", "email_proved_at")
