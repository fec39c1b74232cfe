"""How much is read of a source, so that a hostile one ends in a message and not in a full memory."""

UNPACKED = 2**30
"""Bytes of an archive or workbook when unpacked: a million rows of a sheet take some 300 MB."""

MEMBERS = 50_000
"""Files in an archive or folder."""

WHOLE = 64 * 2**20
"""Bytes of a file that cannot be read piece by piece: pages, JSON, YAML, Markdown."""

ROWS = 2**20
"""Rows of a sheet: what XLSX and ODS can hold (ECMA-376, OpenDocument 1.3). A file that names more was not made by a spreadsheet."""

COLUMNS = 200
"""Columns of a sheet that are looked at."""

CELL = 100_000
"""Characters of a cell or an answer. XLSX allows 32,767."""

DEPTH = 80
"""Levels of HTML that are walked; what lies deeper is read as plain text."""
