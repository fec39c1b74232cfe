#!/usr/bin/env bash
# limits 5.8.0: a rate over no time at all is read as one over a single unit, and a year has 360 days.
#
# Expected: "60/0minute" is refused, or its window is 0 seconds; "1 per year" has a window of 365 days.
# Seen: "60/0minute" is 60 in 60 seconds, without a word; "1 per year" is one in 31,104,000 seconds, 12 months of 30 days.
# Who meets it: an operator whose script fills a number into the setting. Factotum refuses such a rate (bot/serve/setting_values.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check limits==5.8.0
seen=$("$folder/venv/bin/python" -c '
from limits import parse_many
for text in ("60/0minute", "1 per year"):
    for rate in parse_many(text):
        print(text, "->", rate.amount, "in", rate.get_expiry(), "seconds")
')
echo "$seen"
[ "$seen" = "60/0minute -> 60 in 60 seconds
1 per year -> 1 in 31104000 seconds" ]
