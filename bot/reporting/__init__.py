"""What people asked in a period beside the period before it, for those who keep the base: figures, lists, a page, a mail.

In comes a stream of `Asked` (from the question log, or from an archive that was tried out), the base and the periods; out comes a `Report`
of plain values, which as_text, as_html, as_json and as_csv show and mail sends. Days and hours are those of the desk's time zone. May
import evaluate (for its pictures), render, redaction and the question log; Jinja2 and matplotlib are loaded only to make a page.
"""
