"""The call and its rules: frozen values and pure functions; time arrives as an argument."""
