"""Every way of printing a caption and a credit that was seen in real news pages, one small function each."""

from collections.abc import Callable
from html import escape

from examples.newspapers.stories import Picture


def _image(photo: Picture) -> str:
    return f'<img src="/img/{photo.name}.png" alt="{escape(photo.alt or "")}" width="960" height="640">'


def _caption(photo: Picture) -> str:
    return escape((photo.caption or "") + photo.tail, quote=False)


def _credit(photo: Picture) -> str:
    return escape(photo.label + photo.credit, quote=False) if photo.credit else ""


def _tagged(tag: str, words: str) -> str:
    """The words in an element written as `span.caption`; nothing where there are no words."""
    name, _, css = tag.partition(".")
    return f'<{name} class="{css}">{words}</{name}>' if words else ""


def figure(photo: Picture) -> str:
    """The textbook: a `figcaption` with the credit in a span."""
    credit = f' <span class="credit">{_credit(photo)}</span>' if photo.credit else ""
    return f"<figure>{_image(photo)}<figcaption>{_caption(photo)}{credit}</figcaption></figure>"


def figcaption_p(photo: Picture) -> str:
    """A `figcaption` with an inner paragraph each for caption and credit."""
    credit = f"<p>{_credit(photo)}</p>" if photo.credit else ""
    return f"<figure>{_image(photo)}<figcaption><p>{_caption(photo)}</p>{credit}</figcaption></figure>"


def gallery(photo: Picture) -> str:
    """A slide of a gallery; `galleries` puts the slides that follow one another into one box."""
    return f'<li class="slide">{figcaption_p(photo)}</li>'


def video(photo: Picture) -> str:
    """A film, its caption below."""
    film = f'<video controls poster="/img/{photo.name}.png"><source src="/img/{photo.name}.mp4"></video>'
    credit = f"<p>{_credit(photo)}</p>" if photo.credit else ""
    return f'<figure class="video">{film}<figcaption><p>{_caption(photo)}</p>{credit}</figcaption></figure>'


def classes(photo: Picture) -> str:
    """Caption and credit told apart by the class of their elements alone."""
    words = _tagged(photo.caption_tag, _caption(photo)) + "\n" + _tagged(photo.credit_tag, _credit(photo))
    return f'<div class="media">{_image(photo)}\n{words}</div>'


def siblings(photo: Picture) -> str:
    """Two spans that touch: the text reads `...York.Reuters`."""
    words = f'<span class="text">{_caption(photo)}</span><span class="source">{_credit(photo)}</span>'
    return f'<div class="media">{_image(photo)}<div class="legend">{words}</div></div>'


def same_as_alt(photo: Picture) -> str:
    """A plain paragraph that repeats the picture's alternative text."""
    return f"{_image(photo)}\n<p>{_caption(photo)}</p>"


def bare(photo: Picture) -> str:
    """A plain paragraph that holds the credit's label and name, nothing else."""
    return f"<p>{_image(photo)}</p>\n<p>{_credit(photo)}</p>"


def tail(photo: Picture) -> str:
    """A plain paragraph of caption with the credit in brackets at its end."""
    credit = f" ({_credit(photo)})" if photo.credit else ""
    return f"<p>{_image(photo)}</p>\n<p>{_caption(photo)}{credit}</p>"


def silent(photo: Picture) -> str:
    """A picture without a word."""
    return f"<p>{_image(photo)}</p>"


MARKUPS: dict[str, Callable[[Picture], str]] = {
    "figure": figure,
    "figcaption-p": figcaption_p,
    "gallery": gallery,
    "video": video,
    "classes": classes,
    "siblings": siblings,
    "alt": same_as_alt,
    "bare": bare,
    "tail": tail,
    "silent": silent,
}


def render(photo: Picture) -> str:
    """The photo in the markup it asks for."""
    return MARKUPS[photo.markup](photo)
