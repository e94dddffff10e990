"""The `iview` command: one module per family of commands."""
