"""An import into a base that exists: three versions of each entry are compared, that of the last import, the curator's and the new one.

What the curator changed stays. What only the source changed is taken. Where both changed, and where an entry was never imported, the
curator's stays and it is said. An entry that the curator deleted does not come back, one that is gone from the source stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.english.tokens import plain_words
from bot.errors import KnowledgeBaseError, UsageError
from bot.imports.documents import as_yaml, entry, keyed
from bot.imports.edit import Value, values, with_value
from bot.imports.entries import Draft, Import
from bot.kb.files import read_folder
from bot.kb.read import read
from bot.knowledge import KnowledgeBase

Last = Mapping[str, Mapping[str, Any]]
"""What the last import of a source wrote: the keys of each entry by its id."""

Records = Mapping[str, Last]
"""The last import of each source, by the name of its file."""

_LISTS = ("alternates",)
"""Keys whose items are merged one by one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that the merge writes: its old content, None for a new file, and the new one."""

    path: Path
    old: bytes | None
    new: bytes


@dataclass(slots=True)
class Merge:
    """What a merge would do. `kept` says where the curator's version stays, `record` is what the next merge of this source compares with,
    `homes` are the ids in the base of drafts that have another id."""

    changes: list[Change] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    record: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)


def merge(folder: Path, made: Import, records: Records) -> Merge:
    """What to change in the base of a folder, after earlier imports. Raises KnowledgeBaseError if it holds errors: what cannot be read
    cannot be compared."""
    contents = read_folder(folder)
    kb, problems = read(contents, str(folder), "")
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        raise KnowledgeBaseError(errors)
    merging = _Merging(folder, contents, kb, records.get(made.name, {}), {name for last in records.values() for name in last})
    merging.remember(records)
    for draft in made.drafts:
        merging.place(draft)
    for draft in merging.referring(made.drafts):
        merging.add(draft)
    merging.tables(made)
    merging.finish()
    return merging.found


def refuse_faults(folder: Path, found: Merge) -> None:
    """Raises UsageError if what a merge writes could not be read, or would not hold together with what stands there. The base was sound
    before, so nothing is lost by leaving it as it is."""
    contents = {**read_folder(folder), **{str(change.path): change.new for change in found.changes}}
    _, problems = read(contents, str(folder), "")
    if errors := [str(problem) for problem in sorted(problems) if problem.level == "error"]:
        mend = "If that is how a file is written, write each key on a line of its own, without braces and margin."
        raise UsageError("\n".join(("nothing was written, for the base would have errors after it.", *errors, mend)))


def has_organisation(folder: Path) -> bool:
    """Whether the settings of a base name an organisation, on whose word entries without a source rest."""
    found = [path for path in (folder / "settings.yaml", folder / "settings.yml") if path.is_file()]
    return any("organisation" in values(path.read_bytes().decode("utf-8-sig", "replace")) for path in found)


@dataclass(slots=True)
class _Merging:
    folder: Path
    contents: Mapping[str, bytes]
    kb: KnowledgeBase
    last: Last
    taken: set[str]
    found: Merge = field(default_factory=Merge)
    owners: dict[tuple[str, ...], str] = field(default_factory=dict)
    deleted: dict[tuple[str, ...], str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)

    def remember(self, records: Records) -> None:
        """Which questions the base has, and which it had."""
        for one in self.kb.entries.values():
            for text, _ in one.wordings():
                self.owners.setdefault(plain_words(text), one.id)
        for name, fields in ((name, fields) for last in records.values() for name, fields in last.items()):
            if name not in self.kb.entries:
                self.deleted[plain_words(fields["question"])] = name

    def place(self, draft: Draft) -> None:
        """Finds the id in the base for an entry of the source; a new one gets an id that nothing has. What belongs to one entry of the base
        becomes one: nothing is written over by what comes later."""
        home = self._home(draft) or self._new_id(draft)
        first = self.drafts.get(home)
        self.homes[draft.id] = home
        self.drafts[home] = self._as_one(home, first, draft) if first else draft
        self._own(draft.questions, home)
        if home != draft.id:
            self.found.homes[draft.id] = home

    def _as_one(self, home: str, first: Draft, draft: Draft) -> Draft:
        """The first entry of the source with the wordings of a further one."""
        known = {plain_words(text) for text in first.questions}
        fresh = [text for text in draft.questions if plain_words(text) not in known]
        if draft.text != first.text:
            self.found.kept.append(f"{home}: the answer to “{draft.question}” is not taken, for “{first.question}” is the same entry")
        return replace(first, fields={**first.fields, "alternates": [*first.fields.get("alternates", ()), *fresh]})

    def referring(self, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Each entry of the source once, with the ids that the base has for what it names; what the base has not, it names no more."""
        taken = dict.fromkeys(self.homes[draft.id] for draft in drafts)
        for home in taken:
            yield replace(self.drafts[home], id=home, fields=self._renamed(self.drafts[home].fields))

    def _renamed(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(fields)
        if "topic" in found:
            found["topic"] = self._named(found["topic"])
        if "related" in found:
            found["related"] = [name for one in found["related"] if (name := self._named(one))]
        if "not" in found:
            found["not"] = [{key: self._named(text) if key == "see" else text for key, text in one.items()} for one in found["not"]]
            found["not"] = [{key: text for key, text in one.items() if text} for one in found["not"]]
        return {key: value for key, value in found.items() if value}

    def _named(self, name: str) -> str:
        """The id in the base of what the source calls so; "" where the curator deleted it."""
        home = self.homes.get(name, name)
        return "" if home in self.deleted.values() and home not in self.kb.entries else home

    def add(self, draft: Draft) -> None:
        if draft.id in self.kb.entries:
            self._update(draft.id, draft)
        elif draft.id in self.deleted.values():
            self.found.kept.append(f"{draft.id}: you deleted it, so it does not come back")
            self.found.record[draft.id] = self.last.get(draft.id, draft.fields)
        else:
            self._create(draft)

    def _home(self, draft: Draft) -> str:
        """The id under which an entry is known already: by its question, by what the last import called it, by another wording."""
        words = plain_words(draft.question)
        if found := self.owners.get(words) or self.deleted.get(words):
            return found
        if draft.id in self.kb.entries and draft.id in self.last and self._akin(draft):
            return draft.id
        return next((self.owners[key] for text in draft.questions if (key := plain_words(text)) in self.owners), "")

    def _akin(self, draft: Draft) -> bool:
        """Whether the last import's entry of this id is the same one with its question changed: it has the answer or a wording of it."""
        last = self.last[draft.id]
        mine = {plain_words(text) for text in draft.questions}
        return last.get("answer") == draft.fields["answer"] or bool(mine & {plain_words(text) for text in _wordings(last)})

    def _new_id(self, draft: Draft) -> str:
        name, number = draft.id, 2
        while name in self.kb.entries or name in self.drafts or name in self.taken:
            name, number = f"{draft.id}-{number}", number + 1
        return name

    def _create(self, draft: Draft) -> None:
        fresh = [text for text in draft.fields.get("alternates", ()) if self.owners[plain_words(text)] == draft.id]
        fields = {key: value for key, value in {**draft.fields, "id": draft.id, "alternates": fresh}.items() if value}
        new = replace(draft, fields={key: fields[key] for key in draft.fields if key in fields})
        self.found.changes.append(Change(self.folder / new.file, None, entry(new)))
        self.found.record[draft.id] = new.fields

    def _own(self, texts: Sequence[str], name: str) -> None:
        for text in texts:
            self.owners.setdefault(plain_words(text), name)

    def _update(self, name: str, draft: Draft) -> None:
        path = self.kb.entries[name].file
        text = self.contents[path].decode("utf-8-sig")
        mine, last = values(text), self.last.get(name)
        new = text
        for key in draft.fields if last is None else dict.fromkeys((*last, *draft.fields)):
            if key == "id":
                continue
            wanted = self._wanted(name, key, mine.get(key), last, draft.fields.get(key))
            if wanted is not None and wanted != mine.get(key):
                new = with_value(new, key, wanted)
        self.found.record[name] = {**draft.fields, "id": name}
        if new != text:
            self.found.changes.append(Change(Path(path), self.contents[path], new.encode()))

    def _wanted(self, name: str, key: str, mine: Value | None, last: Mapping[str, Any] | None, new: Any) -> Value | None:
        """What a key is to be; None: as it is."""
        before = last.get(key) if last is not None else None
        if key in _LISTS:
            return self._items(name, list(mine or ()), before or (), new or ())
        if _same(mine, new) or (last is not None and _same(new, before)):
            return None
        if last is not None and _same(mine, before):
            return new if new is not None else ""
        about = "both you and the source changed it" if last is not None else "it stood here before"
        self.found.kept.append(f"{name}: {key} stays yours ({about})")
        return None

    def _items(self, name: str, mine: list[Any], before: Sequence[str], new: Sequence[str]) -> list[Any]:
        """The curator's items without those that the source dropped, and with those that it added and nobody has."""
        known = {plain_words(str(text)) for text in (*mine, *before)}
        fresh = [text for text in new if (words := plain_words(text)) not in known and self.owners.get(words, name) == name]
        fresh = [text for text in fresh if plain_words(text) != plain_words(self.kb.entries[name].question)]
        return [text for text in mine if text not in before or text in new] + fresh

    def tables(self, made: Import) -> None:
        """Adds sources and synonyms that the base does not have."""
        fresh = {source.id: source.fields for source in made.sources if source.id not in self.kb.sources and self._is_cited(source.id)}
        self._append("sources", keyed(fresh))
        taken = {plain_words(word) for head, words in self.kb.synonyms.items() for word in (head, *words)}
        new = {head: words for head, words in made.synonyms.items() if not taken & {plain_words(word) for word in (head, *words)}}
        for path, value in made.documents.items():
            self._document(path, self._of_base(value) if path.startswith("alternates/") else value)
        self._append("synonyms", as_yaml({head: list(words) for head, words in new.items()}) if new else "")

    def _of_base(self, further: Mapping[str, Any]) -> dict[str, Any]:
        """Further alternates by the ids of the base, without those that are asked there already."""
        found: dict[str, Any] = {}
        for name, texts in further.items():
            home, fresh = self._named(name), [text for text in texts if plain_words(text) not in self.owners]
            if home and fresh:
                found[home] = [*found.get(home, ()), *fresh]
                self._own(fresh, home)
            if not home or len(fresh) < len(texts):
                self.found.kept.append(f"{name}: some of its further alternates are asked already, or it is gone")
        return found

    def _document(self, path: str, value: Any) -> None:
        """A further file of a base of ours: written if the folder has none of its name."""
        if value and not any(Path(known) in (self.folder / path, (self.folder / path).with_suffix(".yml")) for known in self.contents):
            self.found.changes.append(Change(self.folder / path, None, as_yaml(value).encode()))
        elif path != "settings.yaml":
            self.found.kept.append(f"{path}: it is there already, and stays as it is")

    def _is_cited(self, name: str) -> bool:
        return any({"id": name} in fields.get("sources", ()) for fields in self.found.record.values())

    def _append(self, stem: str, text: str) -> None:
        if not text:
            return
        path = next((path for path in self.contents if Path(path) in (self.folder / f"{stem}.yaml", self.folder / f"{stem}.yml")), None)
        old = self.contents[path] if path else None
        head = f"{old.decode('utf-8').rstrip()}\n" if old else ""
        if head.strip().startswith("{"):
            raise UsageError(f"{path} is written in braces: write each key on its own line, so that more can be added.")
        self.found.changes.append(Change(Path(path) if path else self.folder / f"{stem}.yaml", old, f"{head}{text}".encode()))

    def finish(self) -> None:
        """Says what is gone from the source; it stays."""
        for name, fields in self.last.items():
            if name not in self.found.record:
                self.found.record[name] = fields
                if name in self.kb.entries:
                    self.found.kept.append(f"{name}: it is no longer in the source, and stays")
        self.found.record = dict(sorted(self.found.record.items()))


def _wordings(fields: Mapping[str, Any]) -> Iterator[str]:
    yield fields["question"]
    yield from fields.get("alternates", ())


def _same(one: Any, other: Any) -> bool:
    return (one or None) == (other or None)
