"""The closed classes of English words, each once."""

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
