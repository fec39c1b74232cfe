"""What of a reply is shown at once: sources in one line, and no more than fits on the screen; the rest on request."""

from collections.abc import Sequence
from itertools import accumulate, groupby

from bot.answering.layout import LISTS, publisher, unfolded
from bot.render.terminal import Screen, lines_of, split
from bot.reply import Block, CitedSource, Reply

Blocks = tuple[Block, ...]

_MOST_NAMED = 40  # characters of publishers: with the rest of the line of sources that is one line of 80
_NOTE = (Block("note", "There is more: /more"),)
_NOTE_LINES = 2  # of the note, with the empty line before it


def folded(reply: Reply) -> Blocks:
    """The blocks of a reply with the sources of each answer in one line, without what is shown on request."""
    sources = {source.id: source for answer in reply.answers for source in answer.sources}
    shown: list[Block] = []
    for role, run in groupby(reply.blocks, key=lambda block: block.role):
        if role == "source":
            cited = [sources[block.source] for block in run if block.source]
            shown[-1] = _source_line(cited)  # instead of the heading
        elif role != "more":
            shown += run
    return tuple(shown)


def _source_line(sources: Sequence[CitedSource]) -> Block:
    """The number of sources and their publishers: the first one, and others as long as they fit into the line."""
    publishers = tuple(dict.fromkeys(map(publisher, sources)))
    ends = accumulate(len(name) + len(", ") for name in publishers)
    count = max(1, sum(end <= _MOST_NAMED for end in ends))
    others = len(publishers) - count
    named = ", ".join(publishers[:count]) + (f" and {others} more" if others else "")
    return Block("dated", f"Sources ({len(sources)}): {named}. All: /sources")


def further(reply: Reply) -> Blocks:
    """The blocks of a reply that are shown on request only."""
    return unfolded(block for block in reply.blocks if block.role == "more")


def fitted(blocks: Blocks, screen: Screen, room: int) -> tuple[Blocks, Blocks]:
    """The blocks that fit into `room` lines of a screen, with a note if there are more, and the others. A list stays with its heading; the
    first paragraph is cut if it does not fit alone. Without room (0) everything is shown."""
    if not room:
        return blocks, ()
    room = max(1, room - _NOTE_LINES)  # the note comes under what fits as well, where the entry has further text
    if lines_of(blocks, screen) <= room:
        return blocks, ()
    shown: Blocks = ()
    for group in _groups(blocks):
        if lines_of((*shown, *group), screen) > room:
            break
        shown += group
    if shown:
        return shown, blocks[len(shown) :]
    head, tail = split(blocks[0], screen, room)
    return (head,), (tail, *blocks[1:]) if tail.text else blocks[1:]


def noted(shown: Blocks, rest: Blocks) -> Blocks:
    """What is shown, with a note if there is a rest."""
    return (*shown, *_NOTE) if rest else shown


def _groups(blocks: Blocks) -> list[Blocks]:
    """Paragraphs one by one, a list together with its heading."""
    groups: list[Blocks] = []
    for block in blocks:
        joins = groups and block.role in LISTS and groups[-1][-1].role in (*LISTS, "heading")
        groups[-1:] = [(*groups[-1], block)] if joins else [*groups[-1:], (block,)]
    return groups
