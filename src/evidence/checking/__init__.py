"""Whether a file, a number or a paper is as published, and whether it still holds.

In: a published site, and a file, an id with its digits, or a committee paper. Out: a record for each, with what differs.
`papers` reads a paper (`other_papers`, `rtf`; charts: `pasted`; what is on every page of a PDF: `running`), as it is searched (`alike`: letters
that look the same), `rejoined` makes its broken ids whole, `mentions` finds what it cites, `natural` also where it names no id (`numbered`;
`works`: the number is of another work), `wording` compares the words beside them and `sentences` the number in the sentence, `changes` tells what
became of the numbers, `report` writes the result for those who wrote the paper. `published_site` is what was published (`catalogues` its lists),
`known_wrong` says what was corrected since, and which edition to read instead, `signatures` who published an edition. `contents` says what a file
is (`stamped` what it says of itself), and compares it with the published one: `differences` tables and texts, `documents`, `slides`, `drawings` and
`pixels` the rest. `published_value` is a value as files, `published_figure` an exhibit in one archive.
Others use: `verification`, `review`, `report`, `known_wrong`, `published_site`, `published_value.files`, `published_figure`, `catalogues`,
`signatures`, `mentions`.
"""
