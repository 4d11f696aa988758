"""A damaged warehouse is noticed, and made anew from the archive to the same hash. `make crash` does more of it."""

import random

import pytest

from tests.crash.damage import HARMS, LOG_HARMS, Damages, Harm

CHANCE = random.Random(11)


@pytest.fixture(scope="module")
def damages(tmp_path_factory: pytest.TempPathFactory) -> Damages:
    return Damages(tmp_path_factory.mktemp("damage"))


@pytest.mark.parametrize(("name", "harm"), [(name, harm) for name, _, harm in HARMS], ids=[h[0] for h in HARMS])
def test_a_damaged_warehouse_is_noticed_and_rebuilt(damages: Damages, name: str, harm: Harm) -> None:
    mended = damages.mended(harm, CHANCE, log=False)
    assert mended.noticed, (name, mended.words)
    assert mended.equal, (name, mended.words)


@pytest.mark.parametrize(("name", "harm"), [(n, harm) for n, _, harm in LOG_HARMS], ids=[h[0] for h in LOG_HARMS])
def test_a_damaged_log_is_noticed_and_the_warehouse_rebuilt(damages: Damages, name: str, harm: Harm) -> None:
    mended = damages.mended(harm, CHANCE, log=True)
    assert mended.noticed, (name, mended.words)
    assert mended.equal, (name, mended.words)
