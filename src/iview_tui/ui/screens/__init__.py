"""The screens: before, during and the card of an unfinished call."""
