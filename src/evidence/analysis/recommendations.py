"""The recommendations for the Sixth Basic Plan: how many, how strong, to whom, and what in the source they rest on."""

import pandas as pd

# From the strongest wording to the weakest; a recommendation with two wordings counts as its stronger one.
MODALITIES = ["must", "should", "important", "continue", "expectation", "implied", "descriptive"]
ACROSS = 9  # programmes that stand side by side
GROUNDS = ["claim", "programme", "none"]  # what a recommendation is linked to, the most checkable first


def strength(recommendations: pd.DataFrame) -> pd.DataFrame:
    """How many recommendations each pillar has, by the strength of their wording.

    Columns: pillar, modality (one of MODALITIES), formal (yes or no), recommendations (count).

    >>> strength(pd.DataFrame({"pillar": ["I", "I"], "modality": ["must", "continue + must"], "formal": ["yes", "yes"]}))["recommendations"].tolist()
    [2]
    """
    ranked = recommendations.assign(modality=recommendations["modality"].map(_strongest))
    counted = ranked.groupby(["pillar", "modality", "formal"], sort=False).size().reset_index(name="recommendations")
    order = counted["modality"].map(MODALITIES.index)
    return counted.assign(_order=order).sort_values(["pillar", "_order"]).drop(columns="_order").reset_index(drop=True)


def _strongest(modality: str) -> str:
    named = modality.replace("+", " ").split()
    return min((word for word in named if word in MODALITIES), key=MODALITIES.index)


def grounds(recommendations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """What each recommendation is linked to in the source.

    Columns: id, pillar, formal, ground (claim: at least one claim; programme: a programme but no claim; none: neither),
    linked_claims, linked_programmes, linked_tiers (space-separated ids).

    >>> table = pd.DataFrame({"id": ["R1", "R2", "R3"], "pillar": "I", "formal": "yes"})
    >>> links = pd.DataFrame({"recommendation": ["R1", "R2"], "kind": ["claim", "programme"], "target": ["a", "jst-sicorp"]})
    >>> grounds(table, links)["ground"].tolist()
    ['claim', 'programme', 'none']
    """
    table = recommendations[["id", "pillar", "formal"]].copy()
    for kind in ("claim", "programme", "tier"):
        targets = links[links["kind"] == kind].groupby("recommendation")["target"].agg(" ".join)
        table[f"linked_{kind}s"] = table["id"].map(targets.to_dict()).astype(object).where(lambda ids: ids.notna(), "").astype("str")
    table["ground"] = table["linked_claims"].ne("").map({True: "claim", False: ""})
    table.loc[table["ground"].eq("") & table["linked_programmes"].ne(""), "ground"] = "programme"
    table.loc[table["ground"].eq(""), "ground"] = "none"
    return table[["id", "pillar", "formal", "ground", "linked_claims", "linked_programmes", "linked_tiers"]]


def covered(recommendations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """How many formal recommendations of each pillar rest on a claim, on a programme only, or on nothing in the source.

    Columns: pillar, ground (one of GROUNDS), recommendations (count), share_pct (of the pillar's formal recommendations).
    """
    formal = grounds(recommendations, links).query("formal == 'yes'")
    counted = formal.groupby(["pillar", "ground"], sort=False).size().reset_index(name="recommendations")
    whole = counted.groupby("pillar")["recommendations"].transform("sum")
    counted = counted.assign(share_pct=100 * counted["recommendations"] / whole, _order=counted["ground"].map(GROUNDS.index))
    return counted.sort_values(["pillar", "_order"]).drop(columns="_order").reset_index(drop=True)


def matrix(recommendations: pd.DataFrame, links: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Which group of recommendations bears on which programme, and whether the source itself ties the two.

    Columns: parent, heading, agency, programme, programme_name, links (count, 0 where there is none), basis (stated: the source ties at
    least one; reading: we do; none), linked_recommendations (space-separated ids). One row for each pair; linked pairs come first.
    Where there are more programmes than ACROSS, those that no recommendation is linked to are left out.
    """
    groups = recommendations.drop_duplicates("parent")[["parent", "heading_ja", "heading_en"]].assign(_down=lambda rows: range(1, len(rows) + 1))
    if len(programmes) > ACROSS:
        programmes = programmes[programmes["id"].isin(links["target"][links["kind"] == "programme"])]
    columns = programmes[["id", "agency"]].rename(columns={"id": "programme"}).assign(_across=range(1, len(programmes) + 1))
    for lang in ("ja", "en"):
        columns[f"programme_name_{lang}"] = programmes["abbreviation"].where(programmes["abbreviation"].ne(""), programmes[f"name_{lang}"])
    parents = recommendations[["id", "parent"]].rename(columns={"id": "recommendation"})
    tied = links[links["kind"] == "programme"].rename(columns={"target": "programme"}).merge(parents, on="recommendation")
    # "stated" sorts after "reading", so the maximum is "stated" where there is one.
    paired = tied.groupby(["parent", "programme"])
    counted = paired.agg(links=("recommendation", "size"), basis=("basis", "max"), linked_recommendations=("recommendation", " ".join))
    table = groups.merge(columns, how="cross").merge(counted.reset_index(), how="left", on=["parent", "programme"])
    table = table.fillna({"links": 0, "basis": "none", "linked_recommendations": ""}).astype({"links": int})
    order = table["basis"].map({"stated": 0, "reading": 1, "none": 2})
    table = table.assign(_basis=order).sort_values(["_basis", "_down", "_across"], ignore_index=True)
    return table[
        ["parent", "heading_ja", "heading_en", "agency", "programme", "programme_name_ja", "programme_name_en", "links", "basis",
         "linked_recommendations", "_down", "_across"]
    ]  # fmt: skip


def named(recommendations: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """What the recommendations name in so many words, in their order: programmes, agencies and networks of universities.

    Columns: recommendation, name, kind (programme, agency or network), locator, as_printed, note.

    >>> rows = pd.DataFrame({"recommendation": ["R2", "R1"], "name_en": ["WPI", "CREST"]})
    >>> columns = ["recommendation", "name_ja", "name_en", "kind", "locator", "as_printed", "note_ja", "note_en"]
    >>> named(pd.DataFrame({"id": ["R1", "R2"]}), rows.reindex(columns=columns))["name_en"].tolist()
    ['CREST', 'WPI']
    """
    places = {id: place for place, id in enumerate(recommendations["id"])}
    table = names.assign(_place=names["recommendation"].map(places)).sort_values("_place", kind="stable", ignore_index=True)
    return table[["recommendation", "name_ja", "name_en", "kind", "locator", "as_printed", "note_ja", "note_en"]]


def tiers(recommendations: pd.DataFrame) -> pd.DataFrame:
    """How many recommendations name a tier, or can be read as one, and on what basis.

    Columns: tier (1, 2, 3, all or empty; several joined with /), tier_basis, recommendations (count).
    """
    counted = recommendations.groupby(["tier", "tier_basis"], sort=True).size().reset_index(name="recommendations")
    return counted.reset_index(drop=True)


def register(recommendations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Every recommendation with its text, actor, wording, place and links, in the order of the source.

    Columns: id, heading, text, actor, actor_basis, modality, continues, formal, tier, tier_basis, in_summary, locator, as_printed,
    claims, linked_programmes, note, anchor (`recommendation-<id>` in lower case with `-` for `.`).
    """
    linked = grounds(recommendations, links).set_index("id")
    table = recommendations.assign(
        claims=recommendations["id"].map(linked["linked_claims"]),
        linked_programmes=recommendations["id"].map(linked["linked_programmes"]),
        anchor="recommendation-" + recommendations["id"].str.lower().str.replace(".", "-"),
    )
    return table[
        ["id", "heading_ja", "heading_en", "text_ja", "text_en", "actor_ja", "actor_en", "actor_basis", "modality", "continues", "formal", "tier",
         "tier_basis", "in_summary", "locator", "as_printed", "claims", "linked_programmes", "note_ja", "note_en", "anchor"]
    ]  # fmt: skip


def unsupported(recommendations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """The formal recommendations for which the source offers neither a claim nor a programme.

    Columns: id, heading, text, locator.
    """
    bare = grounds(recommendations, links).query("formal == 'yes' and ground == 'none'")["id"]
    columns = ["id", "heading_ja", "heading_en", "text_ja", "text_en", "locator"]
    return recommendations[recommendations["id"].isin(bare)][columns].reset_index(drop=True)
