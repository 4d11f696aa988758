"""What newspapers put between and behind the lines of an article."""

import pytest

from articles import body, decode, dropped, layout, runs
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
        ("O vídeo, publicado no Facebook e no Telegram, passou de um milhão de visualizações.", 0.2, 2, None),
        ("Join our channel on WhatsApp for the news of the day.", 0.2, 2, "share"),
        ("(jt)", 0.0, 1, "byline"),
        ("© is not a magic letter, the judge said on Monday. “We look at who owns.”", 0.0, 9, None),
        ("저작권자(c) 연합소식, 무단 전재-재배포 금지", 0.0, 1, "copyright"),
        ("ih/mcm/lml", 0.0, 1, "byline"),
        (
            "This article is republished from The Zern Review under a licence. Read the original article.",
            0.0,
            1,
            "copyright",
        ),
        ("This article moved me, said the mayor of Zern.", 0.0, 1, None),
        ("What do you think? Have your say in the comments section below.", 0.0, 1, "comment"),
        ("This story was originally published June 24, 2026 at 6:00 AM.", 0.0, 1, "copyright"),
        ("str-abh/pjm/tym", 0.0, 1, "byline"),
        ("责任编辑：王芳", 0.0, 1, "byline"),
        ("한지우 기자 jiwoo@cheongsol.example", 0.0, 1, "byline"),
        ("He wrote to jiwoo@cheongsol.example and waited for an answer.", 0.0, 1, None),
        ("[via The Zern Review]", 0.0, 1, "other"),
        ("更多的居民则担心噪音和费用问题，他们要求政府公开文件。", 0.0, 9, None),
        ("更多：江海晚报", 0.0, 9, "related"),
        ("残りの工事は来年春に始まる。", 0.0, 9, None),
        ("残り1234文字", 0.0, 1, "paywall"),
        ("Last updated on Thursday, 9 September 2010, 08:02", 0.0, 1, "byline"),
        ("江海晚报记者 李雨晴", 0.0, 20, "byline"),
        ("ZERN STAFF WRITER", 0.0, 19, "byline"),
        ("2 min de lecture", 0.0, 19, "other"),
        ("Team | P | W | D | L", 0.0, 20, None),
        ("1921", 0.0, 20, None),
        ("Letters to the editor", 0.0, 19, None),
        ("Via Garibaldi resterà chiusa al traffico fino a lunedì", 0.0, 1, None),
        ("Hamlet, Lyceum Theatre, until 14 March 2026", 0.0, 1, None),
        ("- 12 October 2026: the bridge opens to cars", 0.0, 2, None),
        ("Facebook räumt Fehler ein", 0.0, 3, None),
        ("First published in 1925, the novel sold poorly at first.", 0.0, 1, None),
        ("12 minutes later the ferry had gone", 0.0, 19, None),
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


@pytest.mark.parametrize(
    ("ending", "kept"),
    [
        ("<div class='x-end'><p>He was right.</p></div>", True),
        ("<div class='author-bio'><p>He writes of ferries.</p></div>", False),
        ("<div class='x-end'><h3>More</h3><p>He was right.</p></div>", False),
        ("<div class='x-end'><p>Read our newsletter.</p></div>", False),
        ("<div class='x-end'><p>Ferries of Zern</p></div>", False),
    ],
)
def test_a_last_sentence_in_a_box_of_its_own_is_text_unless_something_else_speaks_against_it(
    ending: str, kept: bool
) -> None:
    texts = [f"{PROSE} {n}" for n in range(4)]
    article = "".join(f"<p class='t'>{text}</p>" for text in texts)
    last = decode.parse(ending).xpath("//p")[0].text_content()
    line = lines(f"<main><div class='a'>{article}</div>{ending}</main>", *texts, last)[-1]
    assert (verdict(line, 4, 5, Metadata()) is None) is kept


def test_a_short_line_set_as_the_article_is_stays() -> None:
    texts = [*(f"{PROSE} {n}" for n in range(4)), "We sailed at nine."]
    html = "".join(f"<div class='block'><p>{text}</p></div>" for text in texts[:4])
    found = lines(f"<main><div class='all'>{html}</div><div class='block'><p>{texts[4]}</p></div></main>", *texts)
    assert not found[-1].past


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


def test_headings_that_the_engine_dropped_come_back_before_their_paragraphs() -> None:
    texts = [f"{PROSE} {n}" for n in range(4)]
    html = "".join(f"<h3 class='q{n}'>Question {n}?</h3><p class='t'>{text}</p>" for n, text in enumerate(texts))
    tree = decode.parse(f"<html><body><div class='a'>{html}</div></body></html>")
    assert dropped.with_dropped(tree, texts)[1:3] == ["Question 1?", texts[1]]


POLL = "<div><h4>Do you take the ferry?</h4><p>Tell us what you think of it.</p><button>Vote</button></div>"


@pytest.mark.parametrize(
    ("box", "offered"),
    [
        (POLL, True),
        (POLL.replace("<button>Vote</button>", "<a class='et_pb_button' href='/give'>Donate</a>"), True),
        (POLL.replace("<button>Vote</button>", ""), False),
        (POLL.replace("<h4>", "<time>Tuesday</time><h4>"), False),
        ("<h4>Do you take the ferry?</h4><p>Tell us what you think of it.<button>?</button></p>", False),
    ],
)
def test_a_small_box_with_a_button_is_an_offer(box: str, offered: bool) -> None:
    texts = [f"{PROSE} {n}" for n in range(6)]
    html = f"<article>{''.join(f'<p>{text}</p>' for text in texts)}{box}</article>"
    found = lines(html, *texts, "Do you take the ferry?", "Tell us what you think of it.")
    assert [line.offered for line in found] == [False] * 6 + [offered] * 2


def test_a_form_around_everything_is_no_offer() -> None:
    texts = [f"{PROSE} {n}" for n in range(6)]
    article = "".join(f"<p>{text}</p>" for text in texts)
    found = lines(
        f"<form id='aspnetForm'><div><h1>Ferries</h1><div>{article}</div><button>Go</button></div></form>", *texts
    )
    assert not any(line.offered for line in found)


@pytest.mark.parametrize(
    "box",
    [
        "<h3><button>Who may sail?</button></h3><div><p>Whoever has a ticket.</p></div>",
        "<div><h4>Facts</h4><ul><li>Whoever has a ticket of the ferry may sail on any day of the week, dogs and bicycles too.</li></ul><button>More</button></div>",
        "<div><input type='checkbox'><p>Whoever has a ticket.</p></div>",
    ],
)
def test_what_a_control_unfolds_is_no_offer(box: str) -> None:
    texts = [f"{PROSE} {n}" for n in range(6)]
    said = decode.parse(box).xpath("string(//p | //li)")
    html = f"<article>{''.join(f'<p>{text}</p>' for text in texts)}{box}</article>"
    assert not lines(html, *texts, said)[-1].offered


def test_a_list_of_links_before_the_text_is_none_of_it() -> None:
    texts = [PROSE, "- Share", "- Copy the link", PROSE * 2, "- Bring a coat"]
    linked = tuple(Line(text, linked=1.0 if text == "- Share" else 0.0) for text in texts)
    assert [cut.line for cut in runs.cuts(linked)] == [1, 2]
    assert runs.cuts(tuple(map(Line, [PROSE, "- 250 g red lentils", "- 2 onions", PROSE * 2]))) == []
