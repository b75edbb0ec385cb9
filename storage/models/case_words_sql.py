"""The words of cases as they are searched, kept by the database itself.

Triggers write `case_words` whenever the words of a case change, in the same transaction and whoever changes them:
nothing can be missed, and words that are taken back or erased are gone from the search at once. Confidential cases
have no row. SQLite finds rows by an FTS5 index of trigrams, PostgreSQL by a GIN index of the same; both without
anything that must be installed. `fold` is what both do to words, done in Python to what is searched for.
"""

import re
from collections.abc import Iterable

Pairs = tuple[tuple[str, str], ...]

TONES = "\u0e48\u0e49\u0e4a\u0e4b"
ABOVE_AND_BELOW = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"
LIGHT = TONES + "\u0e47\u0e4c"  # what people leave out when they type in a hurry
_AM = "\u0e33"

# The same slips that `cases.phrases` mends, as replacements that SQL can make too.
_ODD: Pairs = (
    *((mark, "") for mark in "\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f\ufeff\u00ad"),
    *((space, " ") for space in "\t\n\r\u00a0"),
    *((chr(0x0E50 + digit), str(digit)) for digit in range(10)),
    *((chr(0xFF10 + digit), str(digit)) for digit in range(10)),
)
_LETTERS: Pairs = (
    ("\u0e40\u0e40", "\u0e41"),
    ("\u0e4d\u0e32", _AM),
    *((f"\u0e4d{tone}\u0e32", tone + _AM) for tone in TONES),
    *((_AM + tone, tone + _AM) for tone in TONES),
)
_ORDER: Pairs = tuple((tone + mark, mark + tone) for tone in TONES for mark in ABOVE_AND_BELOW)
_TWICE: Pairs = tuple((mark * 2, mark) for mark in ABOVE_AND_BELOW + TONES)
_ALL = (*_ODD, *_LETTERS, *_ORDER, *_TWICE)
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_LOWER = str.maketrans(_UPPER, _UPPER.lower())
_AT_ONCE = (4, 6, 8, 10, 12, 14, 16, len(_ALL) - 70)
# Most words have nothing to mend, and looking is much cheaper than replacing.
_SLIPS = (
    "*[^ -~\u0e01-\u0e3a\u0e3f-\u0e4c]*",
    "*\u0e40\u0e40*",
    f"*{_AM}[{TONES}]*",
    f"*[{TONES}][{ABOVE_AND_BELOW}{TONES}]*",
    f"*[{ABOVE_AND_BELOW}][{ABOVE_AND_BELOW}]*",
)

# Telephone numbers are left out: a row of nine digits or more that begins with 0 (ten with 66), whatever stands
# between them but letters; a mark without a letter is none. More than `cases.phones` hides, but for gaps of more than
# six, a letter O and digits of scripts from far away; they are looked for in a field of their own.
_APART = "[^0-9a-z\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46]"
_MOST_APART = 6
PHONE = rf"(?<![0-9])(0|66)({_APART}{{0,{_MOST_APART}}}[0-9]){{8,}}"
_MANY_DIGITS = "*[0-9\u0e50-\u0e59\uff10-\uff19]" * 9 + "*"
_PHONE = re.compile(PHONE)

SAID_BY_REPORTER = ("add", "answer", "dispute")
MONTH_MARK = 0xE000  # SQLite: a letter for each month that nobody types, three times: a trigram
MONTH_GRAM = 1 << 24  # PostgreSQL: above every trigram


def fold(words: str) -> str:
    """Words as `case_words` has them: small letters, Arabic digits, marks in their order and once."""
    words = words.translate(_TO_LOWER)
    for slip, mended in _ALL:
        words = words.replace(slip, mended)
    return words


def keep(words: str) -> str:
    """What `case_words` has of words: folded, without telephone numbers."""
    return _PHONE.sub(" ", fold(words))


def lighten(folded: str) -> str:
    """Without tone marks and the like: by this words are found, also where they were typed without."""
    for mark in LIGHT:
        folded = folded.replace(mark, "")
    return folded


def _quote(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _chain(expression: str, pairs: Iterable[tuple[str, str]], letter: str = "char") -> str:
    """`letter`: the function that makes one by its code, for those that nobody sees in a file."""
    for slip, mended in pairs:
        seen = slip.isprintable() and slip != "\ufe0f"
        expression = f"replace({expression}, {_quote(slip) if seen else f'{letter}({ord(slip)})'}, {_quote(mended)})"
    return expression


def lighten_in_sql(expression: str) -> str:
    """`lighten` of a column."""
    return _chain(expression, ((mark, "") for mark in LIGHT))


def _fold_in_sqlite(expression: str) -> str:
    """In steps, the innermost the smallest: SQLite's reader of SQL bears no deep nesting.

    Both LIMITs keep its planner from writing the expression out wherever it is named.
    """
    folded = "SELECT lower(told) AS w"
    start = 0
    for size in _AT_ONCE:
        folded = f"SELECT {_chain('w', _ALL[start : start + size])} AS w FROM ({folded})"
        start += size
    slips = " OR ".join(f"told GLOB {_quote(pattern)}" for pattern in _SLIPS)
    return (
        f"(SELECT CASE WHEN {slips} THEN ({folded}) ELSE lower(told) END"
        f" FROM (SELECT {expression} AS told LIMIT 1) LIMIT 1)"
    )


def _keep_words_in_sqlite(expression: str) -> str:
    """`keep`: letter by letter where there are many digits, for SQLite knows no patterns that could replace.

    `kept` is done with; `digits` may be a telephone number, `apart` what stands behind them, `rest` is still to come.
    """
    letter, digit = "substr(rest, 1, 1)", "substr(rest, 1, 1) BETWEEN '0' AND '9'"
    joins = f"length(apart) < {_MOST_APART} AND {letter} GLOB '{_APART}'"
    begins = f"NOT behind AND ({letter} = '0' OR substr(rest, 1, 2) = '66')"
    phone = "many > 9 OR (many = 9 AND substr(digits, 1, 1) = '0')"
    walk = (
        "WITH RECURSIVE walk (rest, kept, digits, apart, many, behind) AS (SELECT w || 'x', '', '', '', 0, 0"
        f" UNION ALL SELECT substr(rest, 2),"
        f" CASE WHEN many AND ({digit} OR {joins}) THEN kept"
        f" WHEN many THEN kept || CASE WHEN {phone} THEN ' ' ELSE digits END || apart || {letter}"
        f" WHEN {digit} AND {begins} THEN kept ELSE kept || {letter} END,"
        f" CASE WHEN {digit} AND (many OR {begins}) THEN digits || apart || {letter}"
        f" WHEN many AND {joins} THEN digits ELSE '' END,"
        f" CASE WHEN many AND NOT ({digit}) AND {joins} THEN apart || {letter} ELSE '' END,"
        f" CASE WHEN {digit} AND (many OR {begins}) THEN many + 1 WHEN many AND {joins} THEN many ELSE 0 END,"
        f" {digit} FROM walk WHERE rest <> '')"
        " SELECT substr(kept, 1, length(kept) - 1) FROM walk WHERE rest = ''"
    )
    return (
        f"(SELECT CASE WHEN w GLOB {_quote(_MANY_DIGITS)} THEN ({walk}) ELSE w END"
        f" FROM (SELECT {_fold_in_sqlite(expression)} AS w LIMIT 1) LIMIT 1)"
    )


def _fold_in_postgresql(expression: str) -> str:
    return _chain(f"translate({expression}, '{_UPPER}', '{_UPPER.lower()}')", _ALL, "chr")


def _keep_words_in_postgresql(expression: str) -> str:
    return f"regexp_replace({_fold_in_postgresql(expression)}, {_quote(PHONE)}, ' ', 'g')"


_SAID = ", ".join(_quote(action) for action in SAID_BY_REPORTER)
_TOLD = (
    "c.description || ' ' || c.place || coalesce((SELECT {gathered} FROM case_history h"
    " JOIN case_history_words s ON s.entry_id = h.id"
    f" WHERE h.case_id = c.id AND h.action IN ({_SAID})), '')"
)
_SQLITE_TOLD = _TOLD.format(gathered="group_concat(' ' || s.words, '')")
_POSTGRESQL_TOLD = _TOLD.format(gathered="string_agg(' ' || s.words, '' ORDER BY h.id, s.place)")
_SQLITE_MONTH = "(CAST(substr({0}, 1, 4) AS INTEGER) - 2000) * 12 + CAST(substr({0}, 6, 2) AS INTEGER)"
_POSTGRESQL_MONTH = (
    "((extract(year FROM c.created_at AT TIME ZONE 'UTC') - 2000) * 12"
    " + extract(month FROM c.created_at AT TIME ZONE 'UTC'))::integer"
)


def _index_in_sqlite(row: str) -> str:
    month = f"char({row}.month + {MONTH_MARK})"
    return f"{lighten_in_sql(f'{row}.words')} || '  ' || {month} || {month} || {month}"


def _keep_in_sqlite(key: str) -> str:
    return (
        f"DELETE FROM case_words WHERE case_id = {key};"
        " INSERT INTO case_words (case_id, month, words)"
        f" SELECT case_id, month, words FROM case_words_now WHERE case_id = {key};"
    )


def _after_words_in_sqlite(name: str, event: str, row: str) -> str:
    case = f"(SELECT case_id FROM case_history WHERE id = {row}.entry_id)"
    told = f"EXISTS (SELECT 1 FROM case_history WHERE id = {row}.entry_id AND action IN ({_SAID}))"
    return (
        f"CREATE TRIGGER case_words_{name} AFTER {event} ON case_history_words WHEN {told}"
        f" BEGIN {_keep_in_sqlite(case)} END"
    )


_INTO_INDEX = "INSERT INTO case_grams (rowid, words) VALUES (new.case_id, " + _index_in_sqlite("new") + ");"
_OUT_OF_INDEX = (
    "INSERT INTO case_grams (case_grams, rowid, words) VALUES ('delete', old.case_id, " + _index_in_sqlite("old") + ");"
)
_CHANGED = "new.description <> old.description OR new.place <> old.place OR new.confidential <> old.confidential"

_DIGITS = f"new.description || ' ' || new.place GLOB {_quote(_MANY_DIGITS)}"
SQLITE_TRIGGERS = (
    # A case that is just told has no further words yet, and few hold a telephone number.
    "CREATE TRIGGER case_words_told_phone AFTER INSERT ON cases"
    f" WHEN NOT new.confidential AND {_DIGITS} BEGIN {_keep_in_sqlite('new.id')} END",
    f"CREATE TRIGGER case_words_told AFTER INSERT ON cases WHEN NOT new.confidential AND NOT ({_DIGITS}) BEGIN"
    " INSERT INTO case_words (case_id, month, words) VALUES (new.id, "
    + _SQLITE_MONTH.format("new.created_at")
    + ", "
    + _fold_in_sqlite("new.description || ' ' || new.place")
    + "); END",
    "CREATE TRIGGER case_words_changed AFTER UPDATE OF description, place, confidential ON cases"
    f" WHEN {_CHANGED} BEGIN {_keep_in_sqlite('new.id')} END",
    "CREATE TRIGGER case_words_gone AFTER DELETE ON cases BEGIN DELETE FROM case_words WHERE case_id = old.id; END",
    _after_words_in_sqlite("added", "INSERT", "new"),
    _after_words_in_sqlite("mended", "UPDATE OF words", "new"),
    _after_words_in_sqlite("unsaid", "DELETE", "old"),
)
SQLITE = (
    "CREATE VIEW case_words_now AS SELECT c.id AS case_id, "
    + _SQLITE_MONTH.format("c.created_at")
    + " AS month, "
    + _keep_words_in_sqlite(_SQLITE_TOLD)
    + " AS words FROM cases c WHERE NOT c.confidential",
    "CREATE VIRTUAL TABLE case_grams USING fts5(words, content='', tokenize='trigram', detail=none)",
    f"CREATE TRIGGER case_grams_in AFTER INSERT ON case_words BEGIN {_INTO_INDEX} END",
    f"CREATE TRIGGER case_grams_out AFTER DELETE ON case_words BEGIN {_OUT_OF_INDEX} END",
    f"CREATE TRIGGER case_grams_anew AFTER UPDATE ON case_words BEGIN {_OUT_OF_INDEX} {_INTO_INDEX} END",
    *SQLITE_TRIGGERS,
)

_GRAMS = f"""CREATE FUNCTION case_grams(words text, month integer) RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
  letter text;
  code integer;
  gram integer := 0;
  place integer := 0;
  grams integer[] := ARRAY[{MONTH_GRAM} + month];
BEGIN
  FOREACH letter IN ARRAY string_to_array(translate(words, '{LIGHT}', '') || '  ', NULL) LOOP
    code := ascii(letter);
    gram := ((gram & 65535) << 8)
      + CASE WHEN code BETWEEN 3584 AND 3711 THEN code - 3456 WHEN code < 128 THEN code ELSE mod(code, 31) + 1 END;
    place := place + 1;
    IF place > 2 THEN
      grams := grams || gram;
    END IF;
  END LOOP;
  RETURN grams;
END $$"""
_KEEP = """CREATE FUNCTION case_words_keep(key bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM case_words WHERE case_id = key;
  INSERT INTO case_words (case_id, month, words)
    SELECT case_id, month, words FROM case_words_now WHERE case_id = key
    ON CONFLICT (case_id) DO UPDATE SET words = excluded.words;
$$"""
_OF_CASE = """CREATE FUNCTION case_words_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM case_words WHERE case_id = old.id;
  ELSE
    PERFORM case_words_keep(new.id);
  END IF;
  RETURN NULL;
END $$"""
_OF_HISTORY = f"""CREATE FUNCTION case_words_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line bigint := CASE WHEN TG_OP = 'DELETE' THEN old.entry_id ELSE new.entry_id END;
  key bigint;
BEGIN
  SELECT case_id INTO key FROM case_history WHERE id = line AND action IN ({_SAID});
  IF FOUND THEN
    PERFORM case_words_keep(key);
  END IF;
  RETURN NULL;
END $$"""
_CHANGED_ROW = (
    "old.description IS DISTINCT FROM new.description OR old.place IS DISTINCT FROM new.place"
    " OR old.confidential IS DISTINCT FROM new.confidential"
)
_SHORT_QUEUE = "gin_pending_list_limit = 512"  # kB that every search reads whole, until they are sorted in
POSTGRESQL_INDEX = (
    f"CREATE INDEX case_grams_index ON case_words USING gin (case_grams(words, month)) WITH ({_SHORT_QUEUE})"
)
POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER case_words_told AFTER INSERT ON cases FOR EACH ROW WHEN (NOT new.confidential)"
    " EXECUTE FUNCTION case_words_of_case()",
    "CREATE TRIGGER case_words_changed AFTER UPDATE OF description, place, confidential ON cases FOR EACH ROW"
    f" WHEN ({_CHANGED_ROW}) EXECUTE FUNCTION case_words_of_case()",
    "CREATE TRIGGER case_words_gone AFTER DELETE ON cases FOR EACH ROW EXECUTE FUNCTION case_words_of_case()",
    "CREATE TRIGGER case_words_added AFTER INSERT OR UPDATE OF words OR DELETE ON case_history_words FOR EACH ROW"
    " EXECUTE FUNCTION case_words_of_history()",
)
POSTGRESQL = (
    "CREATE FUNCTION case_words_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
    f" AS $$ SELECT {_keep_words_in_postgresql('words')} $$",
    _GRAMS,
    f"CREATE VIEW case_words_now AS SELECT c.id AS case_id, {_POSTGRESQL_MONTH} AS month,"
    f" case_words_fold({_POSTGRESQL_TOLD}) AS words FROM cases c WHERE NOT c.confidential",
    _KEEP,
    _OF_CASE,
    _OF_HISTORY,
    POSTGRESQL_INDEX,
    *POSTGRESQL_TRIGGERS,
)
FILL = "INSERT INTO case_words (case_id, month, words) SELECT case_id, month, words FROM case_words_now"
