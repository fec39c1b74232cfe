"""What a curator needs to know of a decision: the base, the entries that were near, what was chosen, and how narrow it was."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_PRESSED = "[chose %]"
"""How a pressed choice was written until now, in the place of a question."""


def upgrade() -> None:
    op.add_column("question", sa.Column("base", sa.String(200)))
    op.add_column("question", sa.Column("nearest", sa.JSON))
    op.add_column("question", sa.Column("chosen", sa.String(200)))
    op.add_column("question", sa.Column("margin", sa.Float))
    question = sa.table("question", sa.column("question", sa.Text), sa.column("chosen", sa.String))
    written = sa.func.length(question.c.question) - len(_PRESSED) + 1
    name = sa.func.substr(question.c.question, len(_PRESSED) - 1, written)
    op.execute(sa.update(question).where(question.c.question.like(_PRESSED), written <= 200).values(chosen=name))


def downgrade() -> None:
    for column in ("margin", "chosen", "nearest", "base"):
        op.drop_column("question", column)
