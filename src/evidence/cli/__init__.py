"""The `evidence` command: parses, calls, tells.

In: what the user typed. Out: lines on the terminal and an exit code; every refusal in the user's language.
`app` is the command and where its parts are put together; `curation`, `citing` and `publishing` are the commands of the analyst, the citer and who
publishes; `verifying` says what was proved, `sites` opens the site asked for; `usage` teaches, `speech` knows the language, `report` prints, `adding`
begins a row, `running` runs a notebook, `previewing` shows a page, `importing` takes a file in, `asking` asks what it is unsure of.
Others use: `app.main`.
"""
