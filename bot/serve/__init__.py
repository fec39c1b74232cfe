"""The HTTP service: a message comes in by the API, a channel or the page, passes the desk, and goes out as JSON or HTML.

Needs the extra `serve`. In order: settings (what the operator set), seal (what travels with the client, signed), standing (the base in
force), desk (a message -> a reply, noted in the question log), api, channels/, page and probes (who asks how), problems (what is said
when something is wrong), journal, limits and access (what stands before all of them), app (their order), server (uvicorn).
"""
