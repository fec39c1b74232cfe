"""Labelled questions -> figures.

In come rows of a table (cases) or the base's own questions (leave_one_out) and a bot; out go figures (metrics, measure, limits) and
reports of them as text, JSON, JUnit or HTML. May import the engine and everything below it.
"""
