"""What newspapers put between and behind the lines of an article."""

import pytest

from articles import body, decode, layout
from articles.boilerplate import verdict
from articles.layout import Line
from articles.metadata import Metadata

PROSE = "The council of Zern voted on Tuesday, after a debate of four hours, to bring the ferries back to the lake."


def lines(html: str, *texts: str) -> list[Line]:
    return list(layout.read(decode.parse(f"<html><body>{html}</body></html>"), list(texts), Metadata()).lines)


@pytest.mark.parametrize(
    ("html", "leads"),
    [
        ('<p>Read: <a href="/a">The harbour of Zern reopens</a></p>', True),
        ('<p>Also Read | <a href="/a">The harbour of Zern reopens</a></p>', True),
        ('<p>The mayor said on Tuesday: <a href="/a">read the whole report here</a> and went on.</p>', False),
        ('<p>Website: <a href="/a">www.zern-ferries.example</a></p>', False),
    ],
)
def test_a_few_words_and_a_link_lead_on(html: str, leads: bool) -> None:
    text = decode.parse(html).text_content().strip()
    (line,) = lines(html, text)
    assert line.leads_on is leads


@pytest.mark.parametrize(
    ("text", "linked", "left", "kind"),
    [
        ("Помітили помилку? Виділіть її й натисніть Ctrl + Enter.", 0.0, 9, "other"),
        ("Ακολουθήστε μας στο Google News", 0.3, 2, "share"),
        ("She wrote it on WhatsApp, he read it on Telegram.", 0.0, 2, None),
        ("저작권자(c) 연합소식, 무단 전재-재배포 금지", 0.0, 1, "copyright"),
        ("ih/mcm/lml", 0.0, 1, "byline"),
        (
            "This article is republished from The Zern Review under a licence. Read the original article.",
            0.0,
            1,
            "copyright",
        ),
        ("This article moved me, said the mayor of Zern.", 0.0, 1, None),
    ],
)
def test_names_that_say_what_a_line_is(text: str, linked: float, left: int, kind: str | None) -> None:
    found = verdict(Line(text, linked=linked), 20 - left, 20, Metadata())
    assert (found and found[0]) == kind


def test_what_stands_behind_the_articles_box_is_none_of_its_lines() -> None:
    texts = [f"{PROSE} {n}" for n in range(4)]
    article = "".join(f"<p class='t'>{text}</p>" for text in texts)
    more = "You clearly find our careful reporting valuable, in a time of doubt."
    html = f"<main><div class='a'>{article}</div><section><h3>Join us</h3><div class='x'><p>{more}</p></div></section></main>"
    found = lines(html, *texts, "Join us", more)
    assert [line.past for line in found] == [False] * 4 + [True, True]


def test_paragraphs_set_like_the_articles_stay_wherever_they_stand() -> None:
    texts = [f"{PROSE} {n}" for n in range(5)]
    first = "".join(f"<p class='t'>{text}</p>" for text in texts[:4])
    html = f"<main><div class='a'>{first}</div><div class='ad'>Buy</div><div class='a'><p class='t'>{texts[4]}</p></div></main>"
    assert not any(line.past for line in lines(html, *texts))


def test_a_text_that_only_machines_are_told_is_taken() -> None:
    said = "\n".join(f"{PROSE} {n}" for n in range(8))
    assert body.told([f"{PROSE} 0"], said) == said.splitlines()
    assert body.told([], said) == said.splitlines()
    assert body.told(["Something else entirely stands in this page."], said) == []
    assert body.told(said.splitlines()[:6], said) == []
