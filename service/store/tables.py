"""The tables. A change here needs a migration beside the others."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, MetaData, String, Table, Text

METADATA = MetaData()

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("answer_id", String(80), primary_key=True),
    Column("voice", String(40), primary_key=True),
    Column("verdict", String(10), nullable=False),
    Column("comment", Text),
    Column("at", DateTime, nullable=False),  # UTC
    Index("feedback_at", "at"),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("answer_id", String(80), primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", DateTime, nullable=False),  # UTC
    Index("answers_at", "at"),
)
