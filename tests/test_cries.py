"""Whoever is in danger hears of help first, whatever the message asks besides, in every base."""

from pathlib import Path

import pytest
import yaml

from bot import Bot

ROWS = yaml.safe_load((Path(__file__).parent / "cries.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", ROWS["cries"])
def test_a_cry_for_help_is_heard_whatever_is_asked_besides(text: str, shop: Bot) -> None:
    assert shop.ask(text).reason == "danger"


@pytest.mark.parametrize("text", ROWS["calm"])
def test_what_only_sounds_like_danger_does_not_win_over_everything(text: str, shop: Bot) -> None:
    assert "cried" not in {item.how for item in shop.trace(text).resolutions}


def test_a_curator_is_told_what_made_it_a_cry(shop: Bot) -> None:
    assert [item.how for item in shop.trace("he keeps hurting me, when do you close?").resolutions] == ["cried"]
