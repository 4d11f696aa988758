"""Errors come out of worker processes as they went in."""

import pickle

import pytest

from articles import errors
from articles.errors import BadInput, BadPage, HemerotecaError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, HemerotecaError)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not BadPage])
def test_every_error_is_the_same_in_another_process(kind: type[HemerotecaError]) -> None:
    error = pickle.loads(pickle.dumps(kind("no such thing", url="https://a.example/")))
    assert (type(error), str(error), error.url) == (kind, "https://a.example/: no such thing", "https://a.example/")


def test_a_bad_page_keeps_its_reason() -> None:
    error = pickle.loads(pickle.dumps(BadPage("elements", "too many")))
    assert (type(error), str(error), error.reason) == (BadPage, "too many", "elements")
    assert not isinstance(error, BadInput)
