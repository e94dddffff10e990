"""How fast it is, measured beside bare twins on the same machine in the same run."""
