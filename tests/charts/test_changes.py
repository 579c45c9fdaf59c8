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
