"""The three papers' pages, each in its own house style."""

from collections.abc import Sequence
from html import escape

from examples.newspapers.body import WORDS, blocks_html, byline, printed_time
from examples.newspapers.head import SUFFIX, head
from examples.newspapers.papers import COURIER, TAGBLATT, Paper, article_url
from examples.newspapers.stories import Story

RELATED = 3
"""How many other stories stand in a page's box."""


def article_page(paper: Paper, story: Story, others: Sequence[Story]) -> str:
    """An article's page; `others` are all stories of the paper, newest first."""
    near = _near(story, others)
    links = "\n".join(_teaser_link(paper, other) for other in near)
    layout = {"tagblatt": _tagblatt, "courier": _courier, "meridian": _meridian}[paper.source]
    direction = ' dir="rtl"' if story.language == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{story.language}"{direction}>\n<head>\n{head(paper, story)}\n</head>\n'
        f"<body>\n{layout(story, links)}\n</body>\n</html>\n"
    )


def front_page(paper: Paper, name: str, stories: Sequence[Story]) -> str:
    """A section's front, or the paper's: teasers, and no article."""
    teasers = "\n".join(
        f'<div class="teaser"><h3><a href="{escape(article_url(paper, story))}">{escape(story.title)}</a></h3>'
        f'<p class="teaser-text">{escape(story.description)}</p></div>'
        for story in stories
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(name + SUFFIX[paper.source])}</title>\n"
        f'<meta property="og:type" content="website">\n<link rel="stylesheet" href="/style.css">\n</head>\n'
        f'<body>\n<header>{escape(paper.name)}</header>\n<main class="front">\n<h1>{escape(name)}</h1>\n'
        f"{teasers}\n</main>\n<footer>© 2026 {escape(paper.name)}</footer>\n</body>\n</html>\n"
    )


def _near(story: Story, others: Sequence[Story]) -> list[Story]:
    """The next older stories of the language, so that a page stays the same when newer ones come."""
    same = [other for other in others if other.language == story.language]
    place = same.index(story)
    return [*same[place + 1 :], *reversed(same[:place])][:RELATED]


def _teaser_link(paper: Paper, story: Story) -> str:
    return f'<li><a href="{escape(article_url(paper, story))}">{escape(story.title)}</a></li>'


def _cookies(story: Story) -> str:
    words = WORDS[story.language]
    return f'<div id="cookie-banner" role="dialog"><p>{words.cookies}</p><button>{words.accept}</button></div>'


def _tagblatt(story: Story, links: str) -> str:
    """Semantic elements, German class names, the standfirst apart."""
    words = WORDS[story.language]
    return f"""<header class="seitenkopf"><a href="/">{TAGBLATT.name}</a>
<nav><ul><li><a href="/lokales/">Lokales</a></li><li><a href="/kultur/">Kultur</a></li>
<li><a href="/wirtschaft/">Wirtschaft</a></li><li><a href="/sport/">Sport</a></li></ul></nav></header>
<main>
<article class="artikel">
<header class="artikel__kopf">
<span class="artikel__ressort">{escape(story.section)}</span>
<h1>{escape(story.title, quote=False)}</h1>
<p class="artikel__autor">{escape(byline(story))}</p>
<p class="artikel__datum">{printed_time(story)}</p>
</header>
<div class="artikel__text">
{blocks_html(story, '<p class="absatz">{}</p>')}
</div>
<div class="teilen"><span>{words.share}</span> <a href="/teilen/mail">E-Mail</a> <a href="/teilen/link">Link</a></div>
</article>
<aside class="mehr-zum-thema"><h3>{words.related}</h3><ul>
{links}
</ul></aside>
<section class="newsletter"><p>{words.letter}</p><form action="/morgenbrief"><input type="email"></form></section>
</main>
<footer class="seitenfuss"><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a>
<p>© 2026 Verlag Tagblatt Lindenau. Alle Rechte vorbehalten.</p></footer>
{_cookies(story)}"""


def _courier(story: Story, links: str) -> str:
    """A blog engine's theme: divs, a sidebar, comments below."""
    words = WORDS[story.language]
    return f"""<div id="page" class="site">
<div id="masthead" class="site-header"><div class="site-title"><a href="/">{COURIER.name}</a></div>
<ul id="menu"><li><a href="/news/">News</a></li><li><a href="/waterfront/">Waterfront</a></li>
<li><a href="/opinion/">Opinion</a></li><li><a href="/weather/">Weather</a></li></ul></div>
<div id="content" class="site-content">
<div id="post-{story.number}" class="post type-post status-publish">
<h1 class="entry-title">{escape(story.title, quote=False)}</h1>
<div class="entry-meta"><span class="posted-on">{printed_time(story)}</span>
<span class="byline">{escape(byline(story))}</span></div>
<div class="entry-content">
{blocks_html(story, "<p>{}</p>")}
</div>
<div class="sharing"><h3>{words.share}</h3><ul><li><a href="/share/mail">Email</a></li>
<li><a href="/share/print">Print</a></li></ul></div>
</div>
<div id="comments" class="comments-area"><h2>2 comments</h2><ol>
<li class="comment"><p>Good to see somebody sat through the whole meeting for once.</p></li>
<li class="comment"><p>My grandfather would have had a word or two to say about this.</p></li></ol></div>
</div>
<div id="secondary" class="widget-area"><h2>{words.related}</h2><ul>
{links}
</ul><div class="widget newsletter"><p>{words.letter}</p></div></div>
<div id="colophon">© 2026 The Harbour Courier Ltd. All rights reserved.</div>
</div>
{_cookies(story)}"""


def _meridian(story: Story, links: str) -> str:
    """Generated class names; every paragraph is a component in a box of its own."""
    words = WORDS[story.language]
    paragraph = '<div data-component="text-block" class="sc-18f3"><p class="sc-eb7b">{}</p></div>'
    return f"""<div id="root"><div class="sc-0a1c"><a href="/">Meridian</a>
<a href="/en/">English</a> <a href="/ja/">日本語</a> <a href="/ar/">العربية</a> <a href="/es/">Español</a></div>
<main id="main-content"><article>
<div data-component="headline-block"><h1 class="sc-518d">{escape(story.title, quote=False)}</h1></div>
<div data-component="byline-block" class="sc-2b54"><span class="author" rel="author">{escape(byline(story))}</span>
{printed_time(story)}</div>
{blocks_html(story, paragraph)}
<div data-component="share-block"><button>{words.share}</button></div>
</article>
<div data-component="links-block" class="sc-77aa"><p class="sc-77ab">{words.related}</p><ul>
{links}
</ul></div>
<div data-component="newsletter-block"><p>{words.letter}</p></div></main>
<footer><p>© 2026 Meridian Press</p></footer></div>
{_cookies(story)}"""
