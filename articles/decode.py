"""Bytes to text to tree: a page's characters by BOM, HTTP header, markup and content, in that order of trust."""

import codecs
import re

from charset_normalizer import from_bytes
from lxml.etree import ElementDefaultClassLookup
from lxml.html import HtmlElement, HTMLParser, document_fromstring

MARKUP_WINDOW = 4096
"""Browsers look for a charset in the first 1,024 bytes; news pages with long heads need more."""

SNIFF_WINDOW = 16_384
"""What the guess of an undeclared charset reads: enough for a language, and bounded."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FOREIGN = tuple(bom for bom, codec in BOMS if codec != "utf-8")
DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([\w.:-]{2,40})""",
    re.IGNORECASE,
)
CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
BEYOND_ASCII = bytes(range(0x80, 0x100))
XML_HEAD = re.compile(r"^\s{0,64}<\?xml[^>]{0,200}\?>")

# What browsers read under these names (WHATWG encoding standard): the supersets that pages really use.
ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-euc-jp": "euc-jp",
    "utf8": "utf-8",
    "utf-16": "utf-8",
}
LANGUAGE = re.compile(
    rb"""<html\b[^>]{0,500}?\slang\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z]{2})(?![A-Za-z])""", re.IGNORECASE
)
WESTERN = frozenset("af ca da de en es eu fi fo fr ga gl id is it ms nb nl nn no pt sq sv".split())  # noqa: SIM905
CENTRAL = frozenset(["cs", "hr", "hu", "pl", "ro", "sk", "sl"])
TURKIC = frozenset(["az", "tr"])
"""Languages in Latin letters by the charset that browsers take for their pages (HTML standard, 13.2.3.2)."""

RUNS = re.compile(rb"[\x80-\xff]{3,}")
"""Letters beyond ASCII that stand alone in those languages, and next to one another in all others."""

# A page may name any codec of Python's, some of which run code or unpack bombs: only those for the web's text.
CODECS = re.compile(
    r"utf-(?:8|16-[lb]e|32-[lb]e)|cp\d{3,4}|iso-?8859-\d{1,2}|koi8-[ru]|euc-jp|iso-2022-jp|gb18030|big5hkscs|mac-(?:roman|cyrillic)"
)


def decode(content: bytes | str, charset: str | None = None) -> str:
    """The page's characters, without those that no document may hold."""
    if isinstance(content, bytes) and (read := as_utf8(content)) is not None:
        return without_noncharacters(read)
    text = content if isinstance(content, str) else decode_bytes(content, charset)
    return without_controls(text.removeprefix("\ufeff"))


def as_utf8(content: bytes) -> str | None:
    """A page in UTF-8 without its control characters, None where it is in another charset.

    They are bytes of their own there: nine pages of ten are decoded once, and encoded never.
    """
    if content.startswith(FOREIGN) or b"\x1b$" in content[:SNIFF_WINDOW]:
        return None
    try:
        return content.removeprefix(codecs.BOM_UTF8).translate(None, CONTROLS).decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def without_controls(text: str) -> str:
    """Text without control characters, halves of surrogate pairs and what Unicode has for no character."""
    # Through bytes: a pattern over a whole page takes four times as long.
    return without_noncharacters(text.encode("utf-8", "ignore").translate(None, CONTROLS).decode("utf-8"))


def without_noncharacters(text: str) -> str:
    """Text without what Unicode has for no character."""
    return text if text.isascii() else text.replace("\ufffe", "").replace("\uffff", "")


def decode_bytes(content: bytes, charset: str | None) -> str:
    """Decode by BOM, then as UTF-8 where that fits, then by what header and markup say, then by a guess."""
    for bom, codec in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(codec, "replace")
    if b"\x1b$" not in content[:SNIFF_WINDOW]:  # ISO-2022-JP is seven-bit: it would pass as UTF-8
        try:
            return content.decode("utf-8")  # text in another charset is hardly ever valid UTF-8
        except UnicodeDecodeError:
            pass
    for name in (charset, markup_charset(content)):
        if (declared := known_codec(name)) and declared != "utf-8":
            try:
                return content.decode(declared)
            except UnicodeDecodeError:
                continue
    return guess(content, known_codec(charset) or known_codec(markup_charset(content)))


def markup_charset(content: bytes) -> str | None:
    """What `<meta charset>` or the XML declaration says."""
    found = DECLARED.search(content, 0, MARKUP_WINDOW)
    return found[1].decode("ascii", "replace") if found else None


def known_codec(name: str | None) -> str | None:
    """The codec for a charset's name; None for names that mean no text of the web."""
    spelled: str = (name or "").strip().strip("\"'").lower()
    label = ALIASES.get(spelled, spelled)
    label = re.sub(r"^windows-(\d+)$", r"cp\1", label)
    if not CODECS.fullmatch(label):
        return None
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def guess(content: bytes, declared: str | None) -> str:
    """The last resort: UTF-8 with some bad bytes, the declared charset, or the likeliest one.

    It is UTF-8 where more letters beyond ASCII can be read as such than cannot, whatever is declared.
    """
    lenient = content.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    if 2 * bad <= len(lenient) - len(lenient.encode("ascii", "ignore")):
        return lenient
    if declared and declared != "utf-8":
        return content.decode(declared, "replace")
    if codec := usual(content):
        return content.decode(codec, "replace")
    best = from_bytes(content[:SNIFF_WINDOW]).best()
    codec = known_codec(best.encoding.replace("_", "-")) if best else None
    return content.decode(codec or "cp1252", "replace")


def usual(content: bytes) -> str | None:
    """The charset that a page in Latin letters which names none has by its language; None for any other page."""
    found = LANGUAGE.search(content, 0, MARKUP_WINDOW)
    beyond = len(content) - len(content.translate(None, BEYOND_ASCII))
    if found is None or 3 * sum(map(len, RUNS.findall(content))) > beyond:
        return None
    language = found[1].decode("ascii").lower()
    if language in CENTRAL:  # of the two that are common one has letters where the other has controls
        return "cp1250" if any(0x80 <= byte <= 0x9F for byte in content) else "iso8859-2"
    return "cp1252" if language in WESTERN else "cp1254" if language in TURKIC else None


EVERY_ELEMENT = ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements: lxml's own choice by tag asks Python for each, a twentieth of an extraction."""


def parse(text: str) -> HtmlElement | None:
    """The page's tree, None where there is no element in it."""
    text = XML_HEAD.sub("", text)
    if not text or text.isspace():
        return None
    # As bytes: libxml2 reads an lxml string through the same door, and a charset in the markup is overruled.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    parser.set_element_class_lookup(EVERY_ELEMENT)
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser)
    except Exception:  # noqa: BLE001 - lxml raises ParserError, XMLSyntaxError or AssertionError for what is no document
        return None
    return tree if isinstance(tree, HtmlElement) else None
