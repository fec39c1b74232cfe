"""bot/serve/README.md: its table of settings is that of the command. (Its examples: test_readmes.py.)"""

import re

from service import ROOT

from bot.serve.settings import Settings

SECTION = (ROOT / "bot/serve/README.md").read_text("utf-8").partition("\n## Settings\n")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", SECTION, re.M)


def test_its_table_lists_every_setting_as_the_help_does() -> None:
    assert [(name, about) for name, _, about in ROWS] == [(name, item.description) for name, item in Settings.model_fields.items()]
