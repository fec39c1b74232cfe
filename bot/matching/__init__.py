"""A query -> ranked entries -> a decision.

In comes one question as text; out goes a `Match`: the query as it was understood, the candidates with their evidence and score, and the
decision (an answer, a question back, or none with a reason). In this order: query (spelling, synonyms, entities), index and vectors,
candidates, scope, evidence, calibration, decision; match puts them together. May import english and the values.
"""
