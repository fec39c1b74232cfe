"""All that is known of English, and of no knowledge base.

In comes text as it was typed or pasted; out go words, stems, sentences and questions, and what a text does: asks, asserts, denies,
leans on what was said before, is a letter, is in another language. A second language is a folder beside this one. May import the values
of `bot.knowledge` and nothing else of the package.
"""
