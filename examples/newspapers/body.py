"""The article's block, and the words that every page of a language shares: byline, printed date, related stories."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby

from examples.newspapers.pictures import render
from examples.newspapers.stories import LINK, Block, Story

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a paper prints around an article, in one language."""

    by: str
    join: str
    related: str
    share: str
    cookies: str
    accept: str
    letter: str


WORDS = {
    "de": Words(
        by="Von ",
        join=" und ",
        related="Mehr zum Thema",
        share="Artikel teilen",
        cookies="Wir verwenden Cookies, um unsere Seiten zu verbessern.",
        accept="Alle annehmen",
        letter="Der Morgenbrief: jeden Werktag um sechs Uhr im Postfach.",
    ),
    "en": Words(
        by="By ",
        join=" and ",
        related="Related stories",
        share="Share this story",
        cookies="We use cookies to make this site work and to count its readers.",
        accept="Accept all",
        letter="The morning letter: five stories in your inbox by seven.",
    ),
    "es": Words(
        by="Por ",
        join=" y ",
        related="Noticias relacionadas",
        share="Compartir",
        cookies="Usamos cookies propias para medir la lectura de estas páginas.",
        accept="Aceptar",
        letter="El boletín de la mañana, cada día antes de las ocho.",
    ),
    "ja": Words(
        by="文・",
        join="、",
        related="関連記事",
        share="この記事をシェアする",
        cookies="当サイトではCookieを使用しています。",
        accept="同意する",
        letter="朝のメールマガジンを毎朝七時にお届けします。",
    ),
    "ar": Words(
        by="بقلم ",
        join=" و",
        related="مواضيع ذات صلة",
        share="شارك المقال",
        cookies="نستخدم ملفات تعريف الارتباط لتحسين الموقع.",
        accept="موافق",
        letter="رسالة الصباح تصل إلى بريدكم كل يوم قبل السابعة.",
    ),
}


def byline(story: Story) -> str:
    """`Von Mara Lind und Jost Ebers`; an agency stands alone."""
    words = WORDS[story.language]
    return words.by + words.join.join(story.authors) if story.authors else ", ".join(story.agencies)


def printed_day(when: datetime, language: str) -> str:
    """The day in the paper's zone, as the language writes it."""
    if language == "ja":
        return f"{when.year}年{when.month}月{when.day}日"
    month = MONTHS[language].split()[when.month - 1]
    form = {"de": "{d}. {m} {y}", "en": "{m} {d}, {y}", "es": "{d} de {m} de {y}", "ar": "{d} {m} {y}"}
    return form[language].format(d=when.day, m=month, y=when.year)


def printed_time(story: Story) -> str:
    """The printed date: inside a `time` element without zone, a plain day, or nothing."""
    day = printed_day(story.published, story.language)
    if "time" in story.times:
        return f'<time datetime="{story.published:%Y-%m-%dT%H:%M}">{day}, {story.published:%H:%M}</time>'
    return f'<span class="date">{day}</span>' if "printed" in story.times else ""


def blocks_html(story: Story, paragraph: str) -> str:
    """The blocks in reading order; `paragraph` is the house's markup of one, with `{}` for its words."""
    parts: list[str] = []
    for kind, run in groupby(story.blocks, key=lambda block: _group(story, block)):
        blocks = list(run)
        if kind == "li":
            parts.append("<ul>" + "".join(f"<li>{inline(block.text)}</li>" for block in blocks) + "</ul>")
        elif kind == "gallery":
            slides = "\n".join(_picture(story, block) for block in blocks)
            parts.append(f'<div class="gallery"><ul class="slides">\n{slides}\n</ul></div>')
        else:
            parts += [_block(story, block, paragraph) for block in blocks]
    return "\n".join(parts)


def inline(text: str) -> str:
    """The words as HTML, links as links."""
    return LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))


def _group(story: Story, block: Block) -> str:
    """What to put into one box: list items, and the slides of a gallery."""
    is_slide = block.kind == "photo" and story.photos[int(block.text)].markup == "gallery"
    return "gallery" if is_slide else block.kind


def _picture(story: Story, block: Block) -> str:
    return render(story.photos[int(block.text)])


def _block(story: Story, block: Block, paragraph: str) -> str:
    if block.kind == "photo":
        return _picture(story, block)
    if block.kind == "h2":
        return f"<h2>{inline(block.text)}</h2>"
    return paragraph.format(inline(block.text)) if block.kind == "p" else f"<p>{inline(block.text)}</p>"
