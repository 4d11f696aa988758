"""Sentences that name the source of what they say are text, also beside a picture."""

import pytest

from tests.unit.articles.test_metadata import PROSE, page

PICTURE = '<figure><img src="/pier.jpg"><figcaption>The pier of Zern. Photo: Jane Doe</figcaption></figure>'


@pytest.mark.parametrize("end", ["(source: Eurostat).", "Quelle: Statistisches Bundesamt", "(Fuente: INE)"])
@pytest.mark.parametrize("picture", ["", PICTURE])
def test_a_sentence_that_names_its_source_is_no_caption(end: str, picture: str) -> None:
    told = f"Of all people in the town of Zern four in a hundred were out of work last year {end}"
    found = page(body=f"<h1>Work in Zern</h1>{picture}<p>{told}</p>{PROSE}")
    assert told in found.text.split("\n\n")
    assert [photo.credit for photo in found.photos] == (["Jane Doe"] if picture else [])


def test_a_short_line_beside_a_picture_that_names_its_source_is_its_caption() -> None:
    found = page(body=f'<h1>Work in Zern</h1>{PROSE}<p><img src="/a.jpg"></p><p>The pier. Source: AP</p>{PROSE}')
    assert "Source: AP" not in found.text
