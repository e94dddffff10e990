"""iview: run a live informational interview by phone from the terminal."""

__version__ = "0.1.0"
