"""`python -m preview`."""

from preview.cli import main

main()
