"""What is printed with an exhibit is of this exhibit, in one language."""

import re

import pytest

from evidence.exhibits import printed
from evidence.tables import columns

COMPUTED = ("multiple", "share_pct", "annual_low_pct", "annual_high_pct", "growth_pct")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_method_of_calculation_says_how_and_nothing_of_other_exhibits_or_of_empty_cells(lang):
    names = [name for name in COMPUTED if name in columns.register()]
    told = printed.formula(names, [], lang)

    assert len(names) >= 2 and all(columns.label(name, lang) in told for name in names)
    assert not re.search("by exhibit|in exhibits of|図表により|検証の経路|empty|空欄", told), told
    assert lang == "ja" or not re.search("[ぁ-んァ-ヶ一-龠]", told)
