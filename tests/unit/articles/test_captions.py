"""The words beside a picture in the markup of newspapers."""

import pytest

from articles import captions, decode, photos, portraits
from articles.photos import Figure

IMG = '<img src="/pier.jpg">'


def figure(html: str, *authors: str) -> Figure | None:
    (element,) = decode.parse(f"<html><body>{html}</body></html>").find("body")
    return captions.read(element, 0, frozenset(authors))


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        # A class that names the box of both.
        (
            (
                f'<div>{IMG}<div class="credit-caption"><div class="caption"><p>The pier of Zern after the storm. '
                '<b class="credit">Jane Doe for ZRN<b class="hide-caption">hide caption</b></b></p></div></div></div>'
            ),
            "The pier of Zern after the storm.",
            "Jane Doe for ZRN",
        ),
        # Hashes for class names, no space between.
        (
            f'<figure>{IMG}<figcaption><span>Detail of the pier.</span><span class="a_m">Jane Doe</span></figcaption></figure>',
            "Detail of the pier.",
            "Jane Doe",
        ),
        (
            f'<figure>{IMG}<figcaption><span>The winner of the race is </span><b class="n">Jane Doe</b></figcaption></figure>',
            "The winner of the race is Jane Doe",
            None,
        ),
        # A label for screen readers alone.
        (
            (
                f'<figure><div>{IMG}<span><span class="visually-hidden">Image source, </span>Getty Images</span></div>'
                '<figcaption><span class="visually-hidden">Image caption, </span>The pier on Friday</figcaption></figure>'
            ),
            "The pier on Friday",
            "Getty Images",
        ),
        # Fields with their names.
        (
            (
                f'<article class="media media--type-image">{IMG}<div class="field-caption">The pier gave way.</div>'
                '<div class="field-credit"><div class="label">Credit</div><div>Jane Doe</div></div></article>'
            ),
            "The pier gave way.",
            "Jane Doe",
        ),
        # Offers inside a caption.
        (
            f'<figure>{IMG}<figcaption>The pier of Zern. Photo: Jane Doe <a href="/b">купить фото</a></figcaption></figure>',
            "The pier of Zern.",
            "Jane Doe",
        ),
        # Words that only a script shows.
        (
            f'<div data-c-caption="The pier of Zern." data-c-credit="Jane Doe/The Bote">{IMG}</div>',
            "The pier of Zern.",
            "Jane Doe/The Bote",
        ),
    ],
)
def test_captions_and_credits(html: str, caption: str, credit: str | None) -> None:
    found = figure(html)
    assert found is not None
    assert (found.caption, found.credit) == (caption, credit)


def test_a_figure_without_a_picture_and_a_caption_is_none() -> None:
    assert figure("<figure><div>Sign up to our newsletter</div></figure>") is None


def test_who_wrote_the_article_is_not_who_took_the_picture_beside_the_byline() -> None:
    html = f'<div>{IMG}<em class="story__author">di Jane Doe</em></div>'
    found = figure(html, "janedoe")
    assert found is not None
    assert found.credit is None
    assert portraits.is_apart(found, frozenset({"janedoe"}), ())
    face = Figure(0, None, "Jane Doe", "Jane Doe", "/jane.png", (), marked=True)
    assert portraits.is_apart(face, frozenset({"janedoe"}), ())
    for words, role in (("Jane Doe Apr 14, 2026", None), ("By Jane Doe Oct. 11, 2026 3 AM PT", "Staff Writer")):
        byline = Figure(0, words, role, None, "/jane.png", (), marked=True)
        assert portraits.is_portrait(byline, frozenset({"janedoe"}))
    shown = Figure(0, "Jane Doe opens the bridge", None, None, "/bridge.png", (), marked=True)
    assert not portraits.is_portrait(shown, frozenset({"janedoe"}))
    there = Figure(0, "Jane Doe on the summit of the Zern on 3 May 2026", None, None, "/peak.png", (), marked=True)
    assert not portraits.is_portrait(there, frozenset({"janedoe"}))


def test_a_word_of_a_control_may_begin_a_caption() -> None:
    found = figure(
        f"<figure>{IMG}<figcaption><p>Video, taken by a neighbour, shows the fire.</p></figcaption></figure>"
    )
    assert found is not None
    assert found.caption == "Video, taken by a neighbour, shows the fire."


def test_a_table_around_one_picture_is_its_frame() -> None:
    html = f"<table class='tr-caption-container'><tr><td>{IMG}</td></tr><tr><td class='tr-caption'>The pier.</td></tr></table>"
    tree = decode.parse(f"<html><body><div><p>Text.</p>{html}</div></body></html>")
    prose = {tree.find(".//p"), tree.find(".//div"), tree.find(".//body"), tree}
    assert photos.frame(tree.find(".//img"), prose).tag == "table"


def test_an_italic_paragraph_after_a_picture_alone_is_its_caption() -> None:
    tree = decode.parse(f"<html><p>{IMG}</p><p><em>Pupils on new benches. PHOTO | JANE DOE</em></p><p>Text.</p></html>")
    found = captions.read(tree.find(".//p"), 0)
    assert found is not None
    assert (found.caption, found.credit) == ("Pupils on new benches.", "JANE DOE")


def test_the_class_of_what_holds_the_article_sets_no_picture_apart() -> None:
    tree = decode.parse(f"<html><div class='newsletter-post'>{IMG}</div></html>")
    image, box = tree.find(".//img"), tree.find(".//div")
    assert photos.set_apart(image, None, frozenset()) == "newsletter"
    assert photos.set_apart(image, None, frozenset({box})) is None
