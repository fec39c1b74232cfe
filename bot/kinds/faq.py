"""A question with its answer."""

from bot.kinds.kind import Kind

KIND = Kind(
    name="faq",
    about="a question with its answer",
    is_entry=True,
    parts={"": (("text", "answer"),)},
)
