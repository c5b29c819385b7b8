"""Feedback and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String(80), primary_key=True),
        sa.Column("voice", sa.String(40), primary_key=True),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("feedback_at", "feedback", ["at"])
    op.create_table(
        "answers",
        sa.Column("answer_id", sa.String(80), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("answers_at", "answers", ["at"])


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("feedback")
