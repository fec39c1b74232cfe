"""What the question log keeps of a decision beyond the reply."""

import pytest

from bot import Bot
from bot.note import Note, note_of


def test_what_had_no_answer_is_kept_with_the_nearest_entries(shop: Bot) -> None:
    reply, note = shop.noted("cost")
    assert reply.status == "clarify"
    assert note.nearest[0][0] == "delivery-price"
    assert [score for _, score in note.nearest] == sorted((score for _, score in note.nearest), reverse=True)
    assert len(note.nearest) == 3
    assert note.margin is not None
    assert note.margin < 10, "little was lacking"


def test_what_was_answered_is_kept_with_how_clear_it_was(shop: Bot) -> None:
    reply, note = shop.noted("when do you open")
    assert (note.nearest, note.chosen) == ((), None)
    assert note.margin is not None
    assert 10 < note.margin < reply.answers[0].score - shop.limits.threshold + 0.1


def test_of_several_questions_the_narrowest_counts_and_the_first_without_an_answer(shop: Bot) -> None:
    reply, both = shop.noted("When do you open? Do you sell unicorns? Who won the cup final?")
    assert [answer.id for answer in reply.answers] == ["opening-hours", "product-sold"]
    single = shop.noted("When do you open?")[1].margin
    assert both.margin is not None
    assert single is not None
    assert both.margin < single
    assert both.nearest == shop.noted("Who won the cup final?")[1].nearest != ()


def test_what_is_plainly_outside_is_no_narrow_decision(shop: Bot) -> None:
    reply, note = shop.noted("who won the cup final")
    assert reply.reason == "out-of-scope"
    assert note.margin is not None
    assert note.margin > 10


def test_a_choice_is_known_however_it_is_made(shop: Bot) -> None:
    reply, _ = shop.noted("cost")
    name = reply.options[0].id
    shown = shop.noted_choice(name, reply.context)
    assert shown is not None
    assert shown[1] == Note(chosen=name)
    assert shop.noted("1", reply.context)[1].chosen == name
    assert shop.noted(reply.options[0].question, reply.context)[1].chosen == name, "a button that sends its own text"
    assert shop.noted("when do you open", reply.context)[1].chosen is None
    assert shop.noted(reply.options[0].question)[1].chosen is None, "nothing was offered"
    assert shop.noted_choice("no-such-entry") is None


@pytest.mark.parametrize("text", ["", "?", "hello", "привет"])
def test_there_is_a_note_on_anything(text: str, shop: Bot) -> None:
    _, note = shop.noted(text)
    assert note.chosen is None
    assert note.nearest == ()
    assert note_of((), shop.limits) == Note()
