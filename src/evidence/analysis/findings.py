"""Whether what a title says is still what the table says: each test gives the rows that break it, and none where it holds.

A notebook hands the rows to the exhibit whose title states the finding (`holds=`); a row among them is a refusal that names title and row.
Rules are written as `DataFrame.query` reads them.
"""

import pandas as pd


def every(table: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The rows for which the rule is not true: "in every country shown", "all", "not one".

    >>> every(pd.DataFrame({"first": [1, 4], "last": [2, 3]}), "last > first").values.tolist()
    [[4, 3]]
    """
    return table.drop(table.query(rule, engine="python").index)


def some(table: pd.DataFrame, rule: str) -> pd.DataFrame:
    """All rows where the rule is true of none of them: "some give no number".

    >>> table = pd.DataFrame({"countries": [11, None]})
    >>> len(some(table, "countries.isna()")), len(some(table, "countries > 20"))
    (0, 2)
    """
    return table if table.query(rule, engine="python").empty else table.iloc[:0]


def only(table: pd.DataFrame, rule: str, which: str) -> pd.DataFrame:
    """The rows other than `which` for which the rule is true; all rows where it is true of none: "the only programme for which".

    >>> table = pd.DataFrame({"agency": ["JST", "AMED"], "count": [64, None]})
    >>> len(only(table, "count.notna()", "agency == 'JST'")), only(table, "count.isna()", "agency == 'JST'")["agency"].tolist()
    (0, ['AMED'])
    """
    true = table.query(rule, engine="python")
    return table if true.empty else every(true, which)


def most(table: pd.DataFrame, weight: str, rule: str) -> pd.DataFrame:
    """The rows for which the rule is not true, where they weigh half of all or more: "most", "more than half".

    >>> table = pd.DataFrame({"modality": ["must", "important"], "items": [3, 4]})
    >>> len(most(table, "items", "modality == 'important'")), most(table, "items", "modality == 'must'")["modality"].tolist()
    (0, ['important'])
    """
    rest = every(table, rule)
    return rest if 2 * rest[weight].sum() >= table[weight].sum() else table.iloc[:0]


def largest(table: pd.DataFrame, column: str, rule: str) -> pd.DataFrame:
    """The rows for which the rule is not true and that are as large as the smallest of those for which it is: "most with", "the largest group".

    >>> table = pd.DataFrame({"partner": ["us", "china", "uk"], "articles": [9, 8, 5]})
    >>> len(largest(table, "articles", "partner in ['us', 'china']")), largest(table, "articles", "partner == 'uk'")["partner"].tolist()
    (0, ['us', 'china'])
    """
    rest = every(table, rule)
    return rest[rest[column] >= table.query(rule, engine="python")[column].min()]


def below(table: pd.DataFrame, column: str, which: str, others: str) -> pd.DataFrame:
    """The rows of `others` that are not above every row of `which`: "far below the countries compared".

    >>> table = pd.DataFrame({"country": ["japan", "uk", "world"], "share": [31.8, 66.6, 22.6]})
    >>> below(table, "share", "country == 'japan'", "country in ['uk', 'world']")["country"].tolist()
    ['world']
    """
    compared = table.query(others, engine="python")
    return compared[compared[column] <= table.query(which, engine="python")[column].max()]


def growing(table: pd.DataFrame, column: str, by: str) -> pd.DataFrame:
    """The rows that are not above every row of the group before, in the order of `by`: "each larger than the one before".

    >>> budgets = pd.DataFrame({"period": ["1984/1987", "1987/1991", "1987/1991"], "budget": [3.3, 5.4, 3.0]})
    >>> growing(budgets, "budget", "period")["budget"].tolist()
    [3.0]
    """
    before = table[by].map(table.groupby(by)[column].max().shift())
    return table[table[column] <= before]


def differ(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """All rows where one of the columns says the same in each: "differ in what they measure and in their span".

    >>> table = pd.DataFrame({"span": [5, 3], "measure": ["budget", "budget"]})
    >>> len(differ(table, "span")), len(differ(table, "span", "measure"))
    (0, 2)
    """
    return table if any(table[column].nunique(dropna=False) < 2 for column in columns) else table.iloc[:0]


def whole(shown: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """The rows of the register beyond those shown: "every recommendation", "all evidence that was read".

    >>> whole(pd.DataFrame({"x": [1]}), pd.DataFrame({"id": ["a", "b"]}))["id"].tolist()
    ['b']
    """
    return register.iloc[len(shown) :]


def part(shown: pd.DataFrame, register: pd.DataFrame, column: str) -> pd.DataFrame:
    """All rows shown where nothing of the register's column is missing among them: "for some years only".

    >>> years = pd.DataFrame({"year": [2008, 2009]})
    >>> len(part(years.head(1), years, "year")), len(part(years, years, "year"))
    (0, 2)
    """
    return shown if register[column].isin(shown[column]).all() else shown.iloc[:0]


def standing(table: pd.DataFrame, column: str, register: pd.Series) -> pd.DataFrame:
    """The rows whose cell in this column stands in the register: "for which the source offers no ground".

    >>> standing(pd.DataFrame({"id": ["a", "b"]}), "id", pd.Series(["b", "c"]))["id"].tolist()
    ['b']
    """
    return table[table[column].isin(register)]
