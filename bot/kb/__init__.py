"""YAML files, JSON lines or plain values -> a knowledge base, or every fault of its structure.

A folder comes in: files reads it, nodes turns YAML into values with their places, forms says what each value may be, schema which keys
there are, draft gathers what was read, fields and talk make values of it, listed lays out lists in a text, and links checks what shows
only across files; read leads through it. Out comes a `KnowledgeBase`, or one `KnowledgeBaseError` with all problems. items says what a
base is as one value, lines writes and reads that as JSON lines, memory makes a base of one, and convert goes from a folder to items and
back. generated replaces the part of a file that a command writes. Faults are told by what was typed, never by stems: those change with the
stemmer. May import english and the values.
"""
