"""A match -> the reply.

In come the matches of a message and the knowledge base; out goes the `Reply` that a person is shown: what the sender does with a claim
(stance), whether a statement agrees with the facts (agreement), the answer with its sources, and the sentences around it (templates).
May import matching, english and the values.
"""
