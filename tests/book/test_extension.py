"""What a page says of a value: enough to judge it by, and where the rest stands."""

from evidence.book import extension


def record(rows):
    return {
        "number": rows, "unit": "rows", "name": "rows counted", "period": "", "formula": "rows", "making": "counted", "sure": "",
        "sources": [], "rests": {f"row-{n}": f"observations.html#row-{n}" for n in range(rows)},
    }  # fmt: skip


def test_a_value_that_counts_a_thousand_rows_names_the_first_and_says_how_many_are_left():
    told = extension.quoted(record(1000), "en")

    assert list(told["rests"]) == [f"row-{n}" for n in range(12)] and "988" in told["left"]
    assert extension.quoted(record(12), "en")["left"] == ""
