"""Takes personal data out of text before it is stored.

In: a text as typed, and a `Field` with the words of the base in force. Out: the same text with a tag such as [name], [e-mail] or
[date of birth] in place of each piece of personal data. The rules know English and the forms of numbers and addresses; which words of the
subject point to a person ("wanted", "convicted") is the base's to say, in `name_cues` of its settings.

May import english, the speller of matching and the values, phonenumbers and stdnum. Does no I/O except reading its own word list.
"""
