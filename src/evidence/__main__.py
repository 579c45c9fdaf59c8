"""`python -m evidence` is the command."""

from evidence.cli.app import main

main()
