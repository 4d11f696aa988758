"""Sources as CSV: a row a source, columns named as the settings, several values in a cell parted by spaces or `;`."""

import csv
import io
from collections.abc import Mapping

from articles.cleaning import clean
from articles.errors import BadInput
from flows.sections import SourceSettings
from flows.source_rows import COLUMNS, MAX_BYTES, BadRow, Row, cell, cells, row_from

MAX_ROWS = 50_000
DELIMITERS = ",;\t"


def read_table(body: bytes) -> list[Row | BadRow]:
    """The sources in a CSV file; raises `BadInput` for a file that is none, or has columns that are no settings."""
    if len(body) > MAX_BYTES:
        raise BadInput(f"a CSV file of {len(body)} bytes, and {MAX_BYTES} is the limit: divide it")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"no CSV in UTF-8: {error.reason} at byte {error.start}; save it as UTF-8") from error
    head = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row | BadRow] = []
    columns: list[str] = []
    lines: dict[str, str] = {}
    try:
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            if not columns:
                columns = checked([field.strip().lower() for field in fields])
                continue
            if len(rows) >= MAX_ROWS:
                raise BadInput(f"a CSV file of more than {MAX_ROWS} rows: divide it")
            rows.append(unrepeated(row(columns, fields, f"line {reader.line_num}"), lines))
    except csv.Error as error:
        rows.append(BadRow(f"line {reader.line_num}", f"no CSV from here on: {error}"))
    return rows


def checked(columns: list[str]) -> list[str]:
    """The head of the table; raises `BadInput` where it does not name settings."""
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or "url" not in columns or len(set(columns)) < len(columns):
        wrong = f"no setting is called {unknown[0][:60]!r}" if unknown else "url is missing, or one stands there twice"
        raise BadInput(f"the first line of the CSV file names the columns: {wrong}; there are: {', '.join(COLUMNS)}")
    return columns


def row(columns: list[str], fields: list[str], place: str) -> Row | BadRow:
    """A line as a source."""
    if len(fields) > len(columns):
        return BadRow(place, f"{len(fields)} cells under {len(columns)} columns; put cells with commas in quotes")
    try:
        values = cells(dict(zip(columns, fields, strict=False)))
    except BadInput as error:
        return BadRow(place, str(error))
    return row_from(place, values.pop("source", None), values)


def unrepeated(found: Row | BadRow, lines: dict[str, str]) -> Row | BadRow:
    """A row, unless a line before it is of the same source."""
    if isinstance(found, BadRow):
        return found
    first = lines.setdefault(found.source, found.place)
    return found if first == found.place else BadRow(found.place, f"{found.source} stands there on {first} already")


def write_table(sources: Mapping[str, SourceSettings]) -> bytes:
    """A CSV file of all sources with all their settings."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, source in sources.items():
        stated = source.model_dump(exclude_defaults=True)
        writer.writerow([key, *(clean(cell(name, stated[name])) if name in stated else "" for name in COLUMNS[1:])])
    return text.getvalue().encode("utf-8")
