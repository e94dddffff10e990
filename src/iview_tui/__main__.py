"""`python -m iview_tui` and the installed scripts."""

from iview_tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
