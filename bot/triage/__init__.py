"""Archives of messages that a desk has -> what the bot would have said to each, and what the base lacks.

A file or folder comes in; each format is a module of formats/ that turns it into messages. `parts` divides archives into units of work,
`work` answers one of them and writes its rows without personal data, and Dask does that in as many processes as there are (`cluster`).
Out come a table, groups of what has no answer, a report (bot.reporting) and a draft base of questions. May import the engine, imports,
exports, redaction and reporting; Dask and pyarrow are the extra `triage`.
"""
