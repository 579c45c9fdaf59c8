import altair as alt, pandas as pd
from evidence.charts import look
def bars(t: pd.DataFrame, lang: str) -> alt.Chart:
    t=t.assign(says=t["id"]+": "+t["as_printed"])
    return alt.Chart(t).mark_bar(color=look.PALETTE[0]).encode(x="value:Q",y=alt.Y("id:N",title=None),description="says:N")
