"""What became of the recommendations of 2019, as far as it was read: a status for each, never a cause.

A status speaks of the documents read: `adopted` that one of them shows government or an agency doing or deciding it, `partly` that it does so
in part, in draft or at second hand or only states it as an aim, `not-found` that nothing was found in them. A recommendation without any row was
not looked for.
"""

import pandas as pd

from evidence import words

STATUSES = ["adopted", "partly", "not-found", "not-looked-for"]
CONFIDENCES = ["high", "medium", "low", ""]
EXTENTS = ["whole", "excerpt", "summary"]
# From plans down to what single actors do; rows that name no document stand under `searched`.
LAYERS = ["sixth-plan", "seventh-plan", "yearly-strategy", "government", "budget", "programme", "organisation", "agreement", "network", "advice",
          "outcome", "searched"]  # fmt: skip
PLANS = ("sixth-plan", "seventh-plan")


def headline(recommendations: pd.DataFrame, follow_up: pd.DataFrame) -> pd.DataFrame:
    """The one row that carries each recommendation's status, in the order of the recommendations; without any, `not-looked-for`.

    Columns: those of `recommendations` that tell what is recommended (id, pillar, heading, text, formal), then status, evidence, source,
    locator, confidence, layer, read_extent and note of the row; all but the status are empty where nothing was looked for.

    >>> recommendations = pd.DataFrame({"id": ["R1", "R2"], "pillar": "I", "formal": "yes", "heading_ja": "", "heading_en": "",
    ...     "text_ja": "", "text_en": ""})
    >>> rows = pd.DataFrame({"recommendation": ["R1", "R1"], "status": ["partly", "adopted"], "headline": ["no", "yes"]})
    >>> headline(recommendations, rows.reindex(columns=[*rows, *TOLD], fill_value=""))["status"].tolist()
    ['adopted', 'not-looked-for']
    """
    told = follow_up[follow_up["headline"].eq("yes")].set_index("recommendation")
    table = recommendations[["id", "pillar", "heading_ja", "heading_en", "text_ja", "text_en", "formal"]].copy()
    for column in ["status", *TOLD]:
        missing = "not-looked-for" if column == "status" else ""
        table[column] = table["id"].map(told[column]).astype(object).fillna(missing).astype("str")
    return table


TOLD = ["evidence_ja", "evidence_en", "source", "locator", "confidence", "layer", "read_extent", "note_ja", "note_en"]


def counts(headlines: pd.DataFrame) -> pd.DataFrame:
    """How many recommendations of each pillar have each status; a pair that does not occur counts 0.

    Columns: pillar, status (one of STATUSES), recommendations (count), low_confidence (how many of them).

    >>> table = pd.DataFrame({"pillar": ["I", "I"], "status": ["partly", "partly"], "confidence": ["low", "high"]})
    >>> counts(table)[["status", "recommendations", "low_confidence"]].values.tolist()[1]
    ['partly', 2, 1]
    """
    rows = []
    for pillar in headlines["pillar"].unique():
        for status in STATUSES:
            found = headlines[headlines["pillar"].eq(pillar) & headlines["status"].eq(status)]
            rows.append((pillar, status, len(found), int(found["confidence"].eq("low").sum())))
    return pd.DataFrame(rows, columns=["pillar", "status", "recommendations", "low_confidence"])


def formal(headlines: pd.DataFrame) -> pd.DataFrame:
    """Those that count as formal recommendations: what the text only implies, expects or describes is not counted as followed or not.

    >>> formal(pd.DataFrame({"id": ["R1", "R2"], "formal": ["yes", "no"]}))["id"].tolist()
    ['R1']
    """
    return headlines[headlines["formal"].eq("yes")].reset_index(drop=True)


def unacted(follow_up: pd.DataFrame) -> pd.DataFrame:
    """The evidence of adoption that shows neither something done nor something decided: there is to be none.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "status": ["adopted", "partly"], "shows": ["statement", "statement"]})
    >>> unacted(rows)["id"].tolist()
    ['a']
    """
    return follow_up[follow_up["status"].eq("adopted") & ~follow_up["shows"].isin(["action", "decision"])]


def at_second_hand(follow_up: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The headline evidence of adoption where nothing but secondary sources shows it, which is adoption in part: there is to be none.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "recommendation": "R1", "status": "adopted", "headline": ["yes", "no"], "source": ["S1", "S2"]})
    >>> at_second_hand(rows, pd.DataFrame({"id": ["S1", "S2"], "read_as": ["secondary", ""]}))["id"].tolist()
    []
    >>> at_second_hand(rows, pd.DataFrame({"id": ["S1", "S2"], "read_as": ["secondary", "secondary"]}))["id"].tolist()
    ['a']
    """
    adopted = follow_up[follow_up["status"].eq("adopted")]
    read = adopted["source"].isin(sources[sources["read_as"].ne("secondary")]["id"])
    return adopted[adopted["headline"].eq("yes") & ~adopted["recommendation"].isin(adopted[read]["recommendation"])]


def squares(headlines: pd.DataFrame) -> pd.DataFrame:
    """One square a recommendation, the surest first; within its pillar and status they are set in this order.

    Columns: id, pillar, status, confidence.

    >>> table = pd.DataFrame({"id": ["a", "b", "c"], "pillar": "I", "status": "partly", "confidence": ["low", "high", "high"]})
    >>> squares(table)["id"].tolist()
    ['b', 'c', 'a']
    """
    order = headlines["confidence"].map(CONFIDENCES.index)
    table = headlines.assign(_order=order).sort_values("_order", kind="stable")
    return table[["id", "pillar", "status", "confidence"]].reset_index(drop=True)


def register(headlines: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Every recommendation with its status, what shows it, the document and how sure it is.

    Columns: id, text, outcome (status in words), evidence, document, source, locator, confidence, note, anchor
    (`follow-up-<id>`); in the data only: pillar, status.
    """
    table = _documents(headlines, sources).assign(
        _pillar=headlines["pillar"], _status=headlines["status"], anchor="follow-up-" + headlines["id"].str.lower().str.replace(".", "-")
    )
    return table[
        ["id", "text_ja", "text_en", "outcome_ja", "outcome_en", "evidence_ja", "evidence_en", "document_ja", "document_en", "source", "locator",
         "sureness_ja", "sureness_en", "note_ja", "note_en", "_pillar", "_status", "anchor"]
    ]  # fmt: skip


def rows(follow_up: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Everything that was read, a row a piece of evidence, in the order of the recommendations.

    Columns: recommendation, outcome (status in words), shows, carries (whether the row carries the recommendation's status, in words),
    evidence, document, source, locator, layer and extent (in words), confidence, note; in the data only: id, status, headline.
    """
    table = _documents(follow_up, sources).assign(_id=follow_up["id"], _status=follow_up["status"], _headline=follow_up["headline"])
    for lang in words.LANGUAGES:
        table[f"carries_{lang}"] = [words.word(f"carries.{headline}", lang) for headline in table["headline"]]
        table[f"layer_{lang}"] = [words.word(f"layer.{layer}", lang) for layer in table["layer"]]
        table[f"extent_{lang}"] = [words.word(f"extent.{extent}", lang) for extent in table["read_extent"]]
    return table[
        ["recommendation", "outcome_ja", "outcome_en", "shows", "carries_ja", "carries_en", "evidence_ja", "evidence_en", "document_ja",
         "document_en", "source", "locator", "layer_ja", "layer_en", "extent_ja", "extent_en", "sureness_ja", "sureness_en", "note_ja", "note_en",
         "_id", "_status", "_headline"]
    ]  # fmt: skip


def _documents(table: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows with the title of their document, and their status and confidence in words."""
    told = documents(table, sources)
    for lang in words.LANGUAGES:
        told[f"outcome_{lang}"] = [words.word(f"followed.{status}", lang) for status in table["status"]]
    return told


def documents(table: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows with the title of their document (`document`) and their confidence in words (`sureness`), both empty where no document is named."""
    titles = sources.set_index("id")
    told = sureness(table)
    for lang in words.LANGUAGES:
        told[f"document_{lang}"] = table["source"].map(titles[f"title_{lang}"]).astype(object).fillna("").astype("str")
    return told


def sureness(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with their confidence in words (`sureness`), empty where none is given.

    >>> sureness(pd.DataFrame({"confidence": ["medium", ""]}))["sureness_en"].tolist()
    ['medium', '']
    """
    told = {f"sureness_{lang}": [words.word(f"sureness.{sure}", lang) if sure else "" for sure in table["confidence"]] for lang in words.LANGUAGES}
    return table.assign(**told)


def on_plans(follow_up: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The documents in which something of a Basic Plan was read: source, title, publisher."""
    read = follow_up[follow_up["layer"].isin(PLANS)]["source"].drop_duplicates()
    named = sources.rename(columns={"id": "source"})[["source", "title_ja", "title_en", "publisher_ja", "publisher_en"]]
    return named[named["source"].isin(read)].reset_index(drop=True)


def extracts(plan_extracts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What plans, strategies and schedules since say, and which recommendations that answers, in the order of the table.

    Columns: plan, decided, passage, as_printed (numbers), linked_recommendations, answers, reading (what was read, in words), document, source,
    locator, extent and sureness (in words), note.
    """
    told = documents(plan_extracts, sources).rename(columns={"recommendations": "linked_recommendations"})
    for lang in words.LANGUAGES:
        told[f"reading_{lang}"] = [words.word(f"readas.{read}", lang) for read in told["reading"]]
        told[f"extent_{lang}"] = [words.word(f"extent.{extent}", lang) for extent in told["read_extent"]]
    return told[
        ["plan_ja", "plan_en", "decided", "passage_ja", "passage_en", "as_printed", "linked_recommendations", "answers", "reading_ja", "reading_en",
         "document_ja", "document_en", "source", "locator", "extent_ja", "extent_en", "sureness_ja", "sureness_en", "note_ja", "note_en"]
    ]  # fmt: skip


def reading(follow_up: pd.DataFrame) -> pd.DataFrame:
    """How much of the documents was read, by layer: each document once in each layer that it speaks of.

    Columns: layer, extent (whole, excerpt or summary), documents (count, 0 where there is none).

    >>> table = pd.DataFrame({"layer": ["programme", "programme"], "read_extent": "excerpt", "source": ["S301", "S301"]})
    >>> reading(table)["documents"].tolist()
    [0, 1, 0]
    """
    read = follow_up[follow_up["source"].ne("")].drop_duplicates(["layer", "source", "read_extent"])
    layers = [layer for layer in LAYERS if layer in set(read["layer"])]
    told = [(layer, extent, int((read["layer"].eq(layer) & read["read_extent"].eq(extent)).sum())) for layer in layers for extent in EXTENTS]
    return pd.DataFrame(told, columns=["layer", "extent", "documents"])
