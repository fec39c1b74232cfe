"""A resolution -> the reply.

In come the resolutions of a message and the knowledge base; out goes the `Reply` that a person is shown: what the sender does with a claim
(stance), whether a statement agrees with the facts (agreement), the answer with its sources, and the sentences around it (templates).
May import dialogue, matching, english and the
values.
"""
