"""The closed classes of English words, each once: all other modules take their words from here and from phrases."""

from collections.abc import Mapping

# Words of form rather than matter (after the list of the Snowball project, https://snowballstem.org, shortened: "who", "where",
# "when", "how", "many", "not", "no", "without" tell questions apart and stay out of it).
STOP_WORDS = frozenset(
    "a an the this that these those some any each such same other another both own only just also too very so then than"
    " i me my mine we us our you your yours he him his she her hers it its they them their theirs somebody someone anybody anyone one"
    " am is are was were be been being do does did done doing have has had having will would shall should can could may might must"
    " and or but if of at by for with about to from in on into onto upon as up out over there here please tell know like get"
    " got go going what which whose let say says said thing things really actually exactly now today well ok okay hello hi hey thanks"
    " thank sorry sir madam lot kind way yet still even ever again kindly yo lol nah nope yeah yep aye mate bro bruh dude guys guy folk"
    " folks innit eh huh duh ya yall tho though like basically literally honestly seriously legit bit stuff somehow anyway whatever just"
    " quite maybe perhaps wonder wondering heard".split()
)
"""Words of form rather than matter."""

ORGANISATION = "{organisation}"
"""What the name of the organisation that a base is about is read as, whatever it is called."""

QUESTION_WORDS = frozenset("who whom whose what which where when why how".split())
"""Words that ask."""

AUXILIARIES = frozenset(
    "is are am was were do does did has have had can could will would shall should may might must need ought".split()
)  # fmt: skip
"""Verbs of form: forms of be, do and have, and the modal verbs."""

POSSIBILITY = frozenset("can could may might".split())
"""Modal verbs that leave open whether something is so."""

NEGATORS = frozenset("not never no nobody none nothing neither nor hardly barely scarcely rarely seldom nowhere noone".split())
"""Words that deny by themselves (the negation triggers of one word: W. Chapman, NegEx, 2001)."""

PRONOUNS = frozenset(
    "i you he she it we they there nobody noone everybody everyone anybody anyone somebody someone this that these those".split()
)
"""Pronouns that can be the subject of a clause."""

POSSESSIVES = frozenset("my our your his their".split())
"""Possessive pronouns before a noun."""

RELATIVE = frozenset("who which whose".split())
"""Pronouns that open a relative clause and stand for nothing else inside a list."""

RELATIVE_PRONOUNS = RELATIVE | {"that", "whom"}
"""Pronouns that may open a relative clause."""

SUBORDINATORS = frozenset("if when whenever where wherever because although though unless whereas while once cos provided".split())
"""Conjunctions that open a condition, a reason or a concession."""

CONTRASTING = frozenset("but however yet still nevertheless".split())
"""What links a clause to one that it is contrary to."""

LEADING_PREPOSITIONS = frozenset("in at on with by from of for under after before since during inside outside".split())
"""Prepositions that open a phrase before the clause itself: "in Norway, ..."."""

LINKING_PREPOSITIONS = frozenset("of to by for in with from than and or at on".split())
"""What stands before a noun that depends on the word before it."""

BEFORE_OBJECT = frozenset("to for on at of by with about from against and or than as that who which".split())
"""Words after which a pronoun is an object, not the subject of a new clause."""

BEFORE_DENIED = frozenset("in with at on and or than".split())
"""Words before "no" after which what is denied is no object of the verb."""

AFTER_VERDICT = frozenset("that to for if when but as because".split())
"""What may follow a verdict that judges the whole clause: "it is false that ..."."""

NOT_FINITE = frozenset("to and or not be been being".split())
"""After these an auxiliary is no finite verb."""

ADVERBS = frozenset("always also still probably certainly perhaps then now even just".split())
"""Adverbs that stand between "and" and a verb."""

FORMERLY = frozenset("once formerly previously originally".split())
"""What tells that something was so once."""

PLACES = frozenset("anywhere everywhere somewhere".split())
"""Adverbs of place that link what follows."""

UNIVERSAL = frozenset("all every always everyone everybody everywhere everything".split())
"""Words that speak of all."""

ONLY = frozenset("only solely exclusively".split())
"""Words that shut everything else out."""

VAGUE = frozenset("about around roughly nearly almost over under approximately some least most more less fewer up between".split())
"""Words that make a figure inexact."""

MEANING = frozenset("mean means meaning meant equals equal".split())
"""Verbs between a condition and what follows from it."""

PROVING = frozenset("prove proves proved imply implies guarantee guarantees show shows".split())
"""Verbs of conclusion: what follows "that" is claimed."""

PREVENTING = frozenset(
    "stop stops stopped stopping prevent prevents prevented hinder hinders cease ceased ceases quits avoid avoids".split()
)
"""Verbs whose object is denied: "stops an arrest"."""

SHIELDING = PREVENTING | frozenset(
    "save saves saved saving protect protects protected protecting shield shields shielded spare spares spared keep keeps kept"
    " keeping".split()
)
"""Verbs whose "from" denies: "saves you from arrest"."""

REFUSING = frozenset("stop quit cease refuse".split())
"""Verbs with which a sender takes back what somebody does: "stop saying"."""

REPORTING = frozenset(
    "say says said saying think thinks thought thinking believe believes believed believing reckon reckons reckoned claim claims claimed"
    " claiming know knows knew heard hear hears read reads told tell tells telling suppose supposes guess guessed sure certain convinced"
    " swear swears swore insist insists insisted saw understand understood feel feels felt assume assumes assumed agree agrees remember"
    " argue argues argued maintain maintains mentioned mention mentions explained explains wrote writes learned learnt realise realize"
    " realised realized buy buys bet imagine figure understanding impression positive confident pretend pretending assured assures"
    " posted posts stated states state expect accept admit report reports reported teach taught warned warns spreading repeating"
    " noticed notice found gather suspect suspects idea theory story rumour rumor opinion view word claimed".split()
)
"""Verbs and nouns of saying, thinking and knowing that frame a statement."""

FACTIVE = frozenset("know knew realise realize realised realized understand understood remember told".split())
"""Verbs of knowing whose object holds whether or not they are denied (factive verbs: P. and C. Kiparsky, 1970)."""

DOUBTING = frozenset("doubt doubts doubted doubting deny denies denied disagree disagrees disbelieve doubtful dispute refuse".split())
"""Verbs that deny what they frame."""

WONDERING = frozenset(
    "wonder wondering wondered know sure certain ask asking asked tell confirm clarify check see unclear curious say".split()
)
"""Words before "if" or "whether" that make it an indirect question."""

REPORTS = frozenset(
    "states state report reports reported bet word found true false right"
    " correct wrong fact case certain sure clear obvious known truth notice idea theory story view word".split()
)
"""Nouns and adjectives that frame a statement only with "that" behind them."""

LISTING = frozenset(
    "count counts counted list lists listed call calls called describe describes described show shows teach teaches".split()
)
"""Verbs with which somebody presents something as so: "wrongly lists"."""

WRONGLY = frozenset("wrongly mistakenly falsely incorrectly erroneously".split())
"""Adverbs that say that others are mistaken."""

VERDICTS: Mapping[str, int] = dict.fromkeys(
    "wrong false untrue incorrect nonsense rubbish bullshit bollocks baloney bogus fake hoax lie lies myth myths misconception mistaken"
    " misunderstanding fiction hogwash crap garbage impossible fantasy fairytale mistake error ridiculous silly absurd legend"
    " unfounded unthinkable inaccurate disproved debunked".split(), -1
) | dict.fromkeys("true right correct real fact facts genuine possible accurate truth".split(), 1)  # fmt: skip
"""What judges a whole sentence: true (1) or false (-1)."""

TAGS = frozenset("right correct true yes no yeah innit eh huh ok okay surely agreed nah nope".split())
"""Words that ask for assent at the end of a sentence."""

FILLERS = frozenset(
    "so well and actually honestly look listen hi hello hey ok okay yes yeah yep sure surely also then sorry frankly anyway oh ah um btw"
    " please obviously clearly certainly indeed seriously basically apparently now or dear sir madam thanks mate guys fyi imho imo tbh"
    " evidently presumably supposedly allegedly course".split()
)
"""What merely opens a sentence."""

DISMISSALS = frozenset("no nope wrong nonsense rubbish false incorrect untrue bullshit nah never bollocks baloney".split())
"""What rejects the sentence before it, or what follows a comma."""

SPEAKERS = frozenset(
    "brother sister friend dad father mum mom mother cousin uncle aunt teacher lawyer boss colleague neighbour neighbor wife husband son"
    " daughter man woman guy bloke mate someone somebody people everybody everyone nobody noone anyone others they folks somewhere"
    " online internet tv news paper article blog website wikipedia reddit youtube facebook google post book film movie video forum"
    " experts lawyers many most lots lot friends colleagues all always once recently often really firmly strongly honestly truly simply"
    " personally definitely still just even only strictly quite absolutely totally completely pretty fairly rather simply flat quick"
    " common popular widespread big plain utter total complete pure old such thing like never".split()
)
"""Who is quoted and how firmly: words that say nothing of the matter itself."""

LIGHT = (STOP_WORDS | AUXILIARIES | NEGATORS | PRONOUNS | SPEAKERS) - {"known"}
"""Words that may stand in a frame or a remark without saying anything of the matter."""

JUDGING = frozenset({*VERDICTS, *DOUBTING, *"agree believe buy think convinced sure such".split()})
"""Words that judge what was said before."""

GRAMMATICAL = frozenset(
    {*AUXILIARIES, *NEGATORS, *PRONOUNS, *RELATIVE_PRONOUNS, *"be been being whoever whichever else under".split(), ","}
)
"""Words of grammar that are no content of a clause."""

KEPT_WHEN_SIGNED = frozenset("only solely exclusively even same always never every own out over".split())
"""Stop words that are content where signs are compared."""

GENERIC = frozenset(
    "take takes work works cost costs happen happens means last lasts start starts end ends need help helps free paid possible allowed"
    " true real money expensive dangerous safe legal normal difficult easy".split()
)
"""Words that can be said of anything."""

KEPT_IN_FOLLOWUPS = frozenset(("tell", "say"))
"""Stop words that are a follow-up's own."""

ASKED_ANYHOW = QUESTION_WORDS | frozenset("not no yes more since question answer asked meant mean long much many often".split())
"""Words of asking that are not a follow-up's own."""

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
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "gimme": "give me", "cos": "because", "cuz": "because",
}  # fmt: skip
"""The same without the apostrophe, and what people type on a phone -> the words; only strings that are no word of their own."""

QUALIFIERS = frozenset(
    "alone only some most many few all every always never often sometimes usually first last least half part partly almost about"
    " directly automatically before after until since without official public full new newest known certain mostly general generally"
    " early special other own even exception must can may might could normally mixed real itself lawyer anybody anyone".split()
)
"""Words that a fact cannot lose without becoming another."""

STRONGER = frozenset("full official whole own".split())
"""Whoever denies the less denies the more: no member is no full member."""

SAYING_LITTLE = frozenset(
    "now back basically proper actually today currently just simply really call have has make take get come go be kind thing sort"
    " say word yes right true correct still around".split()
)
"""Words of matter that tell no two facts apart."""
