"""A home, and a server for many invented hosts."""

from collections.abc import Iterator

import pytest

from tests.homes import Hosts
from tests.integration.spiders.site import Site


@pytest.fixture(scope="module")
def hosts() -> Hosts:
    """Sites without pages yet."""
    return Hosts()


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    """Their server."""
    with Site() as site:
        yield site
