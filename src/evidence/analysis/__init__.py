"""DataFrame in, DataFrame out: what is computed from the evidence. No files, no charts, no globals.

One module per chapter; each function names the columns it needs and the columns it gives. What several chapters show has modules of its own:
`framework` is the tiers as the source defines them, `joint_calls` and `partners` who took part, `outcomes` the cases shown, `budgets`, `routes`
and `citations` hold what was claimed against series, `verdicts` judges it, `tested` lists what could be tested, `causes` says why a row differs,
`amounts` what stood there in words, `registers` what one looks up. `findings` holds titles against tables, `choice` takes the rows of the entities
that a run is told to show.
Others use: the chapter's module in its notebook; `amounts`, `causes`, `changes`, `citations`, `claim_check`, `coauthorship`, `follow_up`,
`framework`, `indicators`, `japan_funds`, `joint_calls`, `outcomes`, `overview`, `plans`, `programmes`, `recommendations`, `routes`, `tiers`,
`trends` and `verdicts` in what is drawn or told of them.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
