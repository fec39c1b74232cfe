#!/usr/bin/env bash
# uvicorn 0.54.0 with httptools 0.9.0: the body of a request that offers another protocol is lost; with h11 0.16.0 it is read.
#
# Expected: an offer such as "Upgrade: h2c" that a server does not take is ignored (RFC 9110, section 7.8), and the application gets the body.
# Seen: with httptools, uvicorn's default where it is installed, the application gets an empty body; the log says only that the upgrade is
# unsupported. With h11 it gets all of it.
# Who meets it: clients that offer HTTP/2 over plain HTTP with their first request, such as Java's HttpClient by default and curl --http2.
# Factotum reads such a request again without the offer (bot/serve/http/protocol.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uvicorn==0.54.0 httptools==0.9.0 h11==0.16.0
cat >"$folder/tell_length.py" <<'PY'
import asyncio
import sys

import uvicorn


async def app(scope, receive, send):
    """Answers with the length of the body that it was given."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    told = f"{len(body)} bytes".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(told)), (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": told})


async def main(http):
    config = uvicorn.Config(app, port=0, http=http, ws="none", lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    for offer in ("", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST / HTTP/1.1\r\nHost: localhost\r\n{offer}Content-Length: 5\r\n\r\nhello".encode())
        read = await reader.read()
        print(http, "with an offer:" if offer else "without one:", read.decode().rpartition("\r\n")[2])
        writer.close()
    server.should_exit = True
    await task


asyncio.run(main(sys.argv[1]))
PY
seen=$(for http in httptools h11; do "$folder/venv/bin/python" "$folder/tell_length.py" "$http"; done)
echo "$seen"
[ "$seen" = "httptools without one: 5 bytes
httptools with an offer: 0 bytes
h11 without one: 5 bytes
h11 with an offer: 5 bytes" ]
