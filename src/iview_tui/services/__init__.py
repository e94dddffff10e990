"""Use cases: one method is one transaction; domain values in, domain values out."""
