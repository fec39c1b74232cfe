#!/usr/bin/env bash
# openapi-python-client 0.29.1: a model with alternatives of what is required (`oneOf` beside `properties`) is dropped without a word.
#
# Expected: a class with the properties, or a warning; JSON Schema has both keywords apply together.
# Seen: exit status 0, no warning, no class, and the body of the request is `Any`: whoever uses the client has no types.
# Who meets it: a service whose OpenAPI says that one of two fields must be there. Factotum's says it in words (bot/serve/schemas.py), and
# tests/test_clients.py generates a client.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openapi-python-client==0.29.1
cat > "$folder/openapi.json" <<'JSON'
{"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
 "paths": {"/ask": {"post": {"operationId": "ask", "responses": {"200": {"description": "ok"}}, "requestBody": {"required": true,
  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ask"}}}}}}},
 "components": {"schemas": {"Ask": {"type": "object", "properties": {"text": {"type": "string"}, "choice": {"type": "string"}},
  "oneOf": [{"required": ["text"]}, {"required": ["choice"]}]}}}}
JSON
echo "post_hooks: []" > "$folder/config.yaml"
cd "$folder"
said=$(venv/bin/openapi-python-client generate --path openapi.json --config config.yaml --meta none --output-path made 2>&1)
seen="$said
models: $(find made/models -name '*.py' ! -name '__init__.py' | wc -l | tr -d ' ')
$(grep -m1 -o 'body: .*,' made/api/default/ask.py)"
echo "$seen"
[ "$seen" = "Generating made
models: 0
body: Any," ]
