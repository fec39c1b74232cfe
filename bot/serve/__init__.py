"""The HTTP service: a message comes in by the API, a channel or the page, is answered, and goes out as JSON or HTML.

Needs the extra `serve`. In order: settings (what the operator set), signing (what travels with the client, signed), live_base (the
base in force), conversations (a message -> a reply, noted in the question log), api, channels/, page and probes (who asks how),
problems (what is said when something is wrong), access_log, limits and access (what stands before all of them), app (their order),
server (uvicorn).
"""
