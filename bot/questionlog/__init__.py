"""What was asked and answered, kept for the curators: without personal data, for a limited number of days, in SQLite or PostgreSQL.

In come records made on the path of a request; out come a report on a period, and everything kept of one conversation. A thread (writer)
queues records, has personal data removed by the function that it is given, and writes batches to the database (store); expiry decides
when old records may be deleted. The same database holds what handing over to people needs: outgoing messages until they are delivered
(outbox), and which conversations a person has taken, with what was said in them (takeovers). May import bot.english, bot.errors,
SQLAlchemy, Alembic and psycopg.
"""
