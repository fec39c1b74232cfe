"""The tables of handing over and of channels: what was said as it was said, what has to be sent, which conversations a person has taken,
and how far a mailbox was read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _turn()
    _outgoing()
    _takeover()
    _bookmark()


def downgrade() -> None:
    for table in ("bookmark", "takeover", "outgoing", "turn"):
        op.drop_table(table)


def _turn() -> None:
    op.create_table(
        "turn",
        sa.Column("reply", sa.String(200), primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("replied", sa.Text, nullable=False),
    )
    op.create_index("ix_turn_conversation", "turn", ["conversation"])
    op.create_index("ix_turn_at", "turn", ["at"])


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("channel", sa.String(200), nullable=False),
        sa.Column("conversation", sa.String(200)),
        sa.Column("recipient", sa.String(200)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("fault", sa.String(200)),
    )
    op.create_index("ix_outgoing_key", "outgoing", ["key"], unique=True)
    for column in ("conversation", "recipient", "at", "due", "state"):
        op.create_index(f"ix_outgoing_{column}", "outgoing", [column])


def _takeover() -> None:
    op.create_table(
        "takeover",
        sa.Column("conversation", sa.String(200), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_index("ix_takeover_at", "takeover", ["at"])
    op.create_index("ix_takeover_taken", "takeover", ["taken"])


def _bookmark() -> None:
    op.create_table(
        "bookmark",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
