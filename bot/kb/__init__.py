"""YAML files -> a knowledge base, or every fault of its structure.

In comes a folder (files, nodes with their places, forms that say which keys there are); out goes a `KnowledgeBase`, or one
`KnowledgeBaseError` with all problems. links checks what shows only across files; schema prints the forms as JSON Schema. May import
english and the values.
"""
