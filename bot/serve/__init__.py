"""The HTTP service: a message comes in through the API, a channel or the help page, is answered, and goes out as JSON or HTML.

Needs the extra `serve`. May import the engine and the question log. Read in this order: settings (what the operator sets), http/ (what each
request passes first: its host, size and sender, rates, problems, the access log), api, channels/, page and probes (one for each kind of
caller), threads (channels with their own ids), conversations (a message -> a reply), desk and people (handing over), outgoing/ (what is
sent to others), answering_process (the time limit of long messages), signing and context_store (what a conversation carries), live_base and
check_base (the base in force and its successor), app (puts them together), server and workers (uvicorn and its processes).
"""
