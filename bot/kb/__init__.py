"""YAML files -> a knowledge base, or every fault of its structure.

A folder comes in: files reads it, nodes turns YAML into values with their places, forms says what each value may be, schema which keys
there are, read makes the base of it, and links checks what shows only across files. Out comes a `KnowledgeBase`, or one
`KnowledgeBaseError` with all problems. memory makes a base of entries held elsewhere; generated replaces the part of a file that a
command writes. Faults are told by what was typed, never by stems: those change with the stemmer. May import english and the values.
"""
