"""What a task refuses says of which edition it is."""

import pytest

from evidence.build import tasks
from evidence.errors import Place, Refusal, Refusals


def refuse(*, several: bool) -> None:
    one = Refusal("E413", Place("tiers"), "map")
    raise Refusals([one, Refusal("E201", Place("data/2019-09/claims.csv", edition="2019-09"), "x")]) if several else one


@pytest.mark.parametrize(("several", "editions"), [(False, ["2026-11"]), (True, ["2026-11", "2019-09"])])
def test_whatever_a_task_refuses_names_its_edition(several, editions):
    with pytest.raises((Refusal, Refusals)) as refused:
        tasks._refusing("2026-11", lambda: refuse(several=several))

    assert [problem.place.edition for problem in getattr(refused.value, "problems", [refused.value])] == editions
