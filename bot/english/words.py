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

QUESTION_SUBJECTS = PRONOUNS | frozenset("the a an my our any every all people police one".split()) | {ORGANISATION}
"""What follows the verb of a question that stands further on in a sentence."""

NEEDS_SUBJECT = frozenset("do have has had did need ought".split())
"""Auxiliaries that are also verbs of their own: "had a row" tells, "had you" asks."""

NO_SUBJECT = frozenset("a an to been no not just already".split())
"""Words after NEEDS_SUBJECT that are no subject."""

PARTING = frozenset((",", "but", "and", "so", "or"))
"""What may stand before a question that is a part of a sentence."""

BEFORE_QUESTION_WORD = frozenset("to from with for in at by on under about since".split())
"""Prepositions that may stand before the word that asks: "to what address"."""

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


PREVENTING = frozenset(
    "stop stops stopped stopping prevent prevents prevented hinder hinders cease ceased ceases quits avoid avoids".split()
)
"""Verbs whose object is denied: "stops an arrest"."""

SHIELDING = PREVENTING | frozenset(
    "save saves saved saving protect protects protected protecting shield shields shielded spare spares spared keep keeps kept"
    " keeping".split()
)
"""Verbs whose "from" denies: "saves you from arrest"."""


VERDICTS: Mapping[str, int] = dict.fromkeys(
    "wrong false untrue incorrect nonsense rubbish bullshit bollocks baloney bogus fake hoax lie lies myth myths misconception mistaken"
    " misunderstanding fiction hogwash crap garbage impossible fantasy fairytale mistake error ridiculous silly absurd legend"
    " unfounded unthinkable inaccurate disproved debunked".split(), -1
) | dict.fromkeys("true right correct real fact facts genuine possible accurate truth".split(), 1)  # fmt: skip
"""What judges a whole sentence: true (1) or false (-1)."""

TAGS = frozenset("right correct true yes no yeah innit eh huh ok okay surely agreed nah nope".split())
"""Words that ask for assent at the end of a sentence."""

FILLERS = frozenset(
    "ps so well and actually honestly look listen hi hello hey ok okay yes yeah yep sure surely also then sorry frankly anyway oh ah um btw"
    " please obviously clearly certainly indeed seriously basically apparently now or dear sir madam thanks mate guys fyi imho imo tbh"
    " evidently presumably supposedly allegedly course".split()
)
"""What merely opens a sentence."""

DISMISSALS = frozenset("no nope wrong nonsense rubbish false incorrect untrue bullshit nah never bollocks baloney".split())
"""What rejects the sentence before it, or what follows a comma."""


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

COORDINATORS = frozenset("and or".split())
"""Conjunctions that join the things of a list."""

CONCLUDING = frozenset("so therefore hence thus".split())
"""Adverbs that draw a conclusion from what stands before."""

LINKING = frozenset("but however therefore hence".split())
"""What links a new clause wherever it stands."""

LINKING_AFTER_PAUSE = frozenset("so yet still thus".split())
"""What links a new clause only behind a comma or at its beginning."""

AFTER_PLACE = (PRONOUNS | frozenset("with without".split())) - frozenset("that this".split())
"""What follows an adverb of place that links: "anywhere you go"."""

EXCEPTED = frozenset("anything nothing nobody none all".split())
"""After these "but" means except."""

TIMES_AND_PLACES = frozenset("when where while".split())
"""Subordinators that also ask, before a verb."""

AFTER_SO = frozenset("no the my".split())
"""Words after which "so" has drawn a conclusion."""

PERSONAL = PRONOUNS - frozenset("that this these those there".split())
"""Pronouns that do not point."""

ALWAYS = frozenset("necessarily automatically always".split())
"""Adverbs before a verb of meaning that belong to it."""

WHETHER = frozenset("if whether".split())
"""Conjunctions of an indirect question."""

ASKING_BACK = frozenset("is are was can could does do should would may must".split())
"""Verbs that open a question about what was just said."""


BEFORE_PREDICATE = frozenset("or is not be was".split())
"""Words before "right" or "true" that make it a predicate, not a tag."""

POINTED_AT = frozenset("there that this these those".split())
"""Pronouns that stand behind a verb of form as its predicate as well as in a tag."""

ECHOING = AUXILIARIES | NEGATORS | PRONOUNS | frozenset("be so it true right really indeed just simply ever all able to".split())
"""Words of a sentence that only says that what was said is so, or is not."""

PREDICATES = frozenset("right so true correct yes".split())
"""Tags that may be a predicate as well."""

FIRST_PERSON = frozenset("i we".split())
"""The sender."""


ABSTRACT = frozenset("it this that".split())
"""Pronouns for what was said."""

OTHERS = frozenset("he she they you".split())
"""Pronouns for those who said it."""

DETERMINERS = POSSESSIVES | frozenset("her a an some the one this that".split())
"""What stands before the noun of whoever says it."""


TURNING_STEMS = frozenset("without only all every always everyon".split())
"""Stems that grammar deals with, so that they name no opposition."""

WITHHOLDING = frozenset("without unless except few little unlikely".split())
"""Words that deny what they stand with, besides the negators."""

TURNING = NEGATORS | WITHHOLDING | ONLY | UNIVERSAL | PREVENTING | frozenset(VERDICTS)
"""Words that can turn a statement round."""

MODALS_OF_CHOICE = frozenset("may might".split())
"""Modal verbs that leave a choice, where "must" leaves none."""

CONCEPTS = frozenset("mean proof".split())
"""Words that name nothing by themselves."""

EXCLUSIVE = frozenset("only even".split())
"""Focus words that keep their weight where the rest stands aside."""

DENIED_SUBJECTS = frozenset("no nobody none nothing neither".split())
"""Negators that are a subject or stand before one."""

DENYING_ADVERBS = frozenset("not never hardly barely scarcely rarely seldom".split())
"""Negators that deny the verb."""

DENIED_OBJECTS = frozenset("no nothing none nobody few little".split())
"""Negators that are an object or stand before one."""

NEVER_RELATIVE = frozenset("what why how".split())
"""Words that ask and open no relative clause."""


SECOND_PERSON = frozenset("you your yours".split())
"""Whoever is written to."""

WISHERS = frozenset("i we you it there anyone anybody someone somebody".split())
"""Subjects of a question of fact that asks for a way or for somebody who does it: "is there", "do you sell", "is it hard to"."""
