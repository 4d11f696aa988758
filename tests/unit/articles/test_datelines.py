"""The agencies that a text names as its source, and those that it merely writes about."""

import pytest

from articles.datelines import sources
from articles.model import Removed

BODY = "\n\nThe harbour was closed on Friday.\n\nNobody was hurt, the mayor said."

DATELINES = [
    ("COLUMBIA, S.C. (AP) — The harbour was closed.", ["AP"]),
    ("LONDON (Reuters) - The harbour was closed.", ["Reuters"]),
    ("LONDON, Nov 20 (Reuters) - The harbour was closed.", ["Reuters"]),
    ("New Delhi, Nov 20 (PTI) The harbour was closed on Friday.", ["PTI"]),
    ("ANKARA (AA) - Liman kapatıldı.", ["Anadolu"]),
    ("Berlin (dpa) - Der Hafen wurde geschlossen.", ["dpa"]),
    ("Hamburg (dpa/lno) - Der Hafen wurde geschlossen.", ["dpa"]),
    ("Wien/Hamburg (APA/dpa) – Der Hafen wurde geschlossen.", ["APA", "dpa"]),
    ("Madrid, 20 nov (EFE).- El puerto fue cerrado.", ["EFE"]),
    ("São Paulo, 20 de novembro de 2025 (AFP) - O porto foi fechado.", ["AFP"]),
    ("(ANSA) - ROMA, 20 NOV - Il porto è stato chiuso.", ["ANSA"]),
    ("Paris, 20 nov 2025 (AFP) – Le port a été fermé.", ["AFP"]),
    ("МОСКВА, 20 ноября. /ТАСС/. Порт закрыли.", ["TASS"]),
    ("МОСКВА, 20 ноя — РИА Новости. Порт закрыли.", ["RIA Novosti"]),
    ("(서울=연합뉴스) 김민수 기자 = 항구가 폐쇄됐다.", ["Yonhap"]),
    ("新华社北京11月20日电 港口关闭了。", ["Xinhua"]),
    ("[ロンドン 20日 ロイター] - 港が閉鎖された。", ["Reuters"]),
]

CLOSINGS = [
    ("Nobody was hurt. PTI", ["PTI"]),
    ("Nobody was hurt. (Reuters)", ["Reuters"]),
    ("Niemand wurde verletzt. (APA/dpa)", ["APA", "dpa"]),
    ("„Niemand wurde verletzt.“ (dpa/lno)", ["dpa"]),
    ("AFP/APA", ["AFP", "APA"]),
    ("(SID)", ["SID"]),
    ("© dpa-infocom, dpa:250910-930-24343/2", ["dpa"]),
    ("Copyright 2025 The Associated Press. All rights reserved.", ["AP"]),
    ("© 2025 AFP", ["AFP"]),
    ("dpa", ["dpa"]),
]

ABOUT_THEM = [
    "The Associated Press (AP) — the largest of its kind — closed an office.",
    "Anadolu Agency (AA) - Turkey's own - closed an office.",
    "Alianza Popular (AP) - the party that ruled for years - lost the vote.",
    "In a statement to reporters (AFP) - and to nobody else - he denied it.",
    "WeWork is being investigated, according to Reuters, by the state.",
    "The harbour was closed (Reuters has the story) on Friday.",
    "Nobody at Reuters - or the AP - was hurt.",
    "He told dpa - in a long talk - that he would go.",
    "The minister met Mr Hina (62) - a neighbour.",
]

ENDS_WITH_THEM = [
    "He works for the AP.",
    "The news was first reported by Reuters.",
    "With files from The Associated Press",
    "mit dpa",
    "With reporting by Associated Press writer Ada Brandt",
    "He moved from CNN to AFP in 2019.",
    "Nobody was hurt. (aa)",
    "Nobody was hurt. (ap)",
    "Nobody was hurt. (Reuters reported otherwise)",
    "Nobody was hurt. Reuters reported it.",
]


@pytest.mark.parametrize(("opening", "agencies"), DATELINES)
def test_a_dateline_names_its_agency(opening: str, agencies: list[str]) -> None:
    assert list(sources(opening + BODY)) == agencies


@pytest.mark.parametrize(("closing", "agencies"), CLOSINGS)
def test_a_closing_line_names_its_agency(closing: str, agencies: list[str]) -> None:
    assert list(sources(f"The harbour was closed.{BODY}\n\n{closing}")) == agencies


@pytest.mark.parametrize("opening", ABOUT_THEM)
def test_an_agency_that_is_written_about_is_no_source(opening: str) -> None:
    assert sources(opening + BODY) == ()


@pytest.mark.parametrize("closing", ENDS_WITH_THEM)
def test_an_agency_that_helped_or_is_named_last_is_no_source(closing: str) -> None:
    assert sources(f"The harbour was closed.{BODY}\n\n{closing}") == ()


def test_a_copyright_line_that_was_taken_out_names_its_agency() -> None:
    notice = Removed(9, "copyright", "copyright-line", "© 2025 Agence France-Presse. All rights reserved.")
    caption = Removed(0, "caption", "caption-markup", "AP")
    assert sources("The harbour was closed." + BODY, (caption, notice)) == ("AFP",)


def test_an_agency_stands_once_whatever_names_it() -> None:
    assert sources(f"LONDON (AP) — The harbour was closed.{BODY}\n\nAP") == ("AP",)


def test_a_text_of_nothing_has_no_source() -> None:
    assert sources("") == ()
