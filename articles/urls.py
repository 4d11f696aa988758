"""The identity of a page's address: what makes two spellings one URL, and two hosts one site.

The rules are those of browsers (RFC 3986 as the WHATWG URL standard reads it), so that what is kept is what
would be asked for; on top of them go parameters that only say how a reader came (`data/tracking.toml`),
session ids, and the wrappings of AMP caches and of the Wayback Machine. Scheme, order of the parameters,
trailing and double slashes stay as they are: a server may tell them apart.
"""

import ipaddress
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, unquote_to_bytes

import idna
import tldextract

from articles.errors import BadUrl

MAX_LENGTH = 8_000
"""Longer than any page's address; web servers refuse request lines past 8 KB."""

MAX_RAW = 4 * MAX_LENGTH
"""Characters before what only says how a reader came is left out."""

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING = tomllib.loads(files("articles").joinpath("data/tracking.toml").read_text("utf-8"))
DROPPED = frozenset(TRACKING["parameters"]["names"]) | frozenset(TRACKING["sessions"]["names"])
DROPPED_PREFIXES = (*TRACKING["parameters"]["prefixes"], *TRACKING["sessions"]["prefixes"])

ADDRESS = re.compile(r"(https?):[/\\]+([^/\\?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE | re.DOTALL)
PAYLOAD_NAME = re.compile(r"urn:sha256:[0-9a-f]{64}")
HOST_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")

SESSION_PATH = re.compile(rf";(?:{'|'.join(TRACKING['sessions']['names'])})=[^/;]*", re.IGNORECASE)
COOKIELESS = re.compile(r"(?:/\([A-Z]\([a-z0-9]{24}\)\))+(?=/|$)")
"""The session id that ASP.NET writes into the path of a reader without cookies."""

ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2})?([^/].*)", re.DOTALL)
AMP_CACHE = re.compile(
    r"https?://(?:[^/]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com|amp\.cloudflare\.com)/(?:[a-z]{1,2}/)?(s/)?"
    r"([^/.]+\.[^/]+/?.*)",
    re.DOTALL,
)
AMP_SEARCH = re.compile(r"https?://(?:www\.)?(?:google|bing)\.[a-z.]+/amp/(s/)?([^/.]+\.[^/]+/?.*)", re.DOTALL)

UNRESERVED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
IN_PATH = UNRESERVED | frozenset(b"!$&'()*+,;=:@/")
IN_QUERY = (IN_PATH | frozenset(b"?")) - frozenset(b"'")  # browsers escape the apostrophe there, and only there
CLEAN = {
    IN_PATH: re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*"),
    IN_QUERY: re.compile(r"[A-Za-z0-9\-._~!$&()*+,;=:@/?]*"),
}

# The list that comes with the package: an identity must not depend on when a machine was last online.
SUFFIXES = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=1024)  # a page's address is asked for a dozen times on its way into the tables
def normalise(url: str) -> str:
    """The one spelling of a page's address; raises `BadUrl` for what is none. Idempotent."""
    if PAYLOAD_NAME.fullmatch(url):
        return url
    clean = spelled(url)
    while inner := unwrapped(clean):
        clean = spelled(inner)
    if len(clean) > MAX_LENGTH:
        raise BadUrl(f"an address of {len(clean)} characters", url=printable(clean))
    return clean


def host(url: str) -> str:
    """The host that an address is asked at, in lower case ASCII, without its port; empty for an `urn:`."""
    if PAYLOAD_NAME.fullmatch(url):
        return ""
    netloc = spelled(url).split("/", 3)[2]
    return netloc[: netloc.index("]") + 1] if netloc.startswith("[") else netloc.partition(":")[0]


def registrable_domain(url: str) -> str:
    """What a site's owner registered: `example.co.uk` for all its hosts; an IP address is its own."""
    return domain_of_host(host(normalise(url)))


@lru_cache(maxsize=4096)
def domain_of_host(name: str) -> str:
    """The registrable domain of a host as `host` gives it."""
    if name.startswith("[") or name.rpartition(".")[2].isdigit():
        return name
    parts = SUFFIXES.extract_str(name)
    if parts.suffix:
        return f"{parts.domain}.{parts.suffix}" if parts.domain else name
    return ".".join(name.split(".")[-2:])  # an unknown top level counts as one, as the list's own rule says


def spelled(url: str) -> str:
    """The canonical spelling, wrappings left on."""
    if len(url) > MAX_RAW:
        raise BadUrl(f"an address of {len(url)} characters", url=printable(url))
    found = ADDRESS.match(re.sub(r"[\t\r\n]", "", url.strip("".join(map(chr, range(33))))))
    if not found:
        raise BadUrl("not an http or https address", url=printable(url))
    scheme, authority, path, query = found.groups(default="")
    try:
        netloc = spelled_authority(scheme.lower(), authority.rpartition("@")[2])
        path = spelled_path(path.replace("\\", "/"))
        query = spelled_query(query)
    except (UnicodeError, ValueError) as error:  # lone surrogates, hosts that cannot be, ports out of range
        raise BadUrl(f"not an address: {printable(str(error))}", url=printable(url)) from error
    return f"{scheme.lower()}://{netloc}{path}{'?' if query else ''}{query}"


def printable(url: str) -> str:
    """The head of what may be no text at all, for a message."""
    return url[:200].encode("ascii", "backslashreplace").decode("ascii")


@lru_cache(maxsize=4096)
def spelled_authority(scheme: str, authority: str) -> str:
    """Host and port: the host in lower case ASCII, the port only where it is not the scheme's own."""
    name, colon, port = authority.rpartition(":")
    if not colon or "]" in port:
        name, port = authority, ""
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError(f"no port: {port!r}")
    name = spelled_host(name)
    return name if not port or int(port) == DEFAULT_PORTS[scheme] else f"{name}:{int(port)}"


def spelled_host(name: str) -> str:
    """A host name in IDNA, or an IP address in its usual notation."""
    if name.startswith("["):
        return f"[{ipaddress.IPv6Address(name[1:].removesuffix(']').partition('%')[0]).compressed}]"
    name = unquote(name, errors="strict")
    name = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode("ascii").lower()
    name = name.removesuffix(".")
    if len(name) > 253 or not HOST_NAME.fullmatch(name):
        raise ValueError(f"no host: {name!r}")
    return ipv4(name) if NUMBER.fullmatch(name.rpartition(".")[2]) else name


def ipv4(name: str) -> str:
    """An IPv4 address in dotted decimals, from any of the spellings that resolvers take: `0x7f.1`, `017700000001`."""
    numbers = [number(part) for part in name.split(".")]
    *heads, last = numbers
    if len(numbers) > 4 or any(head > 255 for head in heads) or last >= 256 ** (5 - len(numbers)):
        raise ValueError(f"no IPv4 address: {name!r}")
    return str(ipaddress.IPv4Address(sum(head << 8 * (3 - i) for i, head in enumerate(heads)) + last))


def number(part: str) -> int:
    """A number as C writes it: decimal, octal after 0, hexadecimal after 0x."""
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if len(part) > 1 and part.startswith("0") else 10)


def spelled_path(path: str) -> str:
    """A path without session ids and dot segments, percent-encoded one way."""
    path = COOKIELESS.sub("", SESSION_PATH.sub("", percent(path, IN_PATH)))
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    *folders, last = path.split("/")[1:]
    for segment in folders:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        del kept[-1:]
    kept.append("" if last in (".", "..") else last)
    return "/" + "/".join(kept)


def spelled_query(query: str) -> str:
    """A query without the parameters that only say how a reader came; the others keep their order."""
    if not query:
        return ""
    return "&".join(pair for pair in percent(query, IN_QUERY).split("&") if not is_tracking(pair))


def is_tracking(pair: str) -> bool:
    """Whether `name=value` is in the table; `&amp;` written into an address by mistake does not hide it."""
    name = unquote(pair.partition("=")[0]).lower().removeprefix("amp;")
    return name in DROPPED or name.startswith(DROPPED_PREFIXES)


def percent(text: str, allowed: frozenset[int]) -> str:
    """Percent-encode one way: UTF-8, upper case, nothing that need not be, nothing decoded that has a meaning."""
    if CLEAN[allowed].fullmatch(text):
        return text
    return "".join(
        escape(piece) if piece.startswith("%") and len(piece) == 3 else encoded(piece, allowed)
        for piece in re.split(r"(%[0-9A-Fa-f]{2})", text)
    )


def escape(piece: str) -> str:
    """A `%xx`, or the letter it needlessly stands for."""
    (byte,) = unquote_to_bytes(piece)
    return chr(byte) if byte in UNRESERVED else piece.upper()


def encoded(piece: str, allowed: frozenset[int]) -> str:
    """Text between two escapes; a percent sign there escapes nothing and is escaped itself."""
    return "".join(chr(byte) if byte in allowed else f"%{byte:02X}" for byte in piece.encode("utf-8"))


def unwrapped(url: str) -> str | None:
    """The address inside a cache's or an archive's, None where there is none."""
    if found := ARCHIVED.match(url):
        scheme, rest = found.groups()
        return f"{'https' if (scheme or '').startswith('https') else 'http'}://{rest}"
    if found := AMP_CACHE.match(url) or AMP_SEARCH.match(url):
        return f"{'https' if found[1] else 'http'}://{found[2]}"
    return None


USER = re.compile(r"^([^:/?#\\]*://)[^/?#\\]*@")


def without_user(url: str) -> str:
    """An address without the user name and password that it may carry: they belong in no archive."""
    return USER.sub(r"\1", url, count=1)
