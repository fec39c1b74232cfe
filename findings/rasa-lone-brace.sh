#!/usr/bin/env bash
# rasa 3.6.21: a response whose text holds one brace, such as "Press { to begin", is valid in domain.yml (the schema takes any text), but cannot
# be sent: filling in slots raises ValueError, of which only KeyError is caught. Doubled braces come out single.
# Fails if that changes.
# Who meets it: whoever exports answers to Rasa. Factotum doubles braces (bot/exports/rasa.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet structlog==23.3.0
"$folder/venv/bin/pip" download --quiet --no-deps --only-binary=:all: --python-version 3.10 --dest "$folder" rasa==3.6.21
"$folder/venv/bin/python" - "$folder"/rasa-3.6.21-*.whl "$folder" <<'PYTHON'
import runpy, sys, zipfile

wheel, folder = sys.argv[1:]
path = zipfile.ZipFile(wheel).extract("rasa/core/nlg/interpolator.py", folder)
interpolate = runpy.run_path(path)["interpolate_text"]
for text in ("Press { to begin", "Press {{ to begin", "Type {{name}}"):
    try:
        told = repr(interpolate(text, {}))
    except ValueError as error:
        told = f"ValueError: {error}"
    print(f"{text!r:24} -> {told}")
    expected = {"Press { to begin": "ValueError", "Press {{ to begin": "'Press { to begin'", "Type {{name}}": "'Type {name}'"}[text]
    assert told.startswith(expected), told
PYTHON
