"""The words with which people report, believe, doubt and judge what is said, each class once."""

from bot.english.words import AUXILIARIES, NEGATORS, PRONOUNS, STOP_WORDS, VERDICTS

PROVING = frozenset("follow follows prove proves proved imply implies guarantee guarantees show shows".split())
"""Verbs of conclusion: what follows "that" is claimed."""

REFUSING = frozenset("stop quit cease refuse".split())
"""Verbs with which a sender takes back what somebody does: "stop saying"."""

REPORTING = frozenset(
    "say says said saying think thinks thought thinking believe believes believed believing reckon reckons reckoned claim claims claimed"
    " claiming know knows knew heard hear hears read reads told tell tells telling suppose supposes guess guessed sure certain convinced"
    " swear swears swore insist insists insisted saw understand understood feel feels felt assume assumes assumed agree agrees remember"
    " argue argues argued maintain maintains mentioned mention mentions explained explains"
    " wrote writes write learned learnt realise realize"
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
    "wonder wondering wondered know sure certain ask asking asked tell explain inform confirm clarify check"
    " see unclear curious say learn hear"
    " advise grateful understand find".split()
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

LYING = frozenset("lying liar liars joking kidding misinformed misled confused dreaming deluded fool fools fibbing bluffing".split())
"""What is said of people who say what is not so, besides the verdicts."""

WRONGLY = frozenset("wrongly mistakenly falsely incorrectly erroneously".split())
"""Adverbs that say that others are mistaken."""

SPEAKERS = frozenset(
    "brother sister friend dad father mum mom mother cousin uncle aunt teacher lawyer boss colleague neighbour neighbor wife husband son"
    " daughter man woman guy bloke mate someone somebody people everybody everyone nobody noone anyone others they folks somewhere"
    " online internet tv news paper article blog website wikipedia reddit youtube facebook google post book film movie video forum"
    " experts lawyers many most lots lot friends colleagues all always once recently often really firmly strongly honestly truly simply"
    " personally definitely still just even only strictly quite absolutely totally completely pretty fairly rather simply flat quick"
    " common popular widespread talking talks big plain utter total complete pure old such thing like never".split()
)
"""Who is quoted and how firmly: words that say nothing of the matter itself."""

LIGHT = (STOP_WORDS | AUXILIARIES | NEGATORS | PRONOUNS | SPEAKERS) - {"known"}
"""Words that may stand in a frame or a remark without saying anything of the matter."""

JUDGING = frozenset({*VERDICTS, *DOUBTING, *LYING, *"agree believe buy think convinced sure such".split()})
"""Words that judge what was said before."""

BELIEVABLE = frozenset("so case legit be trust believe plausible credible likely".split())
"""What somebody asks of a thing that was said: whether it is so."""

DISCLAIMING = frozenset("no not just only a an".split())
"""Words after "I am" in a disclaimer: "I am no lawyer"."""

BEFORE_SPEAKER = frozenset("my his her our that this what".split())
"""What stands before somebody or something that is quoted."""

AFTER_REPORTING = frozenset("me us him her them you if whether to it ,".split())
"""What may stand between a verb of saying and what is said."""
