"""Three days of invented newspapers in simulated time, with five kills; `make soak` rehearses a month."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.soak.judge import judge
from tests.soak.rehearsal import BEGINS, Rehearsal, papers

DAYS = 3


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_three_days_and_five_kills(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path, papers(120, DAYS, past=2), DAYS, kills=5)
    server = rehearsal.run()
    verdict = judge(rehearsal.home, rehearsal.papers, server.asked, BEGINS + timedelta(days=DAYS))
    assert verdict.faults == []
    assert [said for said in rehearsal.said if said.startswith("failed")] == []
    assert (rehearsal.killed, verdict.ratio < 1.3) == (5, True)
    # A rehearsal in which nothing was at stake would say nothing.
    assert verdict.promised >= 80
    assert verdict.texts >= 10
    assert verdict.requests["page"] > 500
