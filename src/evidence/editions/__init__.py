"""One edition as it is published, and the site of all of them.

In: what the notebooks left and the bound book. Out: a folder with the hash of every file, landing pages, lists for other programs, and the site.
`freezing` fills the folder, `provenance` says where it comes from, `downloads` gives each exhibit its files and `landing` its page, `metadata`
writes the lists of `catalogues`, the description of `crate` and that of `datacite` for a deposit, `register` knows what was promised, `imprint` who
publishes, `code_archive` packs what an edition was made with, `site` puts the editions together, `local_review` is its page on which a reader checks
a paper, `feed` tells of them, `exchange` sets the new site in the place of the old one, `publishing` signs an edition and sets it into a site,
`reproduction` makes one anew from its commit, `comparison` tells two of them apart.
Others use: `freezing`, `downloads`, `code_archive`, `metadata.write`, `crate.Run`, `register`, `provenance.committed` and `.note`, `site`,
`imprint.FILE`, `publishing`, `reproduction.reproduce`, `comparison.compared` and `.text`.
"""
