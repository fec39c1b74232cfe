"""The words of a message in HTML, a paragraph or an item a line, without what it quotes."""

_QUOTED = "blockquote, .gmail_quote, .moz-cite-prefix, #divRplyFwdMsg, #appendonsend, .js-signatureMarker"
"""Where mail programs (Gmail, Thunderbird, Outlook) and Zammad put what is not of the sender's writing."""

_NO_WORDS = "script, style, head, title, template"
_OWN_LINE = "p, div, li, tr, h1, h2, h3, h4, h5, h6, ul, ol, table, pre"


def words_of(text: str) -> str:
    """The words of a text in HTML. One that is nothing but a quote is read whole."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    for node in tree.css(_NO_WORDS):
        node.decompose()
    whole = _lines(tree)
    for node in tree.css(_QUOTED):
        node.decompose()
    return _lines(tree) or whole


def _lines(tree: object) -> str:
    from selectolax.lexbor import LexborHTMLParser

    assert isinstance(tree, LexborHTMLParser)
    copy = LexborHTMLParser(tree.html or "")
    for node in copy.css("br"):
        node.replace_with("\n")
    for node in copy.css(_OWN_LINE):
        node.insert_after("\n")
    lines = (" ".join(line.split()) for line in copy.text().splitlines())
    return "\n".join(lines).strip()
