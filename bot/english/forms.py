"""Forms of English words and what they are read as: contractions, shorthand, irregular forms, numbers and months."""

ORDINALS = {
    **dict.fromkeys(("first", "1st", "former"), 0),
    **dict.fromkeys(("second", "2nd", "latter"), 1),
    **dict.fromkeys(("third", "3rd"), 2),
    **dict.fromkeys(("fourth", "4th"), 3),
    "last": -1,
}
"""Ordinals -> the place that they mean, from 0; -1 is the last."""

NUMBERS = {
    word: str(number) for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}  # fmt: skip
"""Number words -> their digits."""

READ_AS = {word: (digits,) for word, digits in NUMBERS.items()} | {"hes": ("he", "is"), "shes": ("she", "is")}
"""Words that are read as others in a clause."""

MONTHS = frozenset("january february march april june july august september october november december".split())
"""The months."""

IRREGULAR = {
    "paid": "pay", "kept": "keep", "sent": "send", "left": "leave", "wrote": "write", "written": "write", "ran": "run", "led": "lead",
    "caught": "catch", "rang": "ring", "rung": "ring", "gave": "give", "given": "give", "took": "take", "taken": "take", "found": "found",
    "held": "hold", "began": "begin", "begun": "begin", "sat": "sit", "stood": "stand", "told": "tell", "lost": "lose", "chose": "choose",
    "chosen": "choose", "came": "come", "went": "go", "gone": "go", "made": "make", "built": "build", "brought": "bring", "met": "meet",
    "spent": "spend", "shown": "show", "seen": "see", "saw": "see", "put": "put", "fled": "flee", "hid": "hide", "hidden": "hide",
    "got": "get", "gotten": "get", "said": "say", "men": "man", "women": "woman", "people": "person", "countries": "country",
    "proven": "prove", "proof": "prove", "lent": "lend", "withdrew": "withdraw", "withdrawn": "withdraw", "lain": "lie", "bound": "bound",
    "organization": "organisation", "organizations": "organisation", "investigators": "investigate", "arrests": "arrest",
}  # fmt: skip
"""Irregular forms -> the word that they are stemmed as."""

_IS = "what who where when how why that there here it he she".split()  # whose 's is a verb that tells questions apart

CONTRACTIONS = {f"{word}'s": f"{word} is" for word in _IS} | {
    "won't": "will not",
    "can't": "can not",
    "ain't": "is not",
    "shan't": "shall not",
    "cannot": "can not",
    "let's": "let us",
}
"""What English writes short -> the words. A possessive 's is dropped: it does not change which entry is meant."""

ENDINGS = {"'s": "", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would", "'": ""}
"""The same for endings."""

SHORTHAND = {
    "dont": "do not", "doesnt": "does not", "dosnt": "does not", "dosent": "does not",
    "didnt": "did not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "cant": "can not", "couldnt": "could not", "wont": "will not", "wouldnt": "would not", "shouldnt": "should not",
    "havent": "have not", "hasnt": "has not", "hadnt": "had not", "werent": "were not", "aint": "is not", "im": "i am",
    "ive": "i have", "whats": "what is", "wheres": "where is", "whos": "who is", "hows": "how is", "thats": "that is", "theres": "there is",
    "theyre": "they are", "youre": "you are", "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please",
    "teh": "the", "hte": "the", "hwo": "how", "wat": "what", "wot": "what", "wich": "which", "adn": "and", "taht": "that", "yuo": "you",
    "hrs": "hours", "mins": "minutes", "yrs": "years", "bc": "because", "ppl": "people", "govt": "government",
    "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "gimme": "give me", "cos": "because", "cuz": "because", "rn": "now", "b4": "before", "tmrw": "tomorrow",
    "2moro": "tomorrow", "2day": "today", "2nite": "tonight", "abt": "about", "smth": "something", "smn": "someone", "btw": "by the way",
}  # fmt: skip
"""The same without the apostrophe, and what people type on a phone -> the words; only strings that are no word of their own."""

WITH = {"w/o": "without", "w/": "with"}
"""Shorthand that ends with or holds a mark -> the word."""

FOR_WHAT = frozenset(
    "a an the my your our his their this that me u you us him them it free real sure ever work school homework uni college class travel"
    " life visa money help info business holiday vacation fun someone somebody".split()
)
"""Words before which "4" stands for "for": those that are not counted."""

AMOUNTS = frozenset("half quarter thirds million billion dozen hundred".split())
"""Words that are figures."""
