"""What stands where: pure functions from a view of the call to rows of text with roles."""
