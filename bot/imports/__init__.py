"""FAQs in the formats of others -> the files of a knowledge base, with a report of what became of each row.

A file, folder or archive comes in (`files`), each format is a module of formats/ that turns it into a stream of `found` values, `group`
makes entries of them and a line of the report for each, `findings` looks at the entries as `check` would, and `write` or `merge` puts them
into a folder. rich_text holds the one way in which markup becomes the form of our entries. What goes out are files in the form of
kb/schema.py, and an `Import` whose lines as_text and its like show. May import kb, lint and the values; libraries of the extra `import`
are loaded only by what needs them.
"""
