"""The pictures of the project, and what makes them."""
