import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from flows.answers import Answer
from flows.screen import COUNTED, FRAME, NARROW, ROWS, Page, fitting, page, say_blocks, say_page, say_records

VALUES = st.none() | st.text(max_size=60) | st.integers() | st.lists(st.text(max_size=9), max_size=3) | st.booleans()


def drawn(shown: Page, width: int, say: Callable[[Console, Page], str] = say_page) -> tuple[list[str], str]:
    out = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    said = say(out, shown)
    return out.file.getvalue().splitlines(), said  # type: ignore[attr-defined]


def answer(rows: int, *head: str) -> Answer:
    values = [tuple(range(len(head)))] * rows
    return Answer(list(head), iter([values[at : at + 1_000] for at in range(0, rows, 1_000)]))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40), st.integers(20, 200))
def test_columns_fit_and_narrow_ones_are_not_cut(natural: list[int], room: int) -> None:
    widths = fitting(natural, room)
    assert 1 <= len(widths) <= len(natural)
    assert all(width >= 1 for width in widths)
    assert sum(widths) + FRAME * len(widths) <= room
    assert all(width == wanted for width, wanted in zip(widths, natural, strict=False) if wanted <= NARROW)
    if len(widths) == len(natural) and sum(natural) + FRAME * len(natural) <= room:
        assert widths == natural


@given(st.data(), st.integers(1, 12), st.integers(20, 120))
def test_no_line_is_wider_than_the_screen_whatever_the_values(data: Any, columns: int, width: int) -> None:
    head = data.draw(st.lists(st.text(max_size=20), min_size=columns, max_size=columns))
    rows = data.draw(st.lists(st.tuples(*[VALUES] * columns), max_size=4))
    lines, _ = drawn(Page(head, rows, len(rows), more=False), width)
    assert all(cell_len(line) <= width for line in lines)
    assert len(lines) == len(rows) + 4 or len(rows) == 1  # which is a record where it is too wide


def test_wide_text_ends_with_an_ellipsis_and_stays_on_its_line() -> None:
    lines, said = drawn(Page(["n", "text"], [(12, "one\ntwo " * 90), (3, None)], 2, more=False), 40)
    assert lines[3].startswith("│ 12 │ one\\ntwo one\\ntwo")
    assert lines[3].endswith("… │")
    assert lines[4].startswith("│  3 │ -  ")
    assert said == "2 rows; --line shows all of each row"


def test_what_is_cut_is_said() -> None:
    assert drawn(page(answer(3, "a", "b")), 80)[1] == "3 rows"
    assert drawn(page(answer(ROWS, "a")), 80)[1] == f"{ROWS} rows"
    lines, said = drawn(page(answer(23_412, "a")), 80)
    assert said == "100 of 23,412 rows"
    assert len(lines) == ROWS + 4
    assert (
        drawn(page(answer(5, *(f"column number {n}" for n in range(40)))), 80)[1]
        == "5 rows, 7 of 40 columns; --line shows all of each row"
    )
    assert drawn(page(answer(1, "a")), 80)[1] == "1 row"


@given(st.data(), st.integers(1, 12), st.integers(20, 120))
def test_a_record_loses_nothing_and_no_line_of_it_is_wider_than_the_screen(data: Any, columns: int, width: int) -> None:
    head = [f"column{n}" for n in range(columns)]
    row = data.draw(st.tuples(*[st.text("abc d\n", max_size=300)] * columns))
    lines, _ = drawn(Page(head, [row], 1, more=False), width, say_records)
    assert all(cell_len(line) <= width for line in lines)
    assert sorted("".join(lines).replace(" ", "")) == sorted(
        "".join(head) + "".join(row).replace(" ", "").replace("\n", "")
    )


def test_a_single_row_that_does_not_fit_is_a_record() -> None:
    shown = Page(["url", "text"], [("https://tagblatt.example/", "One paragraph.\n\n" + "word " * 30)], 1, more=False)
    lines, said = drawn(shown, 60)
    assert lines[0].split() == ["url", "https://tagblatt.example/"]
    assert lines[1].split() == ["text", "One", "paragraph."]
    assert "".join(lines).count("word") == 30
    assert said == "1 row"


def test_records_of_several_rows_are_numbered() -> None:
    lines, said = drawn(page(answer(2, "a", "b")), 60, say_records)
    assert [line.strip() for line in lines] == ["── 1 ──", "a  0", "b  1", "── 2 ──", "a  0", "b  1"]
    assert said == "2 rows"


def test_nothing_is_cut_or_folded_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Eine lange Zeile. " * 200 + "\nDie zweite."
    row = (*range(40), text, True, None)
    assert say_blocks(Answer([f"column{n}" for n in range(43)], iter([[row]]))) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert [cell.strip() for cell in lines[3].strip("│").split("│")] == [
        *map(str, range(40)), text.replace("\n", "\\n"), "true", "-",
    ]  # fmt: skip


def test_a_record_in_a_pipe_has_the_text_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    text = "word " * 100 + "end.\n\nSecond."
    assert say_blocks(Answer(["n", "text"], iter([[(1, text), (2, "x")]])), records=True) == 2
    first, second = text.split("\n\n")
    assert capsys.readouterr().out.splitlines() == [
        "── 1 ──", "n     1", f"text  {first}", "", f"      {second}", "── 2 ──", "n     2", "text  x",
    ]  # fmt: skip


def test_more_rows_than_anybody_reads_are_not_counted_to_the_end() -> None:
    endless = answer(COUNTED + 5_000, "a")
    assert drawn(page(endless), 80)[1] == f"100 of more than {COUNTED:,} rows"
    assert len(next(endless.blocks)) == 1_000


def test_a_plan_is_shown_as_it_stands() -> None:
    plan = "┌────┐\n│scan│\n└────┘"
    assert drawn(Page(["explain_key", "explain_value"], [("physical_plan", plan)], 1, more=False), 80) == (
        plan.splitlines(),
        "a plan",
    )
