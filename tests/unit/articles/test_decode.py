"""Bytes as text, by what they carry."""

import pytest

from articles import decode


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Fähre".encode(), None),
        ("Fähre".encode("latin-1"), "iso-8859-1"),
        (b"<meta charset='iso-8859-1'>" + "Fähre".encode("latin-1"), None),
        ("Fähre".encode("utf-16"), "utf-8"),
        ("\ufeffFähre".encode(), "latin-1"),
        ("Fähre", None),
    ],
)
def test_bytes_are_decoded_by_what_they_carry(content: bytes | str, charset: str | None) -> None:
    assert decode.decode(content, charset).endswith("Fähre")


@pytest.mark.parametrize(
    ("language", "text", "codec"),
    [
        ("es", "La alcaldesa señaló que mañana, después de años, el niño cruzará el río", "cp1252"),
        ("it-IT", "La città è pronta e più di così non può", "cp1252"),
        ("pt", "A decisão não é do cidadão, afirmou", "cp1252"),
        ("pl", "Rada przyjęła uchwałę, którą później odrzuciła „większość”", "cp1250"),
        ("pl", "Rada przyjęła uchwałę, którą później odrzuciła większość", "iso8859-2"),
        ("tr", "Meclis kararı onayladı, şehir bekliyor", "cp1254"),
        ("en", "Совет Зерна во вторник решил вернуть паромы на озеро после четырёх часов споров", "cp1251"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_a_page_that_names_no_true_charset_is_read_by_its_language(
    language: str, text: str, codec: str, declared: str | None
) -> None:
    """As browsers do, but where the letters are none of that language."""
    content = f'<!doctype html><html class="x" lang="{language}"><p>{text}</p>'.encode(codec)
    assert text in decode.decode(content, declared)


@pytest.mark.parametrize("charset", ["zlib_codec", "unicode_escape", "idna", "x-evil\0codec", "utf-7"])
def test_a_charset_is_never_a_codec_that_runs(charset: str) -> None:
    assert decode.known_codec(charset) is None
