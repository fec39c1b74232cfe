"""What people asked and got no good answer to -> groups for a curator to judge, and the changes of the base's files that follow.

In come the question log and a base; out come items (a group of like questions with what is known of it) and changes (old and new content
of files) with a trial of what they would change for others. Writes files only in apply.py. May import bot.questionlog, bot.grouping,
bot.evaluate, bot.imports and the engine.
"""
