"""bot/serve/README.md: its table of settings is that of the command. (Its examples: test_readmes.py.)"""

import re

from service import ROOT

from bot.serve.settings import Settings

ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", (ROOT / "bot/serve/README.md").read_text("utf-8"), re.M)


def test_its_table_lists_every_setting_as_the_help_does() -> None:
    assert [(name, about) for name, _, about in ROWS] == [(name, item.description) for name, item in Settings.model_fields.items()]
