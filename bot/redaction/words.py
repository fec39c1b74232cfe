"""The closed word lists of the rules, each once. English only: the words of a base's own subject come with its `Field`."""

from pathlib import Path

GIVEN_NAMES = frozenset(
    "aaron abdul abdullah adam ahmed alan albert alex alexander alexandra alfred ali alice amy andrea andrew angela ann anna anne anthony "
    "antonio arthur barbara benjamin bernard betty bob brian carl carla carlos carol caroline catherine charles charlotte chris christina "
    "christopher claire claudia craig daniel david deborah dennis diana diego donald donna dorothy douglas edward elena elizabeth ellen "
    "emily emma eric eva evelyn fatima felix fernando fiona francis francisco frederick gary george gerald gordon graham greg gregory "
    "hannah harold hassan heather helen henry howard hugh ian ibrahim igor irene isabel isabella ivan jacob james jane janet jason jean "
    "jennifer jeremy jerry jessica jim joan joe johann john johnny jonathan jorge jose joseph joshua joyce juan judith julia julian julie "
    "karen karl kate katherine kathleen keith kelly kenneth kevin kim larry laura lawrence leonard lewis linda lisa louis louise lucy "
    "luis luke margaret maria marie martin mary matthew michael michelle miguel mike mohammed monica muhammad nancy natalie natasha "
    "nathan nicholas nicole nigel oliver olivia omar oscar pablo pamela patricia patrick paul paula pedro peter philip pierre rachel "
    "ralph raymond rebecca richard robert roberto roger ronald ruth ryan sally samantha samuel sandra sara sarah scott sean sharon simon "
    "sofia sophia sophie stephen steve steven stuart susan teresa thomas tim timothy tom tony tracy vera victor victoria vincent virginia "
    "vladimir walter wayne wendy william yusuf jan leon lucas maurice helena johannes carlo lucian martins".split()
)
"""Given names frequent in English text; some are ordinary words or names of places too."""

NOT_NAMES = frozenset(
    "a about after again agent all already also always am an and any anybody are arent as asking associated at authentic bad be because "
    "been before being best by bye called calling can cant cause changed clean clear cleared common confused congo connected correct dear "
    "deleted different director displayed do does doesnt done dont erased every everybody everyone everything exactly fake false famous "
    "field fine flagged folks for forename found from general genuine getting given going good guys happy have he hello help her hi his "
    "how however i identical if in included including innocent is isnt it its just kindly known leaked legit like linked listed lot lots "
    "madam many me mentioned minister missing misspelled misspelt misused more much my never no none not nothing now of officer ok okay "
    "on once online only or other our out please pls police president private public published really red regarding registered removed "
    "right same searched secretary she shown similar since sir so somebody someone sorry spelled spelt still stolen surname tainted team "
    "thank thanks that the their them then there they this though to today too under unique used using valid very visible want was wasnt "
    "we were what when where which while who whom why will with without wont written wrong yes yet you your".split()
)
"""Words that follow "my name is", "I am" or "called" and are not a name, or come after one."""

FORM_WORDS = frozenset(
    "family given maiden middle birth date nationality gender country passport wants wanted told said says asked asks called knows thinks "
    "works".split()
)
"""Labels of forms and verbs of telling: a name ends before them."""

NOT_PEOPLE = frozenset(
    "afis african american asap asian best black blue british burkina cctv chief cia costa covid dea dear "
    "deputy dna east el eu european facebook faq fbi gdpr general gmail google green hello hi iban icc iccs icj "
    "idk ifrs instagram international just kind lol nato new north not ok omg orange pdf pls plz police purple red reddit san saudi "
    "schengen secretary senior sierra silver so south special sri ssn tbh telegram thank thanks thx tiktok twitter ty uae uk un united "
    "unodc us usa very west whats whatsapp wikipedia wtf yellow yours youtube".split()
)
"""Institutions, services, parts of place names, ranks and short forms: capitalised, but not the name of a person."""

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april july august september october november "
    "december".split()
)
"""Days and months, without those that are given names."""

FOREIGN_WORDS = frozenset(
    "est que qu qui une les des dans pour avec pas sur je suis vous sont ce ist und die das ein eine wer wie kann ich nicht mit los "
    "una por para como con esta che sono per non posso het een niet kan ik voor nao uma com".split()
)
"""Small words of French, German, Spanish, Italian, Dutch and Portuguese, whose words are not English."""

PARTICLES = frozenset("de del della di da dos das du van von der den ter la le el al bin ben ibn bint binti abu abd umm ould".split())
"""Small words inside surnames."""

RELATIVES = tuple(
    "brother-in-law father-in-law granddaughter mother-in-law sister-in-law stepdaughter grandfather grandmother accountant girlfriend "
    "son-in-law stepfather stepmother assistant barrister boyfriend colleague neighbour solicitor attorney daughter employer grandson "
    "landlord neighbor roommate brother fiancee husband manager partner stepson teacher client cousin doctor father fiance friend lawyer "
    "mother nephew sister spouse niece uncle aunt boss mama papa wife dad mom mum son bf ex gf".split()
)
"""Relatives and acquaintances after "my", "his", "her"; the longest first."""

TITLES = ("mr", "mrs", "ms", "mx", "dr", "prof")
"""Abbreviated titles, before any name in any case."""

HONORIFICS = frozenset(
    "sheikh shaikh sayyid syed hajji haji señor señora senor senora don herr frau monsieur madame mme signor signora pan pani general "
    "colonel captain major sergeant inspector sir madam miss lord lady judge professor doctor prince princess king queen pastor father "
    "imam rabbi president minister sheriff".split()
)
"""Titles written in full: they stay, the name after them goes."""

ROLES = tuple(
    "officer agent detective inspector sergeant captain lieutenant colonel investigator policeman policewoman prosecutor judge lawyer "
    "attorney victim suspect accused defendant complainant plaintiff applicant witness claimant undersigned fugitive scammer fraudster "
    "criminal businessman businesswoman journalist activist client petitioner".split()
)
"""What a person is in a case; a name may follow directly."""

AUXILIARIES = frozenset("is are was were be been has have had do does did can could will would should must may might".split())
"""Verbs that begin a question about somebody, or what is said of somebody after the name."""

BEFORE_NAMES = AUXILIARIES | frozenset(
    "for on against about of concerning regarding under named called why if whether that and or with by who because please".split()
)
"""Words directly before a name in a sentence about a person."""

BEFORE_PLACES = frozenset("in at to from near into within across outside inside through around between via towards".split())
"""Words directly before the name of a place."""

BIRTH_WORDS = frozenset("born dob birth birthday birthdate year".split())
"""Words directly before a year of birth."""

MAIL_PROVIDERS = "gmail googlemail hotmail protonmail proton icloud yahoo ymail outlook live aol gmx yandex zoho mail qq msn".split()
"""Hosts of mailboxes that people write without their ending."""

PROPER_NOUNS = frozenset(Path(__file__).with_name("capitalised.txt").read_text("utf-8").rpartition("#")[2].split("\n")[1:])
"""Words of the English word list that are written with a capital only: names of people, places, peoples and brands."""
