"""What readers of pages are slow to load: imported by the process that they are forked off, once for all of them."""

from articles.extract import extract
from articles.languages import identifier

__all__ = ["extract", "identifier"]

identifier()
