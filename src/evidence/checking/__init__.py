"""Whether a file, a number or a paper is as published, and whether it still holds.

In: a published site, and a file, an id with its digits, or a committee paper. Out: a record for each, with what differs.
Others use: `verification`, `review.review`, `published_site.Site`.
"""
