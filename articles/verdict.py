"""What is no article: fronts, walls, error pages, pages without a text."""

from typing import Any

from articles.metadata import Metadata
from articles.model import RejectionReason


def refusal(tree: Any, facts: Metadata, block: list[str]) -> tuple[RejectionReason, str] | None:
    """The reason why a page is no article, None for one."""
    if not block:
        return "no_text", "no text found"
    return None
