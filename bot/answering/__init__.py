"""A resolution -> the reply.

In come the resolutions of a message and the knowledge base; out goes the `Reply` that a person is shown: what the sender does with a claim
(stance), whether a statement agrees with the facts (agreement), the answer with its sources (answer), the sentences around it
(templates), the blocks that channels lay out (layout), and all of it as one reply (respond). May import dialogue,
matching, english, kinds and the values.
"""
