import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.captures import Capture
from warehouse.imports.lists import MAX_LINE, from_list
from warehouse.imports.options import Known, Options, Unreadable

PAGE = b"<html><body><p>Ein Absatz.</p></body></html>"
URL = "https://tagblatt.example/a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "pages"
    (found / "sub").mkdir(parents=True)
    (found / "a.html").write_bytes(PAGE)
    (found / "sub" / "b, c.html.gz").write_bytes(gzip.compress(PAGE))
    os.utime(found / "a.html", (1_700_000_000, 1_700_000_000))
    return found


def taken(folder: Path, text: str | bytes, name: str = "list.csv") -> tuple[list[Capture], list[Unreadable]]:
    path = folder.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = list(from_list(folder, path, Options(by_domain={"tagblatt.example": Known("tagblatt")})))
    return [c for c in found if isinstance(c, Capture)], [u for u in found if isinstance(u, Unreadable)]


@pytest.mark.parametrize("head", ["", "path,url\n", "\ufeffPath,URL,captured_at\r\n"])
def test_pages_get_the_urls_of_the_list(folder: Path, head: str) -> None:
    text = f'{head}a.html,{URL}\n\n"sub/b, c.html.gz",https://abendpost.example/b?utm_source=x,2026-11-20T09:00+01:00'
    (first, second), refused = taken(folder, text)
    assert refused == []
    assert (first.url, first.context.source, first.body) == (URL, "tagblatt", PAGE)
    assert first.captured_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert first.context.time_inferred
    assert (second.url, second.context.source, second.body) == (
        "https://abendpost.example/b",
        "abendpost.example",
        PAGE,
    )
    assert second.captured_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert not second.context.time_inferred


def test_tabs_part_the_columns_of_a_tsv(folder: Path) -> None:
    (first, second), _ = taken(folder, f"a.html\t{URL}\nsub/b, c.html.gz\t{URL}/b\n", "list.tsv")
    assert (first.url, second.url) == (URL, f"{URL}/b")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a.html", "bad-row"),
        (f"a.html,{URL},2026-11-20,more", "bad-row"),
        (f'"a.html,{URL}', "bad-row"),
        ("x" * MAX_LINE * 2, "bad-row"),
        (f"nowhere.html,{URL}", "missing-page"),
        (f"../list.csv,{URL}", "missing-page"),
        (f"/etc/hostname,{URL}", "missing-page"),
        (f"sub,{URL}", "missing-page"),
        (f"{'a' * 5000},{URL}", "missing-page"),
        (f"nul\0,{URL}", "missing-page"),
        (b"\xff\xfe.html,https://tagblatt.example/", "missing-page"),
        ("a.html,mailto:a@tagblatt.example", "bad-url"),
        (b"a.html,https://\xff\xff/", "bad-url"),
        (f"a.html,{URL},gestern", "bad-date"),
    ],
)
def test_a_bad_row_is_named_and_the_next_is_read(folder: Path, row: str | bytes, reason: str) -> None:
    raw = row if isinstance(row, bytes) else row.encode()
    (good, _), (bad,) = taken(folder, raw + f"\na.html,{URL}\n".encode() + b'"sub/b, c.html.gz",https://b.example/')
    assert good.url == URL
    assert (bad.reason, bad.place) == (reason, "line 1")
    assert str(bad).isprintable()
    assert len(str(bad)) < 6_000


def test_a_link_that_leads_out_of_the_folder_is_no_page_of_it(folder: Path) -> None:
    (folder / "out.html").symlink_to("/etc/hostname")
    _, refused = taken(folder, f'out.html,{URL}\na.html,{URL}\n"sub/b, c.html.gz",{URL}/b\n')
    assert {bad.reason for bad in refused} == {"missing-page", "not-listed"}


def test_pages_that_the_list_does_not_name_are_told(folder: Path) -> None:
    (only,), (other,) = taken(folder, f"a.html,{URL}")
    assert only.url == URL
    assert (other.reason, other.path.name) == ("not-listed", "b, c.html.gz")


def test_a_damaged_page_is_named(folder: Path) -> None:
    (folder / "sub" / "b, c.html.gz").write_bytes(gzip.compress(PAGE)[:-9])
    (_,), (bad,) = taken(folder, f'a.html,{URL}\n"sub/b, c.html.gz",{URL}/b\n')
    assert bad.reason == "damaged"
