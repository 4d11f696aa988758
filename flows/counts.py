"""Numbers of things, in words."""


def counted(number: int, noun: str) -> str:
    """So many of something: `1 row`, `2,345 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
