"""One record, and every form of citation it can be given.

In: what an exhibit or value is, as `citations.Cited` and `.Issuer`. Out: sentences, BibTeX, RIS, CSL-JSON, and the stamp inside every file.
Others use: `citations` (`Cited` is what is cited, `Issuer` who publishes it), `bibliography`, `stamps`, `fingerprint`.
"""
