"""The four tables of the first question log. Written out rather than taken from tables.py, which may change: this must not."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _question()
    _answer()
    _feedback()
    _conversation()


def downgrade() -> None:
    for table in ("conversation", "feedback", "answer", "question"):
        op.drop_table(table)


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("reply", sa.String(200), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(200), nullable=False),
        sa.Column("conversation", sa.String(200)),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("score", sa.Float),
        sa.Column("kb", sa.String(200), nullable=False),
        sa.Column("latency", sa.Float, nullable=False),
    )
    op.create_index("ix_question_at", "question", ["at"])
    op.create_index("ix_question_conversation", "question", ["conversation"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("reply", sa.String(200), sa.ForeignKey("question.reply", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.String(200), nullable=False),
        sa.Column("version", sa.String(200), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("reply", sa.String(200), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])


def _conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_at", "conversation", ["at"])
