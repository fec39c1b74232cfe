"""A message in a conversation -> a resolution for each question in it.

In comes a message with the context of the conversation; out go resolutions: a match, or what was decided instead. turn mends typing
errors once and parts the message into questions, resolve settles what leans on the last reply (choices, pronouns, ellipses), rewrite
completes it, accounting and unknown_names tell what is left open, long_message reads e-mails, context and remember carry what the next
message may lean on. May import matching, english and the values.
"""
