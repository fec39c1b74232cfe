#!/usr/bin/env bash
# py3langid 0.4.0: to restrict the recogniser to a few languages frees no memory.
#
# Expected: after set_languages(["en", "de"]) the model holds the numbers of 2 of its 97 languages, and what it holds shrinks.
# Seen: 79 MB before and 79 MB after: the whole model stays beside the smaller one, so that another set can be chosen later.
# Who meets it: whoever restricts the languages to fit a worker into its memory. Factotum takes over the parts of the model that it needs
# and drops the rest (bot/english/detection.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check py3langid==0.4.0
seen=$("$folder/venv/bin/python" -c '
import gc
import tracemalloc

from py3langid.langid import MODEL_FILE, LanguageIdentifier

tracemalloc.start()
found = LanguageIdentifier.from_model_file(MODEL_FILE)
gc.collect()
before = tracemalloc.get_traced_memory()[0]
found.set_languages(["en", "de"])
gc.collect()
after = tracemalloc.get_traced_memory()[0]
print(f"{before / 1e6:.0f} MB before", f"{after / 1e6:.0f} MB after")
print("no less than before" if after > 0.95 * before else "less than before")
')
echo "$seen"
[ "$(tail -1 <<<"$seen")" = "no less than before" ]
