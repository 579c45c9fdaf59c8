"""The drawing of what changed names each bar by its table, and by its cause where a table has several."""

import json

import pandas as pd
import pytest

from evidence.charts import changes
from evidence.words import word


@pytest.mark.parametrize(
    ("lang", "bar"), [("ja", "観測値：改訂（資料の値が改まった）"), ("en", "Observations: Revision (the source changed an old value)")]
)
def test_a_bar_of_one_cause_of_several_is_named_without_a_bracket_in_a_bracket(lang, bar):
    causes = ["revised", "withdrawn"]
    names = {"name_ja": "観測値", "name_en": "Observations", "_cause": causes, "rows": [2, 1]}
    told = pd.DataFrame(names | {f"cause_{one}": [word(f"cause.{cause}", one) for cause in causes] for one in ("ja", "en")})

    assert bar in json.dumps(changes.by_cause(told, lang).to_dict(), ensure_ascii=False)


@pytest.mark.parametrize(("lang", "period"), [("ja", "2021年度"), ("en", "FY2021")])
def test_a_number_that_changed_stands_at_its_period_in_the_words_of_the_page(lang, period):
    names = {"series_ja": "北国／派遣研究者", "series_en": "Northland; researchers sent"}
    told = pd.DataFrame([names | {"period": "FY2021", "old": 5.0, "new": 6.0, "row": "a-fy2021"}])

    drawn = json.dumps(changes.revisions(told, lang).to_dict(), ensure_ascii=False)

    assert f'"label": "{period}"' in drawn
